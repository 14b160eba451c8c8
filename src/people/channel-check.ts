import { type Channel, type Membership, MembersUnknown } from '../chat/channel.ts';
import { literally } from '../chat/text.ts';
import type { Address, Platform } from '../chat/turn.ts';
import { type ChannelAudience, isAdmitted } from './audience.ts';
import type { People } from './people.ts';

/** Whether a channel is what its audience needs: private, unshared, and every member holds the role. */
export type Verdict =
  | { readonly holds: true; readonly name: string | undefined; readonly address: Address }
  /** `reason` ends the sentence "This channel cannot see it: ...", in Markdown. */
  | { readonly holds: false; readonly reason: string };

/** People who are named in a reason. */
const NAMED = 3;

export interface ChannelCheckParts {
  readonly people: Pick<People, 'recognise'>;
  readonly channels: ReadonlyMap<Platform, Channel>;
}

/** Asks the platforms who can read a channel. */
export class ChannelCheck {
  readonly #parts: ChannelCheckParts;

  constructor(parts: ChannelCheckParts) {
    this.#parts = parts;
  }

  /** @throws where the platform cannot be asked at the moment */
  async check(place: Address, audience: ChannelAudience): Promise<Verdict> {
    const channel = this.#parts.channels.get(place.platform);
    if (!channel) throw new Error(`${place.platform} is not switched on.`);
    if (!channel.members) return { holds: false, reason: 'there are no channels here.' };
    const address = channel.lasting(place);
    let membership: Membership;
    try {
      membership = await channel.members(address);
    } catch (error) {
      if (!(error instanceof MembersUnknown)) throw error;
      return { holds: false, reason: error.message };
    }
    const { name, isPrivate, isShared } = membership;
    if (isShared) return { holds: false, reason: 'it is shared with people of another organisation or workspace.' };
    if (!isPrivate) return { holds: false, reason: 'it is not private.' };
    const strangers = await this.#strangers(membership, address, audience);
    if (strangers.length > 0) return { holds: false, reason: withoutRole(strangers) };
    return { holds: true, name, address };
  }

  /**
   * What people call a channel, and whether people of another organisation or workspace can read it.
   *
   * @throws where the platform cannot be asked at the moment
   */
  async look(place: Address): Promise<Pick<Membership, 'name' | 'isShared'>> {
    const channel = this.#parts.channels.get(place.platform);
    if (!channel) throw new Error(`${place.platform} is not switched on.`);
    if (!channel.members) return { name: undefined, isShared: false };
    try {
      return await channel.members(channel.lasting(place));
    } catch (error) {
      // Where Steward is no member, nothing that it says arrives.
      if (error instanceof MembersUnknown) return { name: undefined, isShared: error.isShared ?? false };
      throw error;
    }
  }

  /** The names of members who are not admitted: a few of them are enough. */
  async #strangers({ members }: Membership, address: Address, audience: ChannelAudience): Promise<string[]> {
    const names: string[] = [];
    for (const member of members) {
      const person = await this.#parts.people.recognise(member, address);
      if (!isAdmitted(audience, person)) names.push(person.displayName);
      if (names.length > NAMED) break;
    }
    return names;
  }
}

function withoutRole(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(literally);
  const others = names.length > NAMED ? ' and others are' : shown.length > 1 ? ' are' : ' is';
  const verb = shown.length > 1 || names.length > NAMED ? 'do not hold' : 'does not hold';
  return `${shown.join(', ')}${others} in it and ${verb} a role that may see it.`;
}

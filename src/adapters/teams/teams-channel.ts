import type { ConversationReference } from 'botbuilder';
import type { Channel, Membership, Profile } from '../../chat/channel.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Address, Sender, Turn } from '../../chat/turn.ts';
import { asSendFailure, statusOf } from './failures.ts';
import { membershipOf } from './membership.ts';
import { renderActivity } from './render.ts';
import type { TeamsTransport } from './transport.ts';

/** People whose last conversation is remembered. */
const MAX_REMEMBERED = 10_000;

export class TeamsChannel implements Channel {
  readonly platform = 'teams';
  readonly #transport: TeamsTransport;
  readonly #tenantId: string;
  /** Where somebody spoke last: Teams tells about a person only within a conversation that the person is in. */
  readonly #lastPlace = new Map<string, Address>();

  constructor(transport: TeamsTransport, tenantId: string) {
    this.#transport = transport;
    this.#tenantId = tenantId;
  }

  remember({ sender, address }: Turn): void {
    this.#lastPlace.delete(sender.userId);
    this.#lastPlace.set(sender.userId, address);
    const [oldest] = this.#lastPlace.keys();
    if (this.#lastPlace.size > MAX_REMEMBERED && oldest !== undefined) this.#lastPlace.delete(oldest);
  }

  async send(address: Address, reply: Reply, key: string): Promise<string> {
    try {
      return (await this.#transport.send(referenceIn(address), renderActivity(reply))) ?? key;
    } catch (error) {
      throw asSendFailure(error, address.conversation);
    }
  }

  /** Steward cannot read what was said in Teams. */
  async find(): Promise<'unknown'> {
    return 'unknown';
  }

  /** Teams shows it for a few seconds. */
  async showWorking(address: Address): Promise<false> {
    await this.#transport.send(referenceIn(address), { type: 'typing' }).catch(() => undefined);
    return false;
  }

  async profile(sender: Sender, place = this.#lastPlace.get(sender.userId)): Promise<Profile> {
    const nobody: Profile = { displayName: sender.userId, email: undefined, standing: 'unknown' };
    if (!place) return nobody;
    try {
      const member = await this.#transport.member(referenceIn(place), sender.userId);
      const isOwn = (member.tenantId ?? sender.workspace) === this.#tenantId;
      const standing = !isOwn ? 'external' : member.userRole === 'guest' ? 'guest' : 'member';
      const email = standing === 'member' ? (member.email ?? member.userPrincipalName)?.toLowerCase() : undefined;
      return { displayName: member.name || sender.userId, email, standing };
    } catch (error) {
      const status = statusOf(error);
      // In a personal chat with somebody, Teams knows nobody any more.
      const isGone = (status === 403 || status === 404) && isPersonal(place);
      if (isGone) return { ...nobody, standing: 'deactivated' };
      if (status === 404) return nobody;
      throw error;
    }
  }

  async members(address: Address): Promise<Membership> {
    const reference = referenceIn(address);
    const conversation = {
      ...reference.conversation,
      id: address.conversation,
    } as ConversationReference['conversation'];
    const members = await this.#transport.members({ ...reference, conversation });
    return membershipOf(members, address, conversation.conversationType, this.#tenantId);
  }

  lasting(address: Address): Address {
    return address;
  }

  /** Teams takes messages for conversations alone, and Steward learns of one when somebody speaks in it. */
  directTo(): undefined {
    return undefined;
  }
}

function isPersonal(place: Address): boolean {
  return referenceIn(place).conversation?.conversationType === 'personal';
}

function referenceIn({ route }: Address): Partial<ConversationReference> {
  return JSON.parse(route['reference'] ?? '{}');
}

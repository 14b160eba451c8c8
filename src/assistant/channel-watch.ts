import type { Logger } from 'pino';
import { notice } from '../chat/notice.ts';
import type { Address, Turn } from '../chat/turn.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import type { DirectMessages } from '../outbox/direct-messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import {
  type Audience,
  audienceOf,
  audienceOfChannel,
  EVERYONE,
  GUIDANCE_ONLY,
  isAdmitted,
} from '../people/audience.ts';
import {
  allRegistrations,
  distrustChecks,
  endRegistration,
  isUnchanged,
  noteCheck,
  type Registration,
  readRegistration,
} from '../people/channel-audience.ts';
import type { ChannelCheck } from '../people/channel-check.ts';
import type { Person } from '../people/people.ts';
import { questionContact } from '../people/question-contact.ts';

/** How long an answer relies on what was seen of a channel's members, in milliseconds. */
const LIFETIME = 5 * 60 * 1000;

/** How long a channel in which nobody asks is left alone, in milliseconds. */
const REST = 24 * 60 * 60 * 1000;

/** What a turn's answer is made for. */
export interface TurnAudience {
  readonly audience: Audience;
  /** The registration that the audience rests on, as it was; undefined where it rests on none. */
  readonly relied: Registration | undefined;
}

/** What something that nobody asked for is made for. */
export interface PlaceAudience extends TurnAudience {
  /** False where the platform could not be asked; then nobody outside of Steward may read it. */
  readonly isKnown: boolean;
  /** What people call the channel, where the platform tells. */
  readonly name: string | undefined;
}

/** An answer was made for other readers than those who would read it. */
export class ChangedMeanwhile extends Error {
  override name = 'ChangedMeanwhile';
}

export interface ChannelWatchParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly channelCheck: ChannelCheck;
  readonly outbox: Outbox;
  readonly directMessages: DirectMessages;
  /** Asks for `checkDue` to be called. */
  readonly checkSoon: () => Promise<void>;
}

/** Sees to it that a channel is told no more than everybody in it may know. */
export class ChannelWatch {
  readonly #parts: ChannelWatchParts;

  constructor(parts: ChannelWatchParts) {
    this.#parts = parts;
  }

  /** What everybody who can read the reply to a turn may see. */
  async audienceOf({ conversation, address }: Turn, person: Person): Promise<TurnAudience> {
    const usual = { audience: audienceOf(conversation, person), relied: undefined };
    if (usual.audience.guidanceOnly || conversation.kind === 'direct') return usual;
    const registration = await readRegistration(this.#parts.db, address);
    if (!registration) return usual;
    const isTrusted = this.#isFresh(registration, LIFETIME) && isAdmitted(registration.audience, person);
    if (!isTrusted && !(await this.#stillHolds(registration, address))) return usual;
    return { audience: audienceOfChannel(registration.audience), relied: registration };
  }

  /** What everybody in a channel may see, for what Steward says there of its own accord. */
  async audienceOfPlace(place: Address): Promise<PlaceAudience> {
    const { db, log, channelCheck } = this.#parts;
    const unknown = { audience: GUIDANCE_ONLY, relied: undefined, isKnown: false, name: undefined };
    const registration = await readRegistration(db, place);
    if (registration) {
      const holds = await this.#look(registration, registration.address);
      if (holds === undefined) return unknown;
      if (holds) {
        const { name } = registration;
        return { audience: audienceOfChannel(registration.audience), relied: registration, isKnown: true, name };
      }
    }
    try {
      const { name, isShared } = await channelCheck.look(place);
      return { audience: isShared ? GUIDANCE_ONLY : EVERYONE, relied: undefined, isKnown: true, name };
    } catch (error) {
      log.warn({ err: error }, 'Who is in a channel could not be seen, so nothing is said there.');
      return unknown;
    }
  }

  /**
   * To be asked in the transaction that posts an answer.
   *
   * @throws ChangedMeanwhile where somebody joined the channel, or a role ended, since the audience was determined
   */
  async refuseChanged(transaction: Db, { relied }: TurnAudience): Promise<void> {
    if (relied && !(await isUnchanged(transaction, relied))) {
      throw new ChangedMeanwhile('Who can read the channel changed while the answer was made; it is made anew.');
    }
  }

  /** Somebody joined a channel. The platform waits for this, and is asked about the channel later. */
  async joined(place: Address): Promise<void> {
    const { db, checkSoon } = this.#parts;
    if (await distrustChecks(db, place)) await checkSoon();
  }

  /** Checks the channels in which somebody's role or standing changed, and each once a day. */
  async checkDue(): Promise<void> {
    for (const registration of await allRegistrations(this.#parts.db)) {
      if (!this.#isFresh(registration, REST)) await this.#stillHolds(registration);
    }
  }

  /** Roles end with a day. */
  #isFresh({ checked }: Registration, lifetime: number): boolean {
    const { clock } = this.#parts;
    return checked?.on === clock.today() && clock.now().getTime() - checked.at.getTime() < lifetime;
  }

  /**
   * Asks the platform. Where it does not answer, the channel sees what everyone may see until it does.
   *
   * @param place the channel as it is spoken of now, where it is
   */
  async #stillHolds(registration: Registration, place = registration.address): Promise<boolean> {
    return (await this.#look(registration, place)) ?? false;
  }

  /** @returns undefined where the platform does not answer */
  async #look(registration: Registration, place: Address): Promise<boolean | undefined> {
    const { db, clock, log, channelCheck } = this.#parts;
    const [began, today] = [clock.now(), clock.today()];
    try {
      const verdict = await channelCheck.check(place, registration.audience);
      if (verdict.holds) return await noteCheck(db, registration, began, today);
      await this.#fallBack(registration, verdict.reason);
      return false;
    } catch (error) {
      log.warn(
        { err: error, channel: registration.id },
        'Who is in a channel could not be seen; it gets what is for everyone.',
      );
      return undefined;
    }
  }

  async #fallBack(registration: Registration, reason: string): Promise<void> {
    const { db, clock, outbox, directMessages } = this.#parts;
    const { id, revision, audience, address, name } = registration;
    const again = `Once that is mended, the compliance lead can write \`/aims audience ${audience}\` there again.`;
    const what = audience === 'committee' ? 'the committee' : 'auditors';
    const inChannel = notice(
      `What is for ${what} is no longer shown in this channel: ${reason} From now on I answer here with what everyone in the ` +
        `organisation may see. ${again}`,
    );
    const toLead = notice(
      `${name ? `The channel ${name.replaceAll('`', '')}` : 'A channel'} no longer sees what is for ${what}: ${reason} I answer ` +
        `there with what everyone may see. ${again}`,
    );
    const posted = await governedChange(db, { kind: 'system' }, async (change) => {
      if (!(await endRegistration(change, registration, 'lapsed'))) return [];
      const { people } = await questionContact(change.db, clock.today(), false);
      const key = `audience:${id}:${revision}`;
      return [
        ...(await outbox.post(change.db, [{ key, address, reply: inChannel }])),
        ...(await directMessages.post(
          change.db,
          people.map((lead) => ({
            key: `${key}:${lead.id}`,
            person: lead.id,
            reply: toLead,
            platform: address.platform,
          })),
        )),
      ];
    });
    await outbox.send(posted);
  }
}

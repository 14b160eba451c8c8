import type { Logger } from 'pino';
import { notice } from '../chat/notice.ts';
import type { Address, Turn } from '../chat/turn.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import type { DirectMessages } from '../outbox/direct-messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { type Audience, audienceOf, audienceOfChannel, isAdmitted } from '../people/audience.ts';
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
    const { db, clock, log, channelCheck } = this.#parts;
    const [began, today] = [clock.now(), clock.today()];
    try {
      const verdict = await channelCheck.check(place, registration.audience);
      if (verdict.holds) return await noteCheck(db, registration, began, today);
      await this.#fallBack(registration, verdict.reason);
    } catch (error) {
      log.warn(
        { err: error, channel: registration.id },
        'Who is in a channel could not be seen; it gets what is for everyone.',
      );
    }
    return false;
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

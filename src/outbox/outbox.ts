import { sql } from 'kysely';
import type { Logger } from 'pino';
import { type Channel, SendFailure } from '../chat/channel.ts';
import type { Feedback, Reply } from '../chat/reply.ts';
import { replyAsText } from '../chat/text.ts';
import type { Trouble } from '../chat/trouble.ts';
import type { Address, Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import { doubtNotice, isDoubtNotice } from './doubt-notice.ts';

/** How long a message belongs to the process that sends it, in seconds. */
const LEASE = 60;

/** Attempts before a message is given up; with the pauses below, about three quarters of an hour. */
const MAX_ATTEMPTS = 8;

/** A pause of so many seconds is shown to whoever waits for the reply. */
const LONG_PAUSE = 5;

/** Messages that are looked up at a time. */
const BATCH = 100;

export interface OutgoingMessage {
  /** Names the message for ever: posting the same key again posts nothing. */
  readonly key: string;
  readonly address: Address;
  readonly reply: Reply;
  /** The platform's id of a message whose place this one takes. */
  readonly replaces?: string | undefined;
  /**
   * Whoever posts it looks after it (see `outcomeOf`): it is tried until it is sent, refused or ended, and nothing is said where it
   * was going if the platform cannot tell whether it arrived.
   */
  readonly isWatched?: boolean;
}

/** What became of a message. */
export type SendingOutcome =
  /** `trouble` is what has to be mended before, as Markdown. */
  | { readonly kind: 'open'; readonly attempts: number; readonly trouble: string | undefined }
  /** `messageId` is the platform's. */
  | { readonly kind: 'sent'; readonly messageId: string }
  /** The platform cannot tell whether it arrived. */
  | { readonly kind: 'doubtful' }
  | { readonly kind: 'refused'; readonly failure: string; readonly trouble: string | undefined };

interface ClaimedMessage extends OutgoingMessage {
  readonly id: number;
  readonly attempts: number;
  readonly isDoubtful: boolean;
  readonly isWatched: boolean;
}

export interface OutboxParts {
  readonly db: Db;
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly log: Logger;
  /** Asks for `sendDue` to be called in so many seconds. */
  readonly tryAgainIn: (seconds: number) => Promise<void>;
  /** Told of what an administrator has to mend. Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

/** What is to be said, stored with the change it follows from and sent once. */
export class Outbox {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /**
   * Puts messages into the outbox, inside the transaction of the change that they report.
   *
   * @returns their ids, for `send` after the commit
   */
  async post(transaction: Db, messages: readonly OutgoingMessage[]): Promise<number[]> {
    if (messages.length === 0) return [];
    const rows = await transaction
      .insertInto('outbox')
      .values(
        messages.map(({ key, address, reply, replaces, isWatched = false }) => ({
          key,
          platform: address.platform,
          address: JSON.stringify(address),
          reply: JSON.stringify(reply),
          card: cardOf(reply),
          replaces: replaces ?? null,
          is_watched: isWatched,
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning(['id', 'key'])
      .execute();
    const posted = messages.filter(({ key }) => rows.some((row) => row.key === key));
    await remember(transaction, posted);
    return rows.map((row) => row.id).sort((a, b) => a - b);
  }

  /** Sends messages in their order. Never rejects because of a platform: what fails is tried again later. */
  async send(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      const message = await this.#claim(id);
      if (message) await this.#sendClaimed(message);
    }
  }

  /** The feedback buttons of an answer that was sent. @param messageId the platform's, in that conversation */
  async feedbackOn({ platform, conversation }: Address, messageId: string): Promise<Feedback | undefined> {
    const row = await this.#parts.db
      .selectFrom('outbox')
      .select(sql<Feedback>`reply -> 'feedback'`.as('feedback'))
      .where('message_id', '=', messageId)
      .where('platform', '=', platform)
      .where(sql`address ->> 'conversation'`, '=', conversation)
      .where(sql`reply -> 'feedback'`, 'is not', null)
      .executeTakeFirst();
    return row?.feedback;
  }

  /** What became of a message so far; undefined where there is none of that key. */
  async outcomeOf(key: string): Promise<SendingOutcome | undefined> {
    const row = await this.#parts.db
      .selectFrom('outbox')
      .select(['sent_at', 'message_id', 'failed_at', 'is_doubtful', 'attempts', 'failure', 'trouble'])
      .where('key', '=', key)
      .executeTakeFirst();
    if (!row) return undefined;
    const trouble = row.trouble ?? undefined;
    if (row.sent_at) return { kind: 'sent', messageId: row.message_id ?? key };
    if (!row.failed_at) return { kind: 'open', attempts: row.attempts, trouble };
    return row.is_doubtful ? { kind: 'doubtful' } : { kind: 'refused', failure: row.failure ?? '', trouble };
  }

  /** Ends the attempts at a message that is not being sent. @returns false where it was sent, given up, or is being sent */
  async end(transaction: Db, key: string, why: string): Promise<boolean> {
    const ended = await transaction
      .updateTable('outbox')
      .set({ failed_at: sql<Date>`now()`, failure: why, is_doubtful: false })
      .where('key', '=', key)
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', sql<Date>`now()`)]))
      .returning('id')
      .executeTakeFirst();
    return ended !== undefined;
  }

  /** Sends what is due, oldest first. */
  async sendDue(): Promise<void> {
    while ((await this.#sendSomeDue()) === BATCH);
  }

  async #sendSomeDue(): Promise<number> {
    const due = await this.#parts.db
      .selectFrom('outbox')
      .select('id')
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .where('next_attempt_at', '<=', sql<Date>`now()`)
      .orderBy('next_attempt_at')
      .limit(BATCH)
      .execute();
    await this.send(due.map((row) => row.id));
    return due.length;
  }

  /** One replica wins the message; the others find it claimed. */
  async #claim(id: number): Promise<ClaimedMessage | undefined> {
    return this.#parts.db.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('outbox')
        .select(['id', 'key', 'address', 'reply', 'replaces', 'attempts', 'is_doubtful as isDoubtful'])
        .select('is_watched as isWatched')
        .where('id', '=', id)
        .where('sent_at', 'is', null)
        .where('failed_at', 'is', null)
        .where('next_attempt_at', '<=', sql<Date>`now()`)
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', sql<Date>`now()`)]))
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!row) return undefined;
      await transaction
        .updateTable('outbox')
        .set({
          leased_until: inSeconds(LEASE),
          next_attempt_at: inSeconds(LEASE),
          attempts: row.attempts + 1,
          is_doubtful: true,
        })
        .where('id', '=', id)
        .execute();
      return {
        ...row,
        attempts: row.attempts + 1,
        address: row.address as Address,
        reply: row.reply as Reply,
        replaces: row.replaces ?? undefined,
      };
    });
  }

  async #sendClaimed(message: ClaimedMessage): Promise<void> {
    const { id, key, address, reply } = message;
    const channel = this.#parts.channels.get(address.platform);
    if (!channel) {
      const failure = `${address.platform} is not switched on.`;
      return this.#giveUp(id, { failure, trouble: null, is_doubtful: false });
    }
    try {
      if (message.isDoubtful) {
        const found = await channel.find(address, key);
        if (found === 'unknown') return await this.#leaveInDoubt(message);
        if (found !== 'absent') return await this.#noteSent(id, found.messageId);
      }
      await this.#noteSent(id, await channel.send(address, reply, key, await this.#replacedBy(message)));
    } catch (error) {
      await this.#noteFailure(message, error);
    }
  }

  /** @returns the platform's id of the message whose place this one takes */
  async #replacedBy({ id, address, reply, replaces }: ClaimedMessage): Promise<string | undefined> {
    if (replaces !== undefined) return replaces;
    const card = cardOf(reply);
    if (card === null) return undefined;
    const earlier = await this.#parts.db
      .selectFrom('outbox')
      .select('message_id as messageId')
      .where('card', '=', card)
      .where('platform', '=', address.platform)
      .where(sql`address ->> 'conversation'`, '=', address.conversation)
      .where('id', '<', id)
      .where('message_id', 'is not', null)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return earlier?.messageId ?? undefined;
  }

  async #noteSent(id: number, messageId: string): Promise<void> {
    await this.#parts.db
      .updateTable('outbox')
      .set({ sent_at: sql<Date>`now()`, message_id: messageId, leased_until: null, is_doubtful: false, failure: null })
      .where('id', '=', id)
      .execute();
  }

  async #noteFailure(message: ClaimedMessage, error: unknown): Promise<void> {
    const failure = error instanceof SendFailure ? error : new SendFailure(String(error), 'look', { cause: error });
    if (failure.trouble) await this.#parts.tell(failure.trouble);
    if (failure.retryAfter !== undefined) return this.#pause(message, failure.message, failure.retryAfter);
    const trouble = failure.trouble?.text ?? null;
    if (failure.next === 'give-up' || (message.attempts >= MAX_ATTEMPTS && !message.isWatched)) {
      return this.#giveUp(message.id, { failure: failure.message, trouble, is_doubtful: false });
    }
    const seconds = Math.min(5 * 2 ** message.attempts, 600);
    await this.#parts.db
      .updateTable('outbox')
      .set({
        failure: failure.message,
        trouble,
        leased_until: null,
        is_doubtful: failure.next === 'look',
        next_attempt_at: inSeconds(seconds),
      })
      .where('id', '=', message.id)
      .execute();
    this.#parts.log.warn(
      { outbox: message.id, err: failure, seconds },
      'A message could not be sent and is tried again.',
    );
    await this.#parts.tryAgainIn(seconds);
  }

  /**
   * The platform asked for a pause, which is no attempt: after a burst of questions in one conversation, its answers need many.
   * Whatever else is to be said there waits too.
   */
  async #pause({ id, attempts, address }: ClaimedMessage, failure: string, seconds: number): Promise<void> {
    const { db, channels, tryAgainIn } = this.#parts;
    if (seconds >= LONG_PAUSE) await channels.get(address.platform)?.showDelay?.(address, seconds);
    await db
      .updateTable('outbox')
      .set({
        failure,
        leased_until: null,
        is_doubtful: false,
        attempts: attempts - 1,
        next_attempt_at: inSeconds(seconds),
      })
      .where('id', '=', id)
      .execute();
    await db
      .updateTable('outbox')
      .set({ next_attempt_at: inSeconds(seconds) })
      .where('sent_at', 'is', null)
      .where('failed_at', 'is', null)
      .where('leased_until', 'is', null)
      .where('next_attempt_at', '<=', sql<Date>`now()`)
      .where('platform', '=', address.platform)
      .where(sql`address ->> 'conversation'`, '=', address.conversation)
      .execute();
    await tryAgainIn(seconds);
  }

  /** Sending it again might repeat it, and saying nothing might lose it. The doubt itself is told once, or whoever watches is left it. */
  async #leaveInDoubt({ id, key, address, isWatched }: ClaimedMessage): Promise<void> {
    const given = { failure: 'Perhaps sent: the platform cannot tell.', trouble: null, is_doubtful: true };
    const notices = await this.#parts.db.transaction().execute(async (transaction) => {
      await this.#giveUp(id, given, transaction);
      return isWatched || isDoubtNotice(key) ? [] : this.post(transaction, [doubtNotice(key, address)]);
    });
    await this.send(notices);
  }

  async #giveUp(
    id: number,
    given: { readonly failure: string; readonly trouble: string | null; readonly is_doubtful: boolean },
    db = this.#parts.db,
  ): Promise<void> {
    const { failure } = given;
    await db
      .updateTable('outbox')
      .set({ ...given, failed_at: sql<Date>`now()`, leased_until: null })
      .where('id', '=', id)
      .execute();
    this.#parts.log.error({ outbox: id, failure }, 'A message is given up.');
  }
}

function cardOf(reply: Reply): string | null {
  return (reply.kind === 'notice' && reply.card) || null;
}

function inSeconds(seconds: number) {
  return sql<Date>`now() + ${seconds} * interval '1 second'`;
}

/** Keeps what Steward says for a short while: follow-up questions need it, and the web chat shows it. */
async function remember(db: Db, messages: readonly OutgoingMessage[]): Promise<void> {
  const rows = messages.map(({ address: { platform, workspace, conversation, thread }, reply }) => ({
    platform,
    workspace,
    conversation,
    thread,
    person_id: null,
    text: replyAsText(reply),
    reply: JSON.stringify(reply),
  }));
  if (rows.length > 0) await db.insertInto('thread_message').values(rows).execute();
}

/** Releases every lease. Only for a database that belongs to this process alone, when it starts. */
export async function releaseAllMessages(db: Db): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ leased_until: null, next_attempt_at: sql<Date>`now()` })
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('leased_until', 'is not', null)
    .execute();
}

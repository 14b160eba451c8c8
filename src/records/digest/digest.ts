import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { type DigestChannel, digestChannelName } from './digest-channel.ts';
import type { Occurrence } from './schedule.ts';
import type { Situation } from './situation.ts';

/**
 * `sending` until it is known what became of it; `doubtful` where the platform cannot tell; `refused` where the platform does not
 * take it; `given_up` where the next week's came before it arrived.
 */
export type DigestState = 'sending' | 'posted' | 'doubtful' | 'refused' | 'given_up';

export const DIGEST_STATE_NAMES: Readonly<Record<DigestState, string>> = {
  sending: 'being sent',
  posted: 'posted',
  doubtful: 'may not have arrived',
  refused: 'not taken by the platform',
  given_up: 'never arrived',
};

/** What a digest says. JSON. */
export interface DigestContent {
  readonly situation: Situation;
  /** One sentence. */
  readonly headline: string;
  /** Two sentences, where a language model wrote them. */
  readonly comment: string | undefined;
  /** It was due so long before that it says so; so many weeks had none. */
  readonly late: { readonly weeksMissed: number } | undefined;
  /** What of it was settled since it was made: `decision:3`, `item:12`. */
  readonly settled: readonly string[];
}

/** One week's digest in one conversation. */
export interface Digest {
  readonly id: number;
  readonly channel: number;
  /** 2026-W48 */
  readonly period: string;
  readonly dueAt: Date;
  readonly composedAt: Date;
  /** Undefined where its time is over. */
  readonly content: DigestContent | undefined;
  readonly state: DigestState;
  readonly attempt: number;
}

/** What an attempt at posting a digest is called in the outbox. */
export function digestKey({ id, attempt }: Pick<Digest, 'id' | 'attempt'>): string {
  return `digest:${id}:${attempt}`;
}

/** Name of the notice that a digest is, so that it can be brought up to date in its place. */
export function digestCard(id: number): string {
  return `digest:${id}`;
}

/** @returns undefined where that week has one already */
export async function addDigest(
  change: Change,
  channel: DigestChannel,
  { period, at }: Occurrence,
  content: DigestContent,
): Promise<Digest | undefined> {
  const row = await change.db
    .insertInto('digest')
    .values({
      ...{ channel_id: channel.id, period, due_at: at, composed_at: change.at, content: JSON.stringify(content) },
    })
    .onConflict((conflict) => conflict.columns(['channel_id', 'period']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  const { sequence, hash } = content.situation.head;
  const detail = { digest: row.id, period, head: sequence, hash };
  change.record({ action: 'digest.made', subject: digestChannelName(channel.address), detail });
  return asDigest(row);
}

export async function readDigest(db: Db, id: number): Promise<Digest | undefined> {
  const row = await db.selectFrom('digest').selectAll().where('id', '=', id).executeTakeFirst();
  return row && asDigest(row);
}

/** The last digests of a conversation, the newest first. */
export async function digestsOf(db: Db, channel: number, limit: number): Promise<Digest[]> {
  const rows = await db
    .selectFrom('digest')
    .selectAll()
    .where('channel_id', '=', channel)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(asDigest);
}

export async function digestOfPeriod(db: Db, channel: number, period: string): Promise<Digest | undefined> {
  const row = await db
    .selectFrom('digest')
    .selectAll()
    .where('channel_id', '=', channel)
    .where('period', '=', period)
    .executeTakeFirst();
  return row && asDigest(row);
}

/** Digests of which it is not known yet what became of them. */
export async function digestsBeingSent(db: Db): Promise<Digest[]> {
  const rows = await db.selectFrom('digest').selectAll().where('state', '=', 'sending').orderBy('id').execute();
  return rows.map(asDigest);
}

/** Notes what became of the current attempt. @returns false where another process did */
export async function noteDigestState(
  change: Change,
  { id, attempt, period }: Digest,
  state: DigestState,
): Promise<boolean> {
  const noted = await change.db
    .updateTable('digest')
    .set({ state })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', '=', 'sending')
    .returning('id')
    .executeTakeFirst();
  if (!noted) return false;
  change.record({ action: `digest.${state.replace('_', '-')}`, subject: `digest:${id}`, detail: { period, attempt } });
  return true;
}

/** Takes somebody's word that one is there after all. @returns false where that was settled otherwise */
export async function noteArrived(change: Change, { id, attempt, period }: Digest): Promise<boolean> {
  const noted = await change.db
    .updateTable('digest')
    .set({ state: 'posted' })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', 'in', ['doubtful', 'refused', 'given_up'])
    .returning('id')
    .executeTakeFirst();
  if (!noted) return false;
  change.record({ action: 'digest.confirmed', subject: `digest:${id}`, detail: { period, attempt } });
  return true;
}

/**
 * Begins another attempt at one that did not arrive, or perhaps not, with what there is to say by now.
 *
 * @returns undefined where somebody else began it
 */
export async function tryDigestAgain(
  change: Change,
  { id, attempt, period }: Digest,
  content: DigestContent,
): Promise<Digest | undefined> {
  const row = await change.db
    .updateTable('digest')
    .set({
      state: 'sending',
      attempt: attempt + 1,
      composed_at: change.at,
      content: JSON.stringify(content),
    })
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', 'in', ['doubtful', 'refused', 'given_up'])
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  change.record({
    action: 'digest.posted-again',
    subject: `digest:${id}`,
    detail: { period, attempt: attempt + 1, head: content.situation.head.sequence, hash: content.situation.head.hash },
  });
  return asDigest(row);
}

/** Keeps what was settled since. @returns false where another process did meanwhile */
export async function noteSettled(
  db: Db,
  { id, content }: Digest,
  settled: readonly string[],
): Promise<DigestContent | undefined> {
  if (!content) return undefined;
  const next: DigestContent = { ...content, settled };
  const noted = await db
    .updateTable('digest')
    .set({ content: JSON.stringify(next) })
    .where('id', '=', id)
    .where(sql<boolean>`content -> 'settled' = ${JSON.stringify(content.settled)}::jsonb`)
    .returning('id')
    .executeTakeFirst();
  return noted && next;
}

interface Row {
  id: number;
  channel_id: number;
  period: string;
  due_at: Date;
  composed_at: Date;
  content: object;
  state: DigestState;
  attempt: number;
}

function asDigest(row: Row): Digest {
  return {
    id: row.id,
    channel: row.channel_id,
    period: row.period,
    dueAt: row.due_at,
    composedAt: row.composed_at,
    content: 'situation' in row.content ? (row.content as unknown as DigestContent) : undefined,
    state: row.state,
    attempt: row.attempt,
  };
}

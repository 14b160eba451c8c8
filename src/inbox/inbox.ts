import { sql } from 'kysely';
import type { Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/**
 * How long a turn belongs to the process that began it, in seconds. Longer than any turn takes, so that no other process
 * handles it at the same time; after a crash, others take it over when this has passed. A turn that waits belongs to nobody.
 */
const LEASE = 90;

/** A turn that fails this often is given up. */
const MAX_ATTEMPTS = 3;

export interface StoredTurn {
  readonly id: number;
  readonly turn: Turn;
  /** Counts from 1. */
  readonly attempt: number;
  /** The platform's id of the message in which an earlier attempt showed a draft of the reply. */
  readonly draft?: string;
}

/** The turn was finished by somebody else; the change it was to make is rolled back. */
export class AlreadyHandled extends Error {
  override name = 'AlreadyHandled';
}

const leaseEnd = sql<Date>`now() + ${LEASE} * interval '1 second'`;

/**
 * Stores a delivery with one insert, which also recognises a repeat.
 *
 * @param begins whether this process handles it at once; otherwise it waits for `takeTurns`
 * @returns the turn as it was stored, without what a database cannot hold; undefined for a repeat
 */
export async function storeTurn(db: Db, turn: Turn, begins: boolean): Promise<StoredTurn | undefined> {
  const row = await db
    .insertInto('inbox')
    .values({
      platform: turn.sender.platform,
      workspace: turn.address.workspace,
      delivery_id: turn.deliveryId,
      turn: asJson(turn),
      round: roundFor(turn),
      ...(begins ? { attempts: 1, leased_until: leaseEnd } : {}),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'turn'])
    .executeTakeFirst();
  return row && { id: row.id, turn: row.turn as Turn, attempt: 1 };
}

/** The round after the person's last one, and at least the one that is being handled. Deliveries at the same moment may share one. */
function roundFor({ sender }: Turn) {
  return sql<number>`greatest(
    (select min(round) from inbox where done_at is null),
    (select max(round) + 1 from inbox where sender = ${asJson(sender)}::jsonb and done_at is null),
    0)`;
}

/** PostgreSQL's JSON takes neither zero characters nor halves of surrogate pairs, and hostile input has both. */
function asJson(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  );
}

/**
 * Takes turns that wait, in the order of their rounds, and turns whose process is gone. Each goes to one caller, whatever the
 * number of replicas.
 */
export async function takeTurns(db: Db, limit: number): Promise<StoredTurn[]> {
  const rows = await db
    .updateTable('inbox')
    .set((set) => ({ attempts: set('attempts', '+', 1), leased_until: leaseEnd }))
    .where('id', 'in', (query) =>
      query
        .selectFrom('inbox')
        .select('id')
        .where('done_at', 'is', null)
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', sql<Date>`now()`)]))
        .orderBy('round')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'turn', 'attempts', 'round', 'draft'])
    .execute();
  return rows
    .sort((a, b) => a.round - b.round || a.id - b.id)
    .map(({ id, turn, attempts, draft }) => ({
      id,
      turn: turn as Turn,
      attempt: attempts,
      ...(draft === null ? {} : { draft }),
    }));
}

/** Between two extensions of a lease, in milliseconds. */
const HEARTBEAT = (LEASE * 1000) / 3;

/** Keeps a turn for this process while it waits for something slow. */
export async function holdTurn<T>(db: Db, { id, attempt }: StoredTurn, work: () => Promise<T>): Promise<T> {
  const extend = () =>
    db
      .updateTable('inbox')
      .set({ leased_until: leaseEnd })
      .where('id', '=', id)
      .where('attempts', '=', attempt)
      .where('done_at', 'is', null)
      .execute()
      // Without it the turn may be begun anew elsewhere, and one of the two is rolled back.
      .catch(() => undefined);
  const beat = setInterval(() => void extend(), HEARTBEAT);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

/** Notes the message in which a draft of a turn's reply is shown. */
export async function noteDraft(db: Db, id: number, messageId: string): Promise<void> {
  await db.updateTable('inbox').set({ draft: messageId }).where('id', '=', id).where('done_at', 'is', null).execute();
}

/**
 * Marks a turn as handled, inside the transaction that handles it.
 *
 * @returns the message that shows a draft of the reply
 * @throws AlreadyHandled
 */
export async function finishTurn(db: Db, id: number): Promise<string | undefined> {
  const row = await db
    .updateTable('inbox')
    .set({ done_at: sql<Date>`now()`, leased_until: null })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('draft')
    .executeTakeFirst();
  if (!row) throw new AlreadyHandled(`Turn ${id} was handled before.`);
  return row.draft ?? undefined;
}

/** After a failure a turn rests for so many seconds before it is taken again. */
const PAUSE_AFTER_FAILURE = 5;

/** Gives a turn back after a failure. @returns whether it will be tried again, and the message that shows a draft of the reply */
export async function giveBackTurn(
  db: Db,
  stored: StoredTurn,
  failure: string,
): Promise<{ readonly again: boolean; readonly draft: string | undefined }> {
  const again = stored.attempt < MAX_ATTEMPTS;
  const row = await db
    .updateTable('inbox')
    .set({
      failure,
      leased_until: sql<Date>`now() + ${PAUSE_AFTER_FAILURE} * interval '1 second'`,
      ...(again ? {} : { done_at: sql<Date>`now()` }),
    })
    .where('id', '=', stored.id)
    .where('done_at', 'is', null)
    .returning('draft')
    .executeTakeFirst();
  return { again, draft: row?.draft ?? undefined };
}

/** Releases every lease. Only for a database that belongs to this process alone, when it starts. */
export async function releaseAllTurns(db: Db): Promise<void> {
  await db.updateTable('inbox').set({ leased_until: null }).where('done_at', 'is', null).execute();
}

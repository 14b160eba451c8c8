import { sql } from 'kysely';
import type { Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/**
 * How long a turn belongs to the process that took it, in seconds. Longer than any turn takes, so that no other process
 * handles it at the same time; after a crash, others take it over when this has passed.
 */
const LEASE = 90;

/** A turn that fails this often is given up. */
const MAX_ATTEMPTS = 3;

export interface StoredTurn {
  readonly id: number;
  readonly turn: Turn;
  /** Counts from 1. */
  readonly attempt: number;
}

/** The turn was finished by somebody else; the change it was to make is rolled back. */
export class AlreadyHandled extends Error {
  override name = 'AlreadyHandled';
}

/**
 * Stores a delivery with one insert, which also recognises a repeat.
 *
 * @returns undefined for a repeat
 */
export async function storeTurn(db: Db, turn: Turn): Promise<StoredTurn | undefined> {
  const row = await db
    .insertInto('inbox')
    .values({
      platform: turn.sender.platform,
      workspace: turn.address.workspace,
      delivery_id: turn.deliveryId,
      turn: JSON.stringify(turn, storable),
      attempts: 1,
      leased_until: sql<Date>`now() + ${LEASE} * interval '1 second'`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row && { id: row.id, turn, attempt: 1 };
}

/** PostgreSQL's JSON takes neither zero characters nor halves of surrogate pairs, and hostile input has both. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;
}

/** Takes over turns whose process is gone, oldest first. Each goes to one caller, whatever the number of replicas. */
export async function takeAbandonedTurns(db: Db, limit: number): Promise<StoredTurn[]> {
  const rows = await db
    .updateTable('inbox')
    .set((set) => ({
      attempts: set('attempts', '+', 1),
      leased_until: sql<Date>`now() + ${LEASE} * interval '1 second'`,
    }))
    .where('id', 'in', (query) =>
      query
        .selectFrom('inbox')
        .select('id')
        .where('done_at', 'is', null)
        .where((where) => where.or([where('leased_until', 'is', null), where('leased_until', '<', sql<Date>`now()`)]))
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'turn', 'attempts'])
    .execute();
  return rows.map((row) => ({ id: row.id, turn: row.turn as Turn, attempt: row.attempts })).sort((a, b) => a.id - b.id);
}

/**
 * Marks a turn as handled, inside the transaction that handles it.
 *
 * @throws AlreadyHandled
 */
export async function finishTurn(db: Db, id: number): Promise<void> {
  const row = await db
    .updateTable('inbox')
    .set({ done_at: sql<Date>`now()`, leased_until: null })
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new AlreadyHandled(`Turn ${id} was handled before.`);
}

/** After a failure a turn rests for so many seconds before it is taken over. */
export const PAUSE_AFTER_FAILURE = 5;

/** Gives a turn back after a failure. @returns whether it will be tried again */
export async function giveBackTurn(db: Db, stored: StoredTurn, failure: string): Promise<boolean> {
  const again = stored.attempt < MAX_ATTEMPTS;
  await db
    .updateTable('inbox')
    .set({
      failure,
      leased_until: sql<Date>`now() + ${PAUSE_AFTER_FAILURE} * interval '1 second'`,
      ...(again ? {} : { done_at: sql<Date>`now()` }),
    })
    .where('id', '=', stored.id)
    .where('done_at', 'is', null)
    .execute();
  return again;
}

/** Releases every lease. Only for a database that belongs to this process alone, when it starts. */
export async function releaseAllTurns(db: Db): Promise<void> {
  await db.updateTable('inbox').set({ leased_until: null }).where('done_at', 'is', null).execute();
}

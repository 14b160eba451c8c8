import { sql } from 'kysely';
import type { Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** A turn that waits longer than so many seconds is shown to wait. */
const PATIENCE = 3;

/** People who are shown it at a time. */
const MAX_PEOPLE = 50;

export interface WaitingTurn {
  readonly id: number;
  readonly turn: Turn;
}

/** Finds turns whose senders are to be shown that they wait, one of each sender. Each is given once, whatever the number of replicas. */
export async function turnsToShow(db: Db): Promise<WaitingTurn[]> {
  const { rows } = await sql<WaitingTurn>`
    update inbox set shown_at = now()
    where id in (
      select distinct on (sender) id from inbox
      where done_at is null and leased_until is null and shown_at is null
        and received_at < now() - ${PATIENCE} * interval '1 second'
      order by sender, round, id
      limit ${MAX_PEOPLE})
    and done_at is null and leased_until is null and shown_at is null
    returning id, turn`.execute(db);
  return rows;
}

/**
 * Notes that a notice tells a person that a turn waits, inside the transaction that posts the notice.
 *
 * @returns false where the turn waits no more, or the person had a notice in the last minute
 */
export async function claimNotice(transaction: Db, id: number): Promise<boolean> {
  // Replicas that tell the same person of two turns at once must not tell twice.
  await sql`select pg_advisory_xact_lock(4200110)`.execute(transaction);
  const { rows } = await sql`
    update inbox set noticed_at = now()
    where id = ${id} and done_at is null and leased_until is null and not exists (
      select from inbox as other
      where other.sender = inbox.sender and other.noticed_at > now() - interval '1 minute')
    returning id`.execute(transaction);
  return rows.length > 0;
}

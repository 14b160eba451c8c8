import { type Kysely, sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Schema } from '../database/schema.ts';
import { type Actor, type Event, innerHash, newSalt } from './entry.ts';

/** What a use case inside a governed change works with. */
export interface Change {
  /** The open transaction. Asking the pool inside it would wait for itself for ever on the embedded database. */
  readonly db: Db;
  readonly at: Date;
  readonly actor: Actor;
  /** Notes an event; it is written with the transaction's last statement. */
  record(event: Pick<Event, 'action' | 'subject' | 'detail'> & { readonly onBehalfOf?: string }): void;
}

/**
 * Runs a change and writes its events in the same transaction: both are kept or neither is. The events are appended last,
 * because the log's head is locked from then until the commit.
 *
 * @param at when it happened: now, but for an invented past
 */
export async function governedChange<T>(
  db: Db,
  actor: Actor,
  work: (change: Change) => Promise<T>,
  at = new Date(),
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const events: Event[] = [];
    const result = await work({
      db: transaction,
      at,
      actor,
      record: (event) => events.push({ ...event, at, actor, onBehalfOf: event.onBehalfOf }),
    });
    for (const event of events) await append(transaction, event);
    return result;
  });
}

async function append(transaction: Kysely<Schema>, event: Event): Promise<void> {
  const salt = newSalt();
  await sql`select append_event(${event.at}, ${JSON.stringify(event.actor)}::jsonb, ${event.onBehalfOf ?? null},
    ${event.action}, ${event.subject}, ${JSON.stringify(event.detail)}::jsonb, ${salt}, ${innerHash(event, salt)})`.execute(
    transaction,
  );
}

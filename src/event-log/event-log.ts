import type { Db } from '../database/database.ts';
import { type Actor, type Entry, type EventDetail, FIRST_PREVIOUS_HASH } from './entry.ts';
import type { Head } from './head.ts';

/** How many entries are read at a time. */
const BATCH = 1_000;

export async function readHead(db: Db): Promise<Head> {
  const last = await db
    .selectFrom('event_log')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { sequence: 0, hash: FIRST_PREVIOUS_HASH };
}

/** All entries in their order, read in batches. */
export async function* readEntries(db: Db): AsyncGenerator<Entry> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('event_log')
      .selectAll()
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      yield {
        sequence: row.sequence,
        at: row.at,
        actor: row.actor as Actor,
        onBehalfOf: row.on_behalf_of ?? undefined,
        action: row.action,
        subject: row.subject,
        detail: row.detail as EventDetail,
        salt: row.salt,
        innerHash: row.inner_hash,
        previousHash: row.previous_hash,
        hash: row.hash,
      };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.sequence;
  }
}

import type { Db } from '../../database/database.ts';
import type { Entry } from '../../event-log/entry.ts';
import { readEntries } from '../../event-log/event-log.ts';
import { verifyChain } from '../../event-log/verify.ts';
import type { Tell } from './finding.ts';

/** How long entries are read, in milliseconds. */
const PATIENCE = 20_000;

export async function checkEventLog(db: Db, tell: Tell): Promise<void> {
  const about = 'Event log';
  const reading = new Reading(readEntries(db), Date.now() + PATIENCE);
  const { head, faults } = await verifyChain(reading, [], undefined, () => reading.isCut);
  if (faults.length > 0) {
    const remedy = 'Keep the database as it is and its backups, and find out who had access to it.';
    tell({ about, status: 'fault', message: `The event log does not verify. ${faults.join(' ')}`, remedy });
  } else if (reading.isCut) {
    const message = `The first ${head.sequence} entries are intact. There are more than can be read in passing.`;
    tell({ about, status: 'attention', message, remedy: 'Verify all of them: npm run event-log -- verify' });
  } else tell({ about, status: 'ok', message: `All ${head.sequence} entries are intact.` });
}

/** Entries until a moment has come. */
class Reading implements AsyncIterable<Entry> {
  isCut = false;
  readonly #entries: AsyncIterable<Entry>;
  readonly #until: number;

  /** @param until in milliseconds since 1970 */
  constructor(entries: AsyncIterable<Entry>, until: number) {
    this.#entries = entries;
    this.#until = until;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry> {
    for await (const entry of this.#entries) {
      this.isCut = Date.now() > this.#until;
      if (this.isCut) return;
      yield entry;
    }
  }
}

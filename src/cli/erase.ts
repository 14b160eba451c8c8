import { systemClock } from '../clock.ts';
import { configFromEnvironment } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import { createLog } from '../log.ts';
import { erasePerson } from '../privacy/erase-person.ts';
import { findPeople } from '../privacy/find-person.ts';

/** Shows whom it is about; with `yes`, erases the person. */
export async function erase(sought: string, { yes }: { yes?: boolean }): Promise<void> {
  const config = configFromEnvironment();
  const log = createLog(config.logLevel);
  const database = await openDatabase(config.database, (error) => log.warn({ err: error }, 'A connection was lost.'));
  try {
    const found = await findPeople(database.db, sought);
    for (const { id, displayName, email, identities } of found) {
      console.log([displayName, email, ...identities, id].filter(Boolean).join('  '));
    }
    const [person] = found;
    if (!person || found.length > 1) {
      console.error(person ? 'Several people fit. Give one of the ids.' : 'Nobody fits. Nothing was changed.');
      process.exitCode = 1;
      return;
    }
    if (!yes) {
      console.log('Nothing was changed. To erase this person for good, add --yes.');
      return;
    }
    const today = systemClock(config.timeZone).today();
    const erasure = await governedChange(database.db, { kind: 'system' }, (change) =>
      erasePerson(change, person.id, today),
    );
    if (erasure.outcome !== 'erased') {
      console.error('They are the last administrator without an end date. Give that role to somebody else first.');
      process.exitCode = 1;
      return;
    }
    console.log(`Erased. The details of ${erasure.entries} entries of the event log are erased; it still verifies.`);
    for (const { table, rows } of erasure.mentions)
      console.log(`Still named in what others wrote: ${table}, ${rows} rows.`);
  } finally {
    await database.close();
  }
}

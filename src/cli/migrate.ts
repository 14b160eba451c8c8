import { configFromEnvironment } from '../config.ts';
import { createLog } from '../log.ts';
import { openWithGuidance } from '../open.ts';

/** Brings the database to this version, for whoever wants to do that apart from starting. */
export async function migrateDatabase(): Promise<void> {
  const config = configFromEnvironment();
  const database = await openWithGuidance(config, createLog(config.logLevel), (step) => console.log(`${step} ...`));
  await database.close();
  console.log('The database is up to date.');
}

import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Config, configFromEnvironment } from '../config.ts';
import { backUpEmbedded, restoreEmbedded } from '../database/backup-embedded.ts';
import { backUpServer, restoreServer } from '../database/backup-server.ts';
import { type DatabaseLocation, type Db, openDatabase } from '../database/database.ts';
import { UnusableDatabase } from '../database/migrate.ts';
import { readEntries } from '../event-log/event-log.ts';
import { verifyChain } from '../event-log/verify.ts';
import { asUnusableFile, UnusableFile } from '../unusable-file.ts';

/** Writes the whole database into one new file. */
export async function backUp(file: string): Promise<void> {
  const { database, eventLogKeyFile } = configFromEnvironment();
  if (existsSync(file)) throw new UnusableFile(`${file} is there already. Give the name of a new file.`);
  if (database.kind === 'server') await backUpServer(database.url, file);
  else await backUpEmbedded(database.folder ?? '', file);
  const { size } = await stat(file);
  console.log(`The database is in ${file} (${(size / 1e6).toFixed(1)} MB).`);
  console.log(
    `Not in it, on purpose: the settings, and the key that signs heads of the event log, ${eventLogKeyFile}. Keep a copy of that ` +
      'key, and somewhere else.',
  );
}

/** Fills an empty database from a backup, and verifies the event log in it. */
export async function restore(file: string): Promise<void> {
  const config = configFromEnvironment();
  await refuseOtherKind(file, config.database);
  if (config.database.kind === 'server') await restoreServer(config.database.url, file);
  else await restoreEmbedded(config.database.folder ?? '', file);
  const { db, close } = await openDatabase(config.database, () => {});
  try {
    await settle(db);
    await report(db, config, file);
  } finally {
    await close();
  }
}

async function report(db: Db, { eventLogKeyFile }: Config, file: string): Promise<void> {
  const { head, faults } = await verifyChain(readEntries(db));
  if (faults.length > 0) {
    console.error([`${file} is restored, but its event log does not verify.`, ...faults].join('\n'));
    process.exitCode = 1;
    return;
  }
  console.log(`${file} is restored. The event log in it is intact: ${head.sequence} entries.`);
  console.log('Verify it against a signed head that you hold: npm run event-log -- verify --head FILE');
  if (existsSync(eventLogKeyFile)) return;
  console.log(
    `The key that signs heads is not at ${eventLogKeyFile}. Put your copy there before you start Steward, or it makes a new one.`,
  );
}

const KINDS: Readonly<Record<DatabaseLocation['kind'], { readonly magic: Buffer; readonly advice: string }>> = {
  embedded: {
    magic: Buffer.from([0x1f, 0x8b]),
    advice: 'It is a backup of the embedded database: leave DATABASE_URL empty to restore it.',
  },
  server: {
    magic: Buffer.from('PGDMP'),
    advice: "It is a backup of a server's database: set DATABASE_URL to an empty one.",
  },
};

async function refuseOtherKind(file: string, { kind }: DatabaseLocation): Promise<void> {
  const beginning = await readBeginning(file);
  const found = Object.entries(KINDS).find(([, { magic }]) => beginning.subarray(0, magic.length).equals(magic));
  if (!found) throw new UnusableFile(`${file} is no backup. Give a file that "backup" wrote.`);
  if (found[0] !== kind) throw new UnusableDatabase(`${file} cannot be restored here. ${found[1].advice}`);
}

async function readBeginning(file: string): Promise<Buffer> {
  try {
    await using opened = await open(file);
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw asUnusableFile(cause, file) ?? cause;
  }
}

/** What was under way when the backup was made may have been done since: nothing is done twice, and nothing said twice. */
async function settle(db: Db): Promise<void> {
  await sql`update inbox set done_at = now(), leased_until = null, failure = 'restored' where done_at is null`.execute(
    db,
  );
  await sql`update outbox set is_doubtful = true, leased_until = null where sent_at is null and failed_at is null`.execute(
    db,
  );
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, configFromEnvironment } from '../config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { readEntries, readHead } from '../event-log/event-log.ts';
import {
  headText,
  keyFingerprint,
  loadSigningKey,
  parseHeadText,
  publicKeyOf,
  readPublicKey,
  type SignedHead,
  signHead,
} from '../event-log/head.ts';
import { verifyChain } from '../event-log/verify.ts';
import { createLog } from '../log.ts';
import { readNamedFile, UnusableFile } from '../unusable-file.ts';

/** Verifies the event log; the exit code is 1 where something is wrong. */
export async function verifyEventLog(options: { head?: string[]; publicKey?: string }): Promise<void> {
  const config = configFromEnvironment();
  const heads = await Promise.all((options.head ?? []).map(readSignedHead));
  const publicKey = options.publicKey
    ? await readPublicKey(options.publicKey)
    : publicKeyOf(await loadSigningKey(config.eventLogKeyFile));
  await withDatabase(config, async ({ db }) => {
    const { head, faults } = await verifyChain(readEntries(db), heads, publicKey);
    if (faults.length > 0) {
      console.error(['The event log does not verify.', ...faults].join('\n'));
      process.exitCode = 1;
      return;
    }
    console.log(`The event log is intact: ${head.sequence} entries, last hash ${head.hash.toString('hex')}.`);
    console.log(
      heads.length > 0
        ? `It contains the ${heads.length} signed head(s) given, key ${keyFingerprint(publicKey)}.`
        : 'No signed head was given, so a log that was rewritten as a whole would pass too. Keep heads elsewhere: event-log head.',
    );
  });
}

/** Writes the head, its signature and the public key, and says how openssl checks them. */
export async function printHead(folder: string): Promise<void> {
  const config = configFromEnvironment();
  const key = await loadSigningKey(config.eventLogKeyFile);
  await withDatabase(config, async ({ db }) => {
    const { head, signature } = signHead(await readHead(db), key);
    await mkdir(folder, { recursive: true });
    const file = join(folder, `event-log-head-${head.sequence}.txt`);
    const keyFile = join(folder, `event-log-key-${keyFingerprint(publicKeyOf(key))}.pub.pem`);
    await writeFile(file, headText(head));
    await writeFile(`${file}.sig`, signature);
    await writeFile(keyFile, publicKeyOf(key).export({ type: 'spki', format: 'pem' }));
    console.log(`Entry ${head.sequence}, hash ${head.hash.toString('hex')}, is signed in ${file}.`);
    console.log(
      `Check it with: openssl pkeyutl -verify -pubin -inkey ${keyFile} -rawin -in ${file} -sigfile ${file}.sig`,
    );
  });
}

async function readSignedHead(file: string): Promise<SignedHead> {
  const head = parseHeadText((await readNamedFile(file)).toString());
  if (!head) throw new UnusableFile(`${file} is no head of an event log. Give a file that "event-log head" wrote.`);
  return { head, signature: await readNamedFile(`${file}.sig`) };
}

async function withDatabase(config: Config, work: (database: Database) => Promise<void>): Promise<void> {
  const log = createLog(config.logLevel);
  const database = await openDatabase(config.database, (error) => log.warn({ err: error }, 'A connection was lost.'));
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

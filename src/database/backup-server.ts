import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { openUnmigrated } from './database.ts';
import { UnusableDatabase } from './migrate.ts';

/** Neither owners nor comments on extensions: whoever restores may have neither the same users nor their rights. */
const PORTABLE = ['--no-owner', '--no-privileges', '--no-comments'];

const INSTALL =
  "Install PostgreSQL's programs, of the server's version or newer (Debian and Ubuntu: postgresql-client-17), or run them " +
  'where the server is: see the README under "Back up and restore".';

/** Writes the server's database into one file, by PostgreSQL's own program. @throws UnusableDatabase */
export async function backUpServer(url: string, file: string): Promise<void> {
  // For its owner alone, before anything is in it.
  await writeFile(file, '', { flag: 'wx', mode: 0o600 });
  try {
    await run('pg_dump', ['--format=custom', `--file=${file}`, ...PORTABLE], url);
  } catch (cause) {
    await rm(file, { force: true });
    throw cause;
  }
}

/** Fills an empty database, all at once or not at all. @throws UnusableDatabase where it is not empty */
export async function restoreServer(url: string, file: string): Promise<void> {
  await refuseUsed(url);
  await run('pg_restore', ['--single-transaction', '--exit-on-error', ...PORTABLE, file], url);
}

async function refuseUsed(url: string): Promise<void> {
  const { db, close } = await openUnmigrated({ kind: 'server', url });
  try {
    const { rows } = await sql`select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg_toast%'
      limit 1`.execute(db);
    if (rows.length === 0) return;
  } finally {
    await close();
  }
  throw new UnusableDatabase(
    `The database at ${new URL(url).host}${new URL(url).pathname} is not empty. Nothing was changed. Make an empty one and set ` +
      'DATABASE_URL to it.',
  );
}

/** The password goes through the environment: arguments can be seen by other users of the machine. */
async function run(program: string, parameters: readonly string[], url: string): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const child = spawn(program, [...parameters, `--dbname=${address.href}`], {
    // biome-ignore lint/style/noProcessEnv: the program needs PATH and its own settings, which are none of Steward's
    env: { ...process.env, ...(password ? { PGPASSWORD: password } : {}) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said: string;
  let code: number | null;
  try {
    [said, [code]] = (await Promise.all([text(child.stderr), once(child, 'close')])) as [string, [number | null]];
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new UnusableDatabase(`${program} is not on this machine. ${INSTALL}`, { cause });
  }
  if (code === 0) return;
  if (said.includes('version mismatch')) {
    throw new UnusableDatabase(`${program} on this machine is older than the server. ${INSTALL}`);
  }
  const [reason = ''] = said.trim().split('\n');
  throw new UnusableDatabase(`${program} failed: ${reason.replace(/^\w+: (?:error: )?/, '')}`);
}

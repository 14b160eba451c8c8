import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** The database cannot be used by this program; the message says what an administrator can do. */
export class UnusableDatabase extends Error {
  override name = 'UnusableDatabase';
}

/**
 * Brings the database to this program's version. Replicas that start together wait for each other at the runner's lock.
 *
 * @returns the names of the migrations that were run now
 * @throws UnusableDatabase where the database is newer than the program or cannot have pgvector
 */
export async function migrate(client: pg.ClientBase): Promise<string[]> {
  await refuseNewerDatabase(client);
  await refuseMissingVector(client);
  const run = await runner({
    dbClient: client,
    dir: MIGRATIONS,
    migrationsTable: 'migration',
    direction: 'up',
    advisoryLockMode: 'wait',
    log: () => {},
  });
  return run.map((migration) => migration.name);
}

async function refuseNewerDatabase(client: pg.ClientBase): Promise<void> {
  const { rows: tables } = await client.query("select to_regclass('migration') is not null as exists");
  if (!tables[0].exists) return;
  const { rows } = await client.query<{ name: string }>('select name from migration order by id');
  const { unknown } = await compareMigrations(rows.map((row) => row.name));
  const last = unknown.at(-1);
  if (last) throw new UnusableDatabase(newerDatabase(last));
}

/** @param applied the names of the migrations that a database has, in their order */
export async function compareMigrations(applied: readonly string[]) {
  const known = (await readdir(MIGRATIONS)).map((file) => file.replace(/\.sql$/, '')).sort();
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

export function newerDatabase(migration: string): string {
  return (
    `The database was made by a newer Steward: it has the migration ${migration}, which this version does not know. ` +
    'Start that newer version, or restore a backup made by this one.'
  );
}

async function refuseMissingVector(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query("select 1 from pg_available_extensions where name = 'vector'");
  if (rows.length === 0) {
    throw new UnusableDatabase(NO_VECTOR);
  }
}

export const NO_VECTOR =
  'The database server has no pgvector. Install it there (Debian and Ubuntu: postgresql-17-pgvector; ' +
  'with containers: the image pgvector/pgvector:pg17; managed servers: allow the extension "vector") and start again.';

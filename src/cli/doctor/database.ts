import { stat } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Config, ConfigInspection } from '../../config.ts';
import { type DatabaseLocation, type Db, openUnmigrated } from '../../database/database.ts';
import { DatabaseInUse } from '../../database/embedded.ts';
import { compareMigrations, NO_VECTOR, newerDatabase } from '../../database/migrate.ts';
import { checkClock } from './clock.ts';
import { checkEventLog } from './event-log.ts';
import type { Check, Tell } from './finding.ts';
import { checkStoredGuidance } from './guidance.ts';
import { checkRoles } from './roles.ts';

const about = 'Database';

/** The oldest PostgreSQL that Steward is tested on. */
const OLDEST = 16;

/** Looks at the database and at what is in it, and changes nothing. */
export function checkDatabase({ config, faulty }: ConfigInspection): Check {
  return {
    about,
    async run(tell) {
      if (faulty.has('database')) return notChecked(tell, 'Set DATABASE_URL right first.');
      const { database: location } = config;
      if (await isNew(location)) {
        tell({ about, status: 'ok', message: 'The embedded database is made at the first start.' });
        return;
      }
      try {
        const { db, close } = await openUnmigrated(location);
        await examine(db, config, tell).finally(close);
      } catch (error) {
        if (!(error instanceof DatabaseInUse)) throw error;
        notChecked(
          tell,
          'Stop Steward to have it checked.',
          'The embedded database serves one process, and is in use.',
        );
      }
    },
  };
}

function notChecked(tell: Tell, remedy: string, why = 'It is not known where it is.'): void {
  tell({ about, status: 'attention', message: `${why} It was not checked, and neither was what is in it.`, remedy });
}

async function isNew(location: DatabaseLocation): Promise<boolean> {
  if (location.kind === 'server' || !location.folder) return false;
  return stat(location.folder).then(
    () => false,
    () => true,
  );
}

async function examine(db: Db, config: Config, tell: Tell): Promise<void> {
  await checkServer(db, config.database, tell);
  await checkVector(db, tell);
  await checkClock(db, tell);
  if (!(await checkMigrations(db, tell))) return;
  await checkStoredGuidance(db, tell);
  await checkRoles(db, config, tell);
  await checkEventLog(db, tell);
}

async function checkServer(db: Db, location: DatabaseLocation, tell: Tell): Promise<void> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const version = rows[0]?.version ?? '';
  const message =
    location.kind === 'server'
      ? `PostgreSQL ${version} answers at ${new URL(location.url).host}.`
      : `The embedded database answers, a PostgreSQL ${version}.`;
  if (Number.parseInt(version, 10) >= OLDEST) tell({ about, status: 'ok', message });
  else {
    const remedy = `Bring the server to PostgreSQL ${OLDEST} or later.`;
    tell({ about, status: 'fault', message: `${message} That is too old.`, remedy });
  }
}

/** Below 0.8 pgvector cannot use its index without losing what a selective audience may see. */
async function checkVector(db: Db, tell: Tell): Promise<void> {
  const about = 'pgvector';
  const { rows } = await sql<{ version: string }>`
    select coalesce(installed_version, default_version) as version
    from pg_available_extensions where name = 'vector'`.execute(db);
  const version = rows[0]?.version;
  if (!version) {
    tell({ about, status: 'fault', message: NO_VECTOR });
    return;
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 0 || minor >= 8) tell({ about, status: 'ok', message: `pgvector is there, in version ${version}.` });
  else {
    tell({
      about,
      status: 'attention',
      message: `pgvector ${version} is slow above 10,000 passages: its index can be used from 0.8 on.`,
      remedy: 'Install pgvector 0.8 or later, then run in the database: alter extension vector update',
    });
  }
}

/** @returns whether the tables are those of this version */
async function checkMigrations(db: Db, tell: Tell): Promise<boolean> {
  const about = 'Migrations';
  const { rows: tables } = await sql<{
    exists: boolean;
  }>`select to_regclass('migration') is not null as exists`.execute(db);
  const { rows } = tables[0]?.exists
    ? await sql<{ name: string }>`select name from migration order by id`.execute(db)
    : { rows: [] };
  const { pending, unknown } = await compareMigrations(rows.map(({ name }) => name));
  const last = unknown.at(-1);
  if (last) tell({ about, status: 'fault', message: newerDatabase(last) });
  else if (rows.length === 0)
    tell({ about, status: 'ok', message: 'The database is empty. The first start fills it.' });
  else if (pending.length > 0) {
    tell({
      about,
      status: 'attention',
      message: `${pending.length} of ${pending.length + rows.length} migrations have not run: ${pending.join(', ')}.`,
      remedy: 'Make a backup, then start Steward, or: npm run migrate',
    });
  } else tell({ about, status: 'ok', message: `All ${rows.length} migrations have run.` });
  return !last && rows.length > 0 && pending.length === 0;
}

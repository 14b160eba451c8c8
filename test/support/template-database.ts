import { createHash, randomUUID } from 'node:crypto';
import { glob, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type DatabaseLocation, openDatabase } from '../../src/database/database.ts';
import { Jobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log.ts';
import { ingestGuidance } from '../../src/retrieval/ingest-guidance.ts';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { loadOutOfScopeQuestions } from '../../src/standard/out-of-scope-questions.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated database with the guidance and the tables of the background jobs in it; tests take copies. */
    template: DatabaseLocation;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** All that a template is made of. */
const INGREDIENTS = [
  'migrations/*',
  'knowledge/**/*.{md,txt,json}',
  'src/{database,retrieval,standard,jobs}/**/*.ts',
  'test/support/template-database.ts',
  'package-lock.json',
];

const PREFIX = 'steward_template_';

/** For how long a template is kept for the next run, in milliseconds. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Makes the template, or takes the one that an earlier run made of the same: on the server of DATABASE_URL, or embedded in a
 * temporary folder. It is made under a name of its own and then renamed, so that several runs do not meet.
 */
export default async function setup(project: TestProject): Promise<void> {
  const server = process.env['DATABASE_URL'];
  const name = `${PREFIX}${await hashOfIngredients()}`;
  project.provide('template', server ? await onServer(server, name) : await inFolder(name));
}

async function make(location: DatabaseLocation): Promise<void> {
  const database = await openDatabase(location, () => {});
  await ingestGuidance(
    database.db,
    await loadGuidance(KNOWLEDGE_FOLDER),
    await loadOutOfScopeQuestions(KNOWLEDGE_FOLDER),
  );
  const jobs = new Jobs(database, 'UTC', createLog('silent'));
  await jobs.start();
  await jobs.stop();
  await database.close();
}

async function hashOfIngredients(): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(INGREDIENTS, { cwd: ROOT })) files.push(file);
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(await readFile(join(ROOT, file)));
  return hash.digest('hex').slice(0, 32);
}

async function inFolder(name: string): Promise<DatabaseLocation> {
  const folder = join(tmpdir(), name);
  const isThere = () =>
    stat(folder).then(
      () => true,
      () => false,
    );
  if (!(await isThere())) {
    const own = await mkdtemp(join(tmpdir(), 'steward-being-made-'));
    await make({ kind: 'embedded', folder: own });
    await rename(own, folder).catch(() => rm(own, { recursive: true }));
    await removeOldFolders();
  }
  return { kind: 'embedded', folder };
}

async function removeOldFolders(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    if (!entry.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), entry);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > KEPT) await rm(folder, { recursive: true, force: true });
  }
}

async function onServer(server: string, name: string): Promise<DatabaseLocation> {
  const maintenance = new pg.Client({ connectionString: server });
  await maintenance.connect();
  try {
    const found = await maintenance.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      const own = `steward_being_made_${randomUUID().replaceAll('-', '')}`;
      await maintenance.query(`create database ${own}`);
      await make({ kind: 'server', url: urlOf(server, own) });
      // A session that was ended may be there for a moment yet, and a database in use is not renamed.
      await maintenance.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [own]);
      await maintenance
        .query(`alter database ${own} rename to ${name}`)
        .catch(() => maintenance.query(`drop database ${own} with (force)`));
      await maintenance.query(`comment on database ${name} is '${new Date().toISOString()}'`);
      await removeOldDatabases(maintenance);
    }
  } finally {
    await maintenance.end();
  }
  return { kind: 'server', url: urlOf(server, name) };
}

async function removeOldDatabases(maintenance: pg.Client): Promise<void> {
  const { rows } = await maintenance.query<{ name: string; made: string | null }>(
    `select datname as name, shobj_description(oid, 'pg_database') as made from pg_database where starts_with(datname, $1)`,
    [PREFIX],
  );
  for (const { name, made } of rows) {
    if (made !== null && Date.now() - Date.parse(made) > KEPT) await maintenance.query(`drop database ${name}`);
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = database;
  return url.href;
}

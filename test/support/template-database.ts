import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Of this run alone: several runs may share a server. */
const TEMPLATE = `steward_template_${randomUUID().replaceAll('-', '')}`;

/** Makes the template once a run: on the server of DATABASE_URL, or embedded in a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['DATABASE_URL'];
  const { location, remove } = server ? await onServer(server) : await inFolder();
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
  project.provide('template', location);
  return remove;
}

async function inFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'steward-template-'));
  return {
    location: { kind: 'embedded', folder } as const,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function onServer(server: string) {
  await onMaintenanceConnection(server, `create database ${TEMPLATE}`);
  const url = new URL(server);
  url.pathname = TEMPLATE;
  return {
    location: { kind: 'server', url: url.href } as const,
    remove: () => onMaintenanceConnection(server, `drop database ${TEMPLATE} with (force)`),
  };
}

async function onMaintenanceConnection(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

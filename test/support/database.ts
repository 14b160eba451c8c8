import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/database/database.ts';

/** A database of the test's own, removed when the test is over. */
export async function copyOfTemplate(): Promise<DatabaseLocation> {
  const template = inject('template');
  if (template.kind === 'embedded') {
    const folder = await mkdtemp(join(tmpdir(), 'steward-test-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await cp(template.folder ?? '', folder, { recursive: true });
    return { kind: 'embedded', folder };
  }
  const url = new URL(template.url);
  const name = `steward_test_${randomUUID().replaceAll('-', '')}`;
  const templateName = url.pathname.slice(1);
  await maintain(url, `create database ${name} template ${templateName}`);
  onTestFinished(() => maintain(url, `drop database if exists ${name} with (force)`));
  url.pathname = name;
  return { kind: 'server', url: url.href };
}

/** A database of the test's own with nothing in it, removed when the test is over. */
export async function emptyDatabase(): Promise<DatabaseLocation> {
  const template = inject('template');
  if (template.kind === 'embedded') {
    const folder = await mkdtemp(join(tmpdir(), 'steward-empty-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return { kind: 'embedded', folder: join(folder, 'database') };
  }
  const url = new URL(template.url);
  const name = `steward_test_${randomUUID().replaceAll('-', '')}`;
  await maintain(url, `create database ${name}`);
  onTestFinished(() => maintain(url, `drop database if exists ${name} with (force)`));
  url.pathname = name;
  return { kind: 'server', url: url.href };
}

/** @param location the test's own by default; closed when the test is over */
export async function openTestDatabase(location?: DatabaseLocation): Promise<Database> {
  const database = await openDatabase(location ?? (await copyOfTemplate()), () => {});
  onTestFinished(() => database.close());
  return database;
}

async function maintain(url: URL, statement: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = 'postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

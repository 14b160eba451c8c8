import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { type DatabaseLocation, openDatabase } from '../../src/database/database.ts';
import { readHead } from '../../src/event-log/event-log.ts';
import { startTestApp } from '../support/app.ts';
import { copyOfTemplate, emptyDatabase, openTestDatabase } from '../support/database.ts';
import { WebChatter } from '../support/web.ts';

/** Runs Steward's command line on a database, as an administrator would. */
async function steward(
  database: DatabaseLocation,
  folder: string,
  parameters: string[],
  path = process.env['PATH'] ?? '',
) {
  const where: Record<string, string> =
    database.kind === 'server'
      ? { DATABASE_URL: database.url, STEWARD_DATA: folder }
      : { STEWARD_DATA: dirname(database.folder ?? '') };
  const child = spawn(process.execPath, [join(process.cwd(), 'src/main.ts'), ...parameters], {
    cwd: folder,
    env: { PATH: path, ...where },
  });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { out, errors, code };
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function hasPrograms(): boolean {
  const { stdout } = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' });
  return Number(/\d+/.exec(stdout ?? '')?.[0]) >= 17;
}

/** A database where somebody asked something, and a place for its backup. */
async function lived({ skip }: TestContext) {
  const folder = await scratch();
  const copy = await copyOfTemplate();
  skip(copy.kind === 'server' && !hasPrograms(), 'There is no pg_dump 17 or newer here.');
  // The command line expects the embedded database where the settings put it.
  const database = copy.kind === 'embedded' ? { ...copy, folder: await asData(copy.folder ?? '') } : copy;
  const app = await startTestApp({}, database);
  await new WebChatter(app, 'jon').say('Who has to sign the AI policy?');
  const head = await readHead(app.database.db);
  await app.stop();
  return { folder, database, head, file: join(folder, 'steward.backup') };
}

async function asData(folder: string): Promise<string> {
  const data = await scratch();
  await rename(folder, join(data, 'database'));
  return join(data, 'database');
}

test('what was backed up is restored into an empty database, with an intact event log', {
  timeout: 120_000,
}, async (context) => {
  const { folder, database, head, file } = await lived(context);
  const backup = await steward(database, folder, ['backup', file]);
  expect(backup).toMatchObject({ code: 0, errors: '' });
  expect(backup.out).toContain('the key that signs heads of the event log');
  expect((await stat(file)).mode & 0o077).toBe(0);
  const empty = await emptyDatabase();
  const restored = await steward(empty, folder, ['restore', file]);
  expect(restored).toMatchObject({ code: 0, errors: '' });
  expect(restored.out).toContain(`The event log in it is intact: ${head.sequence} entries.`);
  expect(restored.out).toContain('The key that signs heads is not at');
  const { db } = await openTestDatabase(empty);
  expect(await readHead(db)).toEqual(head);
  const [answer] = await db.selectFrom('answer').select('question').execute();
  expect(answer).toEqual({ question: 'Who has to sign the AI policy?' });
});

test('a database that is not empty is not overwritten', { timeout: 120_000 }, async (context) => {
  const { folder, database, head, file } = await lived(context);
  await steward(database, folder, ['backup', file]);
  const again = await steward(database, folder, ['backup', file]);
  expect(again).toMatchObject({ code: 1, errors: expect.stringContaining('is there already') });
  const refused = await steward(database, folder, ['restore', file]);
  expect(refused.code).toBe(1);
  expect(refused.errors).toMatch(/Nothing was changed\..*\n$/);
  const { db } = await openTestDatabase(database);
  expect(await readHead(db)).toEqual(head);
});

test('what waited when the backup was made is not done a second time after a restore', {
  timeout: 120_000,
}, async (context) => {
  const { folder, database, file } = await lived(context);
  const before = await openDatabase(database, () => {});
  const turn = { sender: { platform: 'web', workspace: 'example', userId: 'jon' } };
  await before.db
    .insertInto('inbox')
    .values({ platform: 'web', workspace: 'example', delivery_id: 'open', turn: JSON.stringify(turn) })
    .execute();
  await before.close();
  await steward(database, folder, ['backup', file]);
  const empty = await emptyDatabase();
  expect(await steward(empty, folder, ['restore', file])).toMatchObject({ code: 0 });
  const { db } = await openTestDatabase(empty);
  const open = await db.selectFrom('inbox').select('id').where('done_at', 'is', null).execute();
  expect(open).toEqual([]);
});

test.each([
  ['no backup', 'hello', 'is no backup'],
  ['a damaged backup', '\u001f\u008bdamaged', 'cannot be restored'],
])('%s is told in one sentence', { timeout: 60_000 }, async (_what, content, expected) => {
  const folder = await scratch();
  const file = join(folder, 'file');
  await writeFile(file, content, 'latin1');
  const empty = await emptyDatabase();
  const { code, errors } = await steward(empty, folder, ['restore', file]);
  expect(code).toBe(1);
  expect(errors).toContain(expected);
  expect(errors.trim().split('\n')).toHaveLength(1);
});

test("without PostgreSQL's programs, it is said what to install", { timeout: 60_000 }, async ({ skip }) => {
  const database = await copyOfTemplate();
  skip(database.kind === 'embedded', 'The embedded database needs none.');
  const folder = await scratch();
  const { code, errors } = await steward(database, folder, ['backup', join(folder, 'file')], folder);
  expect(code).toBe(1);
  expect(errors).toContain('pg_dump is not on this machine.');
});

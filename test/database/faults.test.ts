import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/database.ts';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';

test('a database made by a newer Steward is left alone, with a sentence that says what to do', async () => {
  const location = await copyOfTemplate();
  const database = await openDatabase(location, () => {});
  await sql`insert into migration (name, run_on) values ('9999_from-the-future', now())`.execute(database.db);
  await database.close();
  await expect(openDatabase(location, () => {})).rejects.toThrow(
    'The database was made by a newer Steward: it has the migration 9999_from-the-future',
  );
});

test('a server that is down is named, without the password', async () => {
  const opening = openDatabase({ kind: 'server', url: 'postgres://me:secret-word@127.0.0.1:1/nothing' }, () => {});
  await expect(opening).rejects.toThrow('The database at 127.0.0.1:1/nothing cannot be used');
  await expect(opening).rejects.not.toThrow('secret-word');
});

test('a second opening of the embedded folder is refused', async ({ skip }) => {
  const location = await copyOfTemplate();
  skip(location.kind === 'server', 'Only the embedded database belongs to one process.');
  const { writeFile } = await import('node:fs/promises');
  const folder = location.kind === 'embedded' ? (location.folder ?? '') : '';
  // Process 1 is alive on every machine, and is not this one.
  await writeFile(`${folder}/lock`, '1');
  await expect(openDatabase(location, () => {})).rejects.toThrow('Steward is already running on');
});

test('a connection that the server ends is replaced', async ({ skip }) => {
  const location = await copyOfTemplate();
  skip(location.kind === 'embedded', 'The embedded database ends no connections: run with DATABASE_URL.');
  const { db } = await openTestDatabase(location);
  const other = await openDatabase(location, () => {});
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    other.db,
  );
  await other.close();
  await expect
    .poll(() =>
      sql`select 1 as one`.execute(db).then(
        ({ rows }) => rows.length,
        () => 0,
      ),
    )
    .toBe(1);
});

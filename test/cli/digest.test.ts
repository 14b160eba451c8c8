import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';
import { putSystem } from '../support/systems.ts';

test('a script gets the digest that the committee would get, and nothing is posted', async () => {
  const location = await copyOfTemplate();
  const database = await openTestDatabase(location);
  await putSystem(database.db, { name: 'Ticket sorter' }, 'submitted');
  await database.close();
  const data = await mkdtemp(join(tmpdir(), 'steward-data-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  if (location.kind === 'embedded') await symlink(location.folder ?? '', join(data, 'database'));
  const run = async (...options: string[]) => {
    const env = { STEWARD_DATA: data, ...(location.kind === 'server' ? { DATABASE_URL: location.url } : {}) };
    const { stdout } = await promisify(execFile)(process.execPath, ['src/main.ts', 'digest', ...options], { env });
    return stdout;
  };
  expect(await run('--preview')).toContain('Waiting for a decision: AIS-1 Ticket sorter (0 days)');
  const figures = JSON.parse(await run('--preview', '--json'));
  expect(figures).toMatchObject({
    headline: 'One decision waits; one target is missed.',
    decisions: { total: 1, first: [{ id: 1, name: 'Ticket sorter' }] },
    head: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  const after = await openTestDatabase(location);
  expect(await after.db.selectFrom('outbox').select('key').execute()).toEqual([]);
});

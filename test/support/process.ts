import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import type { DatabaseLocation } from '../../src/database/database.ts';
import { openTestDatabase } from './database.ts';

/** Steward as it is started in earnest, so that it can be killed. @param platform a stand-in, to which its settings lead */
export async function startProcess(
  platform: { readonly settings: Readonly<Record<string, string>> },
  database: DatabaseLocation,
) {
  const data = await mkdtemp(join(tmpdir(), 'steward-data-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  if (database.kind === 'embedded') await symlink(database.folder ?? '', join(data, 'database'));
  const process_ = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: {
      PATH: process.env['PATH'],
      STEWARD_DATA: data,
      PORT: '0',
      NODE_EXTRA_CA_CERTS: fileURLToPath(new URL('./stand-in.pem', import.meta.url)),
      ...platform.settings,
      ...(database.kind === 'server' ? { DATABASE_URL: database.url } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void process_.kill('SIGKILL'));
  for await (const line of createInterface({ input: process_.stdout })) {
    const port = /^Listening on port (\d+)/.exec(line)?.[1];
    if (!port) continue;
    const kill = async () => {
      process_.kill('SIGKILL');
      await once(process_, 'exit');
    };
    return { port: Number(port), kill };
  }
  throw new Error('Steward stopped before it was ready.');
}

/** A minute and a half later, for a server. The embedded database belongs to one process, which begins at once. */
export async function expireLeases(database: DatabaseLocation): Promise<void> {
  if (database.kind === 'embedded') return;
  const { db } = await openTestDatabase(database);
  await sql`update inbox set leased_until = now() where leased_until is not null`.execute(db);
  await sql`update outbox set leased_until = now(), next_attempt_at = now() where sent_at is null`.execute(db);
}

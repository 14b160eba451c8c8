import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import type { Address } from '../../src/chat/turn.ts';
import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { setDigestChannel } from '../../src/records/digest/digest-channel.ts';

/** Settings that give a test a signing key of its own. */
export async function ownSigningKey(): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-key-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { EVENT_LOG_KEY_FILE: join(folder, 'event-log-key.pem') };
}

/** Has every digest be due since so many minutes, as if it had been set long before. */
export async function makeDue(db: Db, minutes = 5): Promise<void> {
  const due = new Date(Date.now() - minutes * 60_000);
  await sql`update digest_channel set weekday = ${due.getUTCDay() || 7}, time = ${due.toISOString().slice(11, 16)},
    time_zone = 'UTC', since = now() - interval '30 days'`.execute(db);
}

/** Has a conversation get the digest, due since a few minutes. @param by the id of whoever set it */
export async function putDigestChannel(
  db: Db,
  address: Address,
  by: string,
  name: string | undefined = undefined,
): Promise<void> {
  const schedule = { weekday: 1, time: '09:00', timeZone: 'UTC' };
  await governedChange(db, { kind: 'system' }, (change) =>
    setDigestChannel(change, { address, name, person: undefined, schedule, by }),
  );
  await makeDue(db);
}

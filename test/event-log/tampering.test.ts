import { generateKeyPairSync } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { type Entry, entryHash, FIRST_PREVIOUS_HASH, innerHash } from '../../src/event-log/entry.ts';
import { readEntries, readHead } from '../../src/event-log/event-log.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { publicKeyOf, type SignedHead, signHead } from '../../src/event-log/head.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { openTestDatabase } from '../support/database.ts';

const key = generateKeyPairSync('ed25519').privateKey;

/** A log of five entries and its signed head. */
async function logOfFive() {
  const { db } = await openTestDatabase();
  for (let number = 1; number <= 5; number++) {
    await governedChange(db, { kind: 'system' }, async (change) => {
      change.record({ action: 'test.noted', subject: `thing:${number}`, detail: { number, note: 'Grüße, 你好' } });
    });
  }
  return { db, head: signHead(await readHead(db), key) };
}

/** What somebody who owns the database can do: switch the protection off. */
async function tamper(db: Db, ...statements: ReturnType<typeof sql>[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`alter table event_log disable trigger user`.execute(transaction);
    for (const statement of statements) await statement.execute(transaction);
    await sql`alter table event_log enable trigger user`.execute(transaction);
  });
}

async function faults(db: Db, heads: readonly SignedHead[] = []): Promise<readonly string[]> {
  return (await verifyChain(readEntries(db), heads, publicKeyOf(key))).faults;
}

/** A forger who knows the format: makes every hash after a change right again. */
async function recomputed(db: Db, change: (entry: Entry) => Entry): Promise<ReturnType<typeof sql>[]> {
  const statements = [];
  let previousHash: Buffer = FIRST_PREVIOUS_HASH;
  for await (const original of readEntries(db)) {
    const entry = change(original);
    const inner = innerHash(entry, entry.salt);
    const hash = entryHash(entry.sequence, previousHash, inner);
    statements.push(sql`update event_log set subject = ${entry.subject}, inner_hash = ${inner},
      previous_hash = ${previousHash}, hash = ${hash} where sequence = ${entry.sequence}`);
    previousHash = hash;
  }
  return statements;
}

test('an untouched log verifies, also against its signed head', async () => {
  const { db, head } = await logOfFive();
  expect(await faults(db, [head])).toEqual([]);
});

test('the database refuses to update, delete and truncate', async () => {
  const { db } = await logOfFive();
  await expect(sql`update event_log set subject = 'x' where sequence = 1`.execute(db)).rejects.toThrow('append-only');
  await expect(sql`delete from event_log where sequence = 5`.execute(db)).rejects.toThrow('append-only');
  await expect(sql`truncate event_log`.execute(db)).rejects.toThrow('append-only');
});

test('an edited entry is found', async () => {
  const { db } = await logOfFive();
  await tamper(db, sql`update event_log set detail = '{"number": 9}' where sequence = 3`);
  expect(await faults(db)).toEqual(['Entry 3 was changed.']);
});

test('an edited moment is found', async () => {
  const { db } = await logOfFive();
  await tamper(db, sql`update event_log set at = at - interval '1 day' where sequence = 2`);
  expect(await faults(db)).toEqual(['Entry 2 was changed.']);
});

test('a deleted entry is found', async () => {
  const { db } = await logOfFive();
  await tamper(db, sql`delete from event_log where sequence = 3`);
  expect(await faults(db)).toEqual(['Entry 3 is missing: entry 4 follows 2.']);
});

test('reordered entries are found', async () => {
  const { db } = await logOfFive();
  await tamper(
    db,
    sql`update event_log set sequence = 100 where sequence = 2`,
    sql`update event_log set sequence = 2 where sequence = 3`,
    sql`update event_log set sequence = 3 where sequence = 100`,
  );
  expect(await faults(db)).toEqual(['Entry 2 does not follow entry 1.']);
});

test('a log that was cut at its end is found by a head that somebody holds', async () => {
  const { db, head } = await logOfFive();
  await tamper(db, sql`delete from event_log where sequence > 3`);
  expect(await faults(db)).toEqual([]);
  expect(await faults(db, [head])).toEqual(['The log ends at entry 3, but entry 5 was signed: the end was cut off.']);
});

test('a log rewritten with recomputed hashes is found by a head that somebody holds', async () => {
  const { db, head } = await logOfFive();
  const forged = await recomputed(db, (entry) => (entry.sequence === 2 ? { ...entry, subject: 'thing:other' } : entry));
  await tamper(db, ...forged);
  expect(await faults(db)).toEqual([]);
  expect(await faults(db, [head])).toEqual([
    'Entry 5 is not the one that was signed: the log was rewritten before or at it.',
  ]);
});

test('a head signed with another key is not believed', async () => {
  const { db } = await logOfFive();
  const other = signHead(await readHead(db), generateKeyPairSync('ed25519').privateKey);
  expect(await faults(db, [other])).toEqual(['The head of entry 5 does not carry a valid signature of this key.']);
});

test('a change that fails leaves no entry', async () => {
  const { db } = await logOfFive();
  const failing = governedChange(db, { kind: 'system' }, async (change) => {
    change.record({ action: 'test.noted', subject: 'thing:6', detail: {} });
    throw new Error('the work failed');
  });
  await expect(failing).rejects.toThrow('the work failed');
  expect((await readHead(db)).sequence).toBe(5);
});

test('changes at the same time make one chain', async () => {
  const { db } = await logOfFive();
  const changes = Array.from({ length: 20 }, (_, number) =>
    governedChange(db, { kind: 'system' }, async (change) => {
      change.record({ action: 'test.noted', subject: `parallel:${number}`, detail: {} });
    }),
  );
  await Promise.all(changes);
  expect((await readHead(db)).sequence).toBe(25);
  expect(await faults(db)).toEqual([]);
});

import { generateKeyPairSync } from 'node:crypto';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Standing } from '../../src/chat/channel.ts';
import type { Conversation } from '../../src/chat/turn.ts';
import type { Db } from '../../src/database/database.ts';
import { answerQuestion } from '../../src/features/ask/answer.ts';
import { evidenceFile } from '../../src/features/ask/evidence-file.ts';
import { openEvidence } from '../../src/features/ask/open-evidence.ts';
import { audienceOf } from '../../src/people/audience.ts';
import { ROLES, type Role } from '../../src/people/role.ts';
import { makePackage } from '../../src/records/audit-package/make-package.ts';
import { changeReadership, handOver, withdrawEvidence } from '../../src/records/evidence/change-evidence.ts';
import { missingKinds, requirementCoverage, systemCoverage } from '../../src/records/evidence/coverage.ts';
import type { EvidenceVisibility } from '../../src/records/evidence/evidence.ts';
import { evidenceChanges } from '../../src/records/evidence/evidence-changes.ts';
import { findSameFile, listEvidence, readEvidence, readVersions } from '../../src/records/evidence/read-evidence.ts';
import { readFileOf } from '../../src/records/evidence/read-file.ts';
import { searchEvidence } from '../../src/records/evidence/search-evidence.ts';
import { readDocument, readSummaries } from '../../src/retrieval/read-document.ts';
import { search } from '../../src/retrieval/search.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, anItem, changing, TODAY } from '../support/evidence.ts';

interface Someone {
  readonly standing: Standing;
  readonly roles: readonly Role[];
}

interface Something {
  readonly visibility: EvidenceVisibility;
  readonly owner: number;
  readonly readers: readonly number[];
  /** What becomes of it after it was added. */
  readonly later: 'nothing' | 'handed over' | 'shown to others' | 'withdrawn';
  readonly laterOwner: number;
  readonly laterVisibility: EvidenceVisibility;
}

const PEOPLE = 6;
const someone: fc.Arbitrary<Someone> = fc.record({
  standing: fc.constantFrom<Standing>('member', 'member', 'member', 'guest', 'external', 'deactivated', 'unknown'),
  roles: fc.subarray([...ROLES], { maxLength: 2 }),
});
const whoever = fc.nat(PEOPLE - 1);
const visibility = fc.constantFrom<EvidenceVisibility>('everyone', 'committee', 'auditors', 'named');
const something: fc.Arbitrary<Something> = fc.record({
  visibility,
  owner: whoever,
  readers: fc.uniqueArray(whoever, { maxLength: 3 }),
  later: fc.constantFrom('nothing', 'nothing', 'handed over', 'shown to others', 'withdrawn'),
  laterOwner: whoever,
  laterVisibility: visibility,
});
const place: fc.Arbitrary<Pick<Conversation, 'kind' | 'sharedOutside'>> = fc.constantFrom(
  { kind: 'direct', sharedOutside: false },
  { kind: 'direct', sharedOutside: false },
  { kind: 'channel', sharedOutside: false },
  { kind: 'channel', sharedOutside: true },
);

/** The rule, in a few plain words, beside the one in SQL. */
function maySee(
  person: number,
  { standing, roles }: Someone,
  { kind, sharedOutside }: Pick<Conversation, 'kind' | 'sharedOutside'>,
  item: { visibility: EvidenceVisibility; owner: number; readers: readonly number[] },
): boolean {
  const isAuditor = roles.includes('auditor');
  const belongs = standing === 'member' || (standing === 'guest' && isAuditor && kind === 'direct');
  if (!belongs || sharedOutside) return false;
  if (item.visibility === 'everyone') return true;
  if (kind === 'channel') return false;
  const governs = roles.some((role) => ['compliance_lead', 'committee_chair', 'committee_member'].includes(role));
  return (
    item.owner === person ||
    (item.visibility === 'committee' && governs) ||
    (item.visibility === 'auditors' && (governs || isAuditor)) ||
    (item.visibility === 'named' && item.readers.includes(person))
  );
}

/** Organisations that are tried. Each asks for everything as everybody, so the embedded database tries few. */
const RUNS = process.env['DATABASE_URL'] ? 8 : 2;

test('nobody who may not see an item can learn of it', { timeout: 240_000 }, async () => {
  // Opening a database takes longer than all that is asked of it.
  const { db } = await openTestDatabase();
  await fc.assert(
    fc.asyncProperty(
      fc.array(someone, { minLength: PEOPLE, maxLength: PEOPLE }),
      fc.array(something, { minLength: 4, maxLength: 8 }),
      place,
      async (people, items, where) => {
        await removeEvidence(db);
        const ids = await Promise.all(people.map((_, index) => addPerson(db, `Person ${index}`)));
        const stored = [];
        for (const [index, item] of items.entries()) stored.push(await store(db, ids, item, index));
        for (const [index, person] of people.entries()) {
          const id = ids[index] as string;
          const roles = new Set(person.roles);
          const audience = audienceOf(where, { id, standing: person.standing, roles });
          const visible = stored.filter((one) => maySee(index, person, where, one));
          await expectOnly(db, { audience, today: TODAY }, stored, visible);
        }
      },
    ),
    { numRuns: RUNS },
  );
});

async function removeEvidence(db: Db): Promise<void> {
  await sql`delete from evidence_version`.execute(db);
  await sql`delete from evidence`.execute(db);
  await sql`delete from document where kind = 'evidence'`.execute(db);
  await sql`delete from content`.execute(db);
  await sql`delete from evidence_vocabulary`.execute(db);
  await sql`update evidence_statistics set passages = 0, field_passages = '{0,0,0}', average_length = '{1,1,1}'`.execute(
    db,
  );
}

interface Stored {
  readonly key: string;
  readonly word: string;
  readonly sha256: Buffer;
  readonly visibility: EvidenceVisibility;
  readonly owner: number;
  readonly readers: readonly number[];
  readonly isWithdrawn: boolean;
}

async function store(db: Db, ids: readonly string[], item: Something, index: number): Promise<Stored> {
  const owner = ids[item.owner] as string;
  const readers = item.readers.map((reader) => ids[reader] as string);
  const word = `secret${'abcdefgh'[index]}word`;
  const { key } = await anItem(db, owner, {
    title: `Okapi report ${word}`,
    kind: 'incident',
    text: `The okapi knows ${word}.`,
    visibility: item.visibility,
    readers,
    requirements: [{ id: 'A.8.4', reason: 'x' }],
    systems: [{ id: 'AIS-1', reason: 'x' }],
  });
  const reading = {
    audience: { guidanceOnly: false, visibilities: ['everyone', 'committee', 'auditors'] as const, person: owner },
    today: TODAY,
  };
  const current = await readEvidence(db, key, reading);
  if (!current) throw new Error('What was just added is not there.');
  const sha256 = Buffer.from(current.file.sha256, 'hex');
  const kept = { key, word, sha256, visibility: item.visibility, owner: item.owner, readers: item.readers };
  switch (item.later) {
    case 'nothing':
      return { ...kept, isWithdrawn: false };
    case 'handed over':
      await changing(db, owner, (change) => handOver(change, current, ids[item.laterOwner] as string));
      return { ...kept, owner: item.laterOwner, isWithdrawn: false };
    case 'shown to others':
      await changing(db, owner, (change) =>
        changeReadership(change, current, { visibility: item.laterVisibility, readers }),
      );
      return { ...kept, visibility: item.laterVisibility, isWithdrawn: false };
    case 'withdrawn':
      await changing(db, owner, (change) => withdrawEvidence(change, current, 'no longer true'));
      return { ...kept, isWithdrawn: true };
  }
}

const CLOCK = { now: () => new Date(), today: () => TODAY };
const { privateKey: SIGNING_KEY } = generateKeyPairSync('ed25519');

function nowhere(): Writable {
  return new Writable({ write: (_part, _encoding, done) => done() });
}

type Reading = Parameters<typeof listEvidence>[1];

async function expectOnly(db: Db, reading: Reading, all: readonly Stored[], visible: readonly Stored[]): Promise<void> {
  const { audience } = reading;
  const keys = visible.map(({ key }) => key).sort();
  const inUse = visible.filter(({ isWithdrawn }) => !isWithdrawn);
  const keysInUse = inUse.map(({ key }) => key).sort();

  const { total, items } = await listEvidence(db, reading, {}, { limit: 100, offset: 0 });
  expect(items.map(({ key }) => key).sort()).toEqual(keys);
  expect(total).toBe(keys.length);
  expect((await listEvidence(db, reading, {}, { limit: 1, offset: 0 })).total).toBe(keys.length);
  const asOf = await listEvidence(db, reading, { asOf: new Date(Date.now() + 60_000) }, { limit: 100, offset: 0 });
  expect(asOf.items.map(({ key }) => key).sort()).toEqual(keysInUse);

  const coverage = await requirementCoverage(db, reading);
  expect(coverage.find(({ requirement }) => requirement.id === 'A.8.4')?.current).toBe(inUse.length);
  expect((await systemCoverage(db, reading, ['AIS-1']))[0]?.current).toBe(inUse.length);
  expect((await missingKinds(db, reading)).includes('incident')).toBe(inUse.length === 0);
  const { changes } = await evidenceChanges(db, reading, new Date(0), 100);
  expect([...new Set(changes.map(({ key }) => key))].sort()).toEqual(keys);

  const { passages: found } = await searchEvidence(db, 'What does the okapi know?', reading, 100, undefined);
  expect(found.map(({ documentKey }) => documentKey).sort()).toEqual(keysInUse);
  const summaries = await readSummaries(
    db,
    all.map(({ key }) => key),
    audience,
  );
  expect([...summaries.keys()].sort()).toEqual(keysInUse);

  const made = await makePackage({ db, key: SIGNING_KEY, timeZone: 'UTC' }, reading, {}, nowhere());
  expect(made.items).toBe(keys.length);

  for (const one of all) {
    const isVisible = visible.includes(one);
    const isFound = inUse.includes(one);
    // What may not be seen is as what never was.
    const absent = isVisible ? one.key : 'EV-999999';
    expect((await readEvidence(db, one.key, reading))?.key).toBe((await readEvidence(db, absent, reading))?.key);
    expect((await readEvidence(db, one.key, reading)) !== undefined).toBe(isVisible);
    expect((await readVersions(db, one.key, reading)).length > 0).toBe(isVisible);
    expect((await readFileOf(db, one.key, reading)) !== undefined).toBe(isVisible);
    expect((await findSameFile(db, one.sha256, reading)) !== undefined).toBe(isVisible);
    expect((await readDocument(db, one.key, audience)) !== undefined).toBe(isFound);
    const follow = evidenceFile({ db, clock: CLOCK });
    // A link is one person's.
    const file = audience.person && (await follow({ person: audience.person, audience }, `${one.key}.1`));
    expect(file !== undefined).toBe(isVisible && audience.person !== undefined);
    const opened = await openEvidence(db, one.key, reading);
    if (!isVisible) expect(opened).toEqual(await openEvidence(db, 'EV-999999', reading));
    const asked = `What does our okapi report say about ${one.word}?`;
    const answer = await answerQuestion({ db, vectors: undefined, today: TODAY }, asked, audience);
    expect(answer.citations.some(({ id }) => id === one.key)).toBe(isFound);
    for (const other of all.filter((candidate) => !inUse.includes(candidate)))
      expect(JSON.stringify(answer)).not.toMatch(new RegExp(`\\b${other.key}\\b`));
    const { passages } = await search(db, `${one.key} ${one.word}`, audience, 100, undefined, 'evidence');
    expect(passages.some(({ documentKey }) => documentKey === one.key)).toBe(isFound);
  }
}

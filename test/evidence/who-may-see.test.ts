import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Standing } from '../../src/chat/channel.ts';
import type { Conversation } from '../../src/chat/turn.ts';
import type { Db } from '../../src/database/database.ts';
import { audienceOf } from '../../src/people/audience.ts';
import { ROLES, type Role } from '../../src/people/role.ts';
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

// The same SQL runs on the embedded database, which takes many minutes for what a server does in one.
const onServer = test.runIf(process.env['DATABASE_URL'] !== undefined);

onServer('nobody who may not see an item can learn of it', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someone, { minLength: PEOPLE, maxLength: PEOPLE }),
      fc.array(something, { minLength: 4, maxLength: 8 }),
      place,
      async (people, items, where) => {
        const { db, close } = await openTestDatabase();
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
        await close();
      },
    ),
    { numRuns: 8 },
  );
});

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
    title: `Okapi ${word}`,
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
    const { passages } = await search(db, `${one.key} ${one.word}`, audience, 100, undefined, 'evidence');
    expect(passages.some(({ documentKey }) => documentKey === one.key)).toBe(isFound);
  }
}

import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import {
  changeReadership,
  handOver,
  recordOpened,
  renewEvidence,
  replaceFile,
  reviseEvidence,
  withdrawEvidence,
} from '../../src/records/evidence/change-evidence.ts';
import { missingKinds, requirementCoverage, systemCoverage } from '../../src/records/evidence/coverage.ts';
import { claimDraft, clearDrafts, discardDraft, keepDraft, readDraft } from '../../src/records/evidence/draft.ts';
import { type EvidenceItem, mayChange, parseEvidenceKey } from '../../src/records/evidence/evidence.ts';
import { evidenceChanges } from '../../src/records/evidence/evidence-changes.ts';
import {
  findSameFile,
  listEvidence,
  readEvidence,
  readReaders,
  readVersions,
} from '../../src/records/evidence/read-evidence.ts';
import { refreshStatistics } from '../../src/retrieval/index-passages.ts';
import { readDocument } from '../../src/retrieval/read-document.ts';
import { search } from '../../src/retrieval/search.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, aFile, anItem, COMMITTEE, changing, TODAY } from '../support/evidence.ts';

const reading = { audience: COMMITTEE, today: TODAY };

async function start() {
  const { db } = await openTestDatabase();
  return { db, jon: await addPerson(db, 'Jon Reyes'), dana: await addPerson(db, 'Dana Okafor') };
}

async function read(db: Db, key: string): Promise<EvidenceItem> {
  const item = await readEvidence(db, key, reading);
  if (!item) throw new Error(`${key} is not there.`);
  return item;
}

async function found(db: Db, question: string): Promise<string[]> {
  const { passages } = await search(db, question, COMMITTEE, 100, undefined, 'evidence');
  return passages.filter(({ kind }) => kind === 'evidence').map(({ documentKey, title }) => `${documentKey} ${title}`);
}

async function logged(db: Db, key: string): Promise<string[]> {
  const rows = await db
    .selectFrom('event_log')
    .select('action')
    .where('subject', '=', key)
    .orderBy('sequence')
    .execute();
  return rows.map(({ action }) => action);
}

describe('an item of evidence', () => {
  test('is found, read and cited with its version and its place', async () => {
    const { db, jon } = await start();
    const { key } = await anItem(db, jon, {
      title: 'Bias test of Mia',
      requirements: [{ id: 'A.6.2.4', reason: 'its title is about testing' }],
      systems: [{ id: 'AIS-3', reason: 'names Mia' }],
      validUntil: '2027-01-31',
      text: 'The zebrafish classifier treats all tanks alike.',
    });
    expect(key).toBe('EV-1');
    expect(await read(db, key)).toMatchObject({
      title: 'Bias test of Mia',
      requirements: [{ id: 'A.6.2.4', reason: 'its title is about testing' }],
      systems: [{ id: 'AIS-3' }],
      effectiveOn: '2026-01-01',
      validUntil: '2027-01-31',
      owner: { name: 'Jon Reyes' },
      state: 'current',
      number: 1,
      file: { size: 48, name: 'test.txt' },
    });
    expect(await found(db, 'how does the zebrafish classifier treat tanks?')).toEqual(['EV-1 Bias test of Mia, v1']);
    const document = await readDocument(db, key, COMMITTEE);
    expect(document?.passages[0]?.section).toBe('Page 1');
    expect(document?.summary).toContain('valid until 31 Jan 2027');
  });

  test('gets a new version; the old file stays and search knows the new one alone', async () => {
    const { db, jon } = await start();
    const { key } = await anItem(db, jon, { text: 'The aardvark passed.' });
    const first = await read(db, key);
    const file = await aFile(db, 'test-2.txt', 'The buffalo passed.');
    const stored = await changing(db, jon, (change) => replaceFile(change, first, { ...first, title: 'Second' }, file));
    expect(stored?.number).toBe(2);
    expect(await found(db, 'aardvark')).toEqual([]);
    expect(await found(db, 'buffalo')).toEqual(['EV-1 Second, v2']);
    expect((await readVersions(db, key, reading)).map(({ number, file }) => [number, file.name])).toEqual([
      [2, 'test-2.txt'],
      [1, 'test.txt'],
    ]);
    expect(await changing(db, jon, (change) => reviseEvidence(change, first, first))).toBeUndefined();
    expect(await logged(db, key)).toEqual(['evidence.added', 'evidence.replaced']);
  });

  test('is renewed, renamed, handed over, shown to others and withdrawn, each in the log', async () => {
    const { db, jon, dana } = await start();
    const { key } = await anItem(db, jon, { validUntil: '2026-11-23', text: 'The axolotl is well.' });
    expect((await read(db, key)).state).toBe('stale');
    const stale = await read(db, key);
    await changing(db, jon, (change) => renewEvidence(change, stale, '2027-11-23', 'Looked at.'));
    const renewed = await read(db, key);
    expect(renewed).toMatchObject({ state: 'current', number: 1, validUntil: '2027-11-23' });
    await changing(db, jon, (change) => reviseEvidence(change, renewed, { ...renewed, title: 'Wombat report' }));
    expect(await found(db, 'wombat axolotl')).toEqual(['EV-1 Wombat report, v1']);
    const revised = await read(db, key);
    expect(await changing(db, jon, (change) => handOver(change, revised, dana))).toBe(true);
    expect(await changing(db, jon, (change) => handOver(change, revised, dana))).toBe(false);
    const handed = await read(db, key);
    expect(handed.owner.name).toBe('Dana Okafor');
    expect(mayChange(handed, { id: jon, roles: new Set() })).toBe(false);
    expect(mayChange(handed, { id: jon, roles: new Set(['compliance_lead']) })).toBe(true);
    await changing(db, dana, (change) => changeReadership(change, handed, { visibility: 'named', readers: [jon] }));
    expect(await readEvidence(db, key, reading)).toBeUndefined();
    const own = { audience: { ...COMMITTEE, person: dana }, today: TODAY };
    const named = { audience: { ...COMMITTEE, person: jon }, today: TODAY };
    expect(await readEvidence(db, key, own)).toBeDefined();
    const hidden = await readEvidence(db, key, named);
    expect(hidden && (await readReaders(db, hidden))).toEqual([{ id: jon, name: 'Jon Reyes' }]);
    if (hidden) await changing(db, jon, async (change) => recordOpened(change, hidden));
    expect(hidden && (await changing(db, dana, (change) => withdrawEvidence(change, hidden, 'superseded')))).toBe(true);
    expect(await readEvidence(db, key, named)).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'superseded' });
    expect(await logged(db, key)).toEqual([
      'evidence.added',
      'evidence.renewed',
      'evidence.revised',
      'evidence.handed-over',
      'evidence.visibility-changed',
      'evidence.opened',
      'evidence.withdrawn',
    ]);
    expect((await verifyChain(readEntries(db))).faults).toEqual([]);
  });

  test('of two who change it at once, one does', async () => {
    const { db, jon } = await start();
    const { key } = await anItem(db, jon);
    const item = await read(db, key);
    const outcomes = await Promise.all(
      ['One', 'Two'].map((title) => changing(db, jon, (change) => reviseEvidence(change, item, { ...item, title }))),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await readVersions(db, key, reading)).toHaveLength(2);
  });

  test('the same file again is recognised, also in an old version, and only by who may see it', async () => {
    const { db, jon, dana } = await start();
    const { key } = await anItem(db, jon, { text: 'first', visibility: 'named', readers: [] });
    const { sha256 } = await aFile(db, 'again.txt', 'first');
    const own = { audience: { ...COMMITTEE, person: jon }, today: TODAY };
    expect(await findSameFile(db, sha256, own)).toMatchObject({ item: { key }, isCurrent: true });
    expect(await findSameFile(db, sha256, { ...own, audience: { ...COMMITTEE, person: dana } })).toBeUndefined();
    const item = await readEvidence(db, key, own);
    if (item)
      await changing(db, jon, async (change) => replaceFile(change, item, item, await aFile(change.db, 'b', 'second')));
    expect(await findSameFile(db, sha256, own)).toMatchObject({ item: { key }, isCurrent: false });
    const { rows } = await sql<{ contents: number }>`select count(*) as contents from content`.execute(db);
    expect(rows[0]?.contents).toBe(2);
  });
});

test('what ranking knows follows each item that comes, changes and goes', async () => {
  const { db, jon } = await start();
  // The guidance would only make counting slow.
  await db.deleteFrom('document').execute();
  const statistics = async () => {
    const { rows } = await sql`select passages, field_passages,
      (select array_agg(round(length::numeric, 6)) from unnest(average_length) as length) as lengths,
      (select sum(frequency) from evidence_vocabulary) as frequencies, (select count(*) from evidence_vocabulary) as words,
      (select count(*) from vocabulary) as elsewhere
      from evidence_statistics`.execute(db);
    return rows[0];
  };
  const expectSameAsCounted = async () => {
    const kept = await statistics();
    await refreshStatistics(db);
    expect(kept).toEqual(await statistics());
  };
  await refreshStatistics(db);
  const { key } = await anItem(db, jon, { text: 'A quokka met an okapi. Okapi again.' });
  await anItem(db, jon, { title: 'Quokka', text: 'Another one.' });
  await expectSameAsCounted();
  const item = await read(db, key);
  await changing(db, jon, (change) => reviseEvidence(change, item, { ...item, title: 'Numbat' }));
  await expectSameAsCounted();
  const renamed = await read(db, key);
  await changing(db, jon, (change) => withdrawEvidence(change, renamed, 'old'));
  await expectSameAsCounted();
});

describe('questions about evidence come from tables', () => {
  test('filters', async () => {
    const { db, jon, dana } = await start();
    await anItem(db, jon, { title: 'one', requirements: [{ id: 'A.7.4', reason: '' }] });
    await anItem(db, dana, {
      title: 'two',
      kind: 'policy',
      requirements: [{ id: 'A.7.2', reason: '' }],
      effectiveOn: undefined,
    });
    await anItem(db, jon, { title: 'three', validUntil: '2026-11-01', systems: [{ id: 'AIS-1', reason: '' }] });
    const { key } = await anItem(db, jon, { title: 'four', validUntil: '2026-12-01' });
    const item = await read(db, key);
    const titles = async (filter: Parameters<typeof listEvidence>[2]) =>
      (await listEvidence(db, reading, filter, { limit: 10, offset: 0 })).items.map(({ title }) => title);
    expect(await titles({})).toEqual(['four', 'three', 'two', 'one']);
    expect(await titles({ requirements: ['A.7.4'] })).toEqual(['one']);
    expect(await titles({ requirements: ['A.7'] })).toEqual(['two', 'one']);
    expect(await titles({ systems: ['AIS-1'] })).toEqual(['three']);
    expect(await titles({ kinds: ['policy'] })).toEqual(['two']);
    expect(await titles({ owner: dana })).toEqual(['two']);
    expect(await titles({ states: ['stale'] })).toEqual(['three']);
    expect(await titles({ lapsingBy: '2026-12-24' })).toEqual(['four']);
    expect(await titles({ from: '2026-01-02' })).toEqual(['two']);
    // The withdrawal can come within the same millisecond.
    const before = new Date(Date.now() - 1);
    await changing(db, jon, (change) => withdrawEvidence(change, item, 'wrong file'));
    expect(await titles({ states: ['current', 'stale'] })).toEqual(['three', 'two', 'one']);
    expect(await titles({ asOf: before, lapsingBy: '2026-12-24' })).toEqual([]);
    expect(await titles({ asOf: before })).toEqual(['four', 'three', 'two', 'one']);
    expect(await listEvidence(db, reading, {}, { limit: 1, offset: 1 })).toMatchObject({
      total: 4,
      items: [{ title: 'three' }],
    });
  });

  test('coverage of each clause, control and system; stale and withdrawn evidence covers nothing', async () => {
    const { db, jon } = await start();
    const about = { requirements: [{ id: 'A.7.4', reason: '' }], systems: [{ id: 'AIS-1', reason: '' }] };
    await anItem(db, jon, { ...about, kind: 'bias_test' });
    await anItem(db, jon, { ...about, kind: 'incident', validUntil: '2026-11-23' });
    const { key } = await anItem(db, jon, { ...about, kind: 'oversight' });
    expect(await missingKinds(db, reading)).toEqual(['incident']);
    const item = await read(db, key);
    await changing(db, jon, (change) => withdrawEvidence(change, item, 'x'));
    const covered = await requirementCoverage(db, reading);
    expect(covered).toHaveLength(70);
    expect(covered.find(({ requirement }) => requirement.id === 'A.7.4')).toMatchObject({ current: 1, stale: 1 });
    expect(covered.find(({ requirement }) => requirement.id === '9.2.1')).toMatchObject({ current: 0, stale: 0 });
    expect(await systemCoverage(db, reading, ['AIS-1', 'AIS-2'])).toEqual([
      { system: 'AIS-1', current: 1, stale: 1 },
      { system: 'AIS-2', current: 0, stale: 0 },
    ]);
    expect(await missingKinds(db, reading)).toEqual(['oversight', 'incident']);
    expect(await missingKinds(db, reading, 'AIS-2')).toEqual(['bias_test', 'oversight', 'incident']);
  });

  test('what changed since a day', async () => {
    const { db, jon } = await start();
    await anItem(db, jon, { title: 'before' });
    const since = new Date();
    const { key } = await anItem(db, jon, { title: 'after' });
    const item = await read(db, key);
    await changing(db, jon, async (change) => replaceFile(change, item, item, await aFile(change.db, 'c', 'third')));
    const replaced = await read(db, key);
    await changing(db, jon, (change) => renewEvidence(change, replaced, '2028-01-01', 'Looked at.'));
    const renewed = await read(db, key);
    await changing(db, jon, (change) => withdrawEvidence(change, renewed, 'x'));
    const { total, changes } = await evidenceChanges(db, reading, since, 10);
    expect(total).toBe(4);
    expect(changes.map(({ what, number }) => [what, number])).toEqual([
      ['withdrawn', 2],
      ['revised', 2],
      ['replaced', 2],
      ['added', 1],
    ]);
  });
});

test.each([
  ['ev-48', 'EV-48'],
  [' EV-1 ', 'EV-1'],
  ['EV-0', undefined],
  ['EV-1.2', undefined],
  ['EV-1234567890123456', undefined],
  ['AIS-1', undefined],
])('the key %s', (text, key) => {
  expect(parseEvidenceKey(text)).toBe(key);
});

test('a draft waits for its person, is confirmed once, and leaves no file behind', async () => {
  const { db, jon, dana } = await start();
  const proposal = {
    title: 'T',
    kind: 'log' as const,
    requirements: [],
    systems: [],
    visibility: 'committee' as const,
  };
  const parsed = {
    mediaType: 'text/plain',
    passages: [{ section: 'Lines 1-1', heading: undefined, text: 'hello' }],
    isTextCut: false,
  };
  const keep = (text: string) =>
    keepDraft(db, { person: jon, name: 'a.txt', bytes: Buffer.from(text), parsed, proposal, replaces: undefined });
  const contents = async () => (await db.selectFrom('content').select('size').execute()).length;
  const id = await keep('hello');
  expect(await readDraft(db, id, dana)).toBeUndefined();
  expect(await readDraft(db, 'nonsense', jon)).toBeUndefined();
  const draft = await readDraft(db, id, jon);
  expect(draft).toMatchObject({ proposal, file: { name: 'a.txt', passages: parsed.passages } });
  expect([await claimDraft(db, id), await claimDraft(db, id)]).toEqual([true, false]);
  if (draft) await anItem(db, jon, { file: draft.file });
  const other = await keep('other');
  await discardDraft(db, other, dana);
  expect(await contents()).toBe(2);
  await discardDraft(db, other, jon);
  expect(await contents()).toBe(1);
  await keep('hello');
  await keep('late');
  expect(await clearDrafts(db, new Date(Date.now() + 1_000))).toBe(2);
  expect(await contents()).toBe(1);
});

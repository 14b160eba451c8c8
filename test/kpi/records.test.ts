import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import type { Audience } from '../../src/people/audience.ts';
import { addItem, extendItem, finishItem, withdrawItem } from '../../src/records/action-item/change-items.ts';
import { recordAnswer } from '../../src/records/answer.ts';
import { rateAnswer } from '../../src/records/answer-feedback.ts';
import { recordsBehind } from '../../src/records/kpi/behind.ts';
import type { KpiId } from '../../src/records/kpi/catalogue.ts';
import { enterValue, lastEntry } from '../../src/records/kpi/entries.ts';
import { measure } from '../../src/records/kpi/measure.ts';
import { callQuarterlyReview, callReviewAfter, listReviews, recordReview } from '../../src/records/kpi/reviews.ts';
import { changeSettings } from '../../src/records/kpi/settings.ts';
import { lastSnapshot, takeSnapshot, takeWeeklySnapshot, weeklySnapshots } from '../../src/records/kpi/snapshots.ts';
import { readStandings } from '../../src/records/kpi/standing.ts';
import { reviewsAsCsv, reviewsAsMarkdown, reviewsAsXlsx } from '../../src/records/kpi/write-reviews.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, anItem, changing, TODAY } from '../support/evidence.ts';
import { putSystem } from '../support/systems.ts';

const moment = { now: new Date(`${TODAY}T12:00:00Z`), today: TODAY };

async function figure(db: Db, kpi: KpiId) {
  const figures = await measure(db, { ...moment, now: new Date() });
  const found = figures.find((one) => one.kpi === kpi);
  if (!found) throw new Error(`No ${kpi}`);
  return found;
}

function snapshot(db: Db, today: string) {
  return governedChange(db, { kind: 'system' }, (change) => takeSnapshot(change, today));
}

test('in an empty organisation nothing is measured, and that is not zero', async () => {
  const { db } = await openTestDatabase();
  const measured = (await measure(db, moment)).filter(({ value }) => value !== undefined);
  expect(measured).toEqual([]);
});

test('the register and the evidence are counted, with the records behind each number', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  await putSystem(db, { name: 'Mia' });
  await putSystem(db, { name: 'Draft' }, 'draft');
  await anItem(db, ana, { requirements: [{ id: '9.1', reason: 'its title' }], validUntil: TODAY });
  await anItem(db, ana, {
    text: 'old',
    requirements: [{ id: '9.2.1', reason: 'its title' }],
    validUntil: '2026-11-23',
  });
  expect(await figure(db, 'register-completeness')).toMatchObject({ value: 0, records: [['AIS-1', 0]] });
  expect(await figure(db, 'review-currency')).toMatchObject({ value: 1, of: { part: 1, whole: 1 } });
  expect(await figure(db, 'evidence-freshness')).toMatchObject({
    value: 0.5,
    records: [
      ['EV-1', 1],
      ['EV-2', 0],
    ],
  });
  const clauses = await figure(db, 'clause-coverage');
  expect(clauses.of).toEqual({ part: 1, whole: 32 });
  expect(clauses.records).toContainEqual(['9.1', 1]);
  expect(clauses.records).toContainEqual(['9.2.1', 0]);
});

test('questions are counted by what became of them', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  const given = {
    asker: ana,
    platform: 'web',
    conversation: 'c',
    question: 'q',
    text: 't',
    sources: [],
    topic: undefined,
    model: null,
    promptVersion: null,
    spent: undefined,
  } as const;
  await changing(db, ana, async (change) => {
    const first = await recordAnswer(change, { ...given, isDeclined: false });
    await recordAnswer(change, { ...given, isDeclined: true });
    await rateAnswer(change, first, ana, { isHelpful: false, reason: 'hard', comment: undefined });
  });
  expect((await figure(db, 'questions-asked')).value).toBe(2);
  expect((await figure(db, 'questions-declined')).value).toBe(0.5);
  expect(await figure(db, 'answers-unhelpful')).toMatchObject({ value: 1, of: { part: 1, whole: 1 } });
});

test('an action counts by the day on which it was first due, however often it was extended', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  const item = { owner: ana, visibility: 'committee', source: undefined } as const;
  await changing(db, ana, async (change) => {
    const late = await addItem(change, { ...item, text: 'extended', dueOn: '2026-11-20' });
    await extendItem(change, { id: late, version: 1 }, { dueOn: '2026-12-20', reason: 'more time' });
    await addItem(change, { ...item, text: 'overdue', dueOn: '2026-11-22' });
    await addItem(change, { ...item, text: 'not due yet', dueOn: '2026-12-01' });
    const old = await addItem(change, { ...item, text: 'long ago', dueOn: '2026-08-01' });
    await withdrawItem(change, { id: old, version: 1 }, 'nobody needs it');
  });
  const done = await changing(db, ana, (change) => addItem(change, { ...item, text: 'done', dueOn: '2026-11-23' }));
  await governedChange(
    db,
    { kind: 'person', person: ana, via: 'web', authenticated: true },
    (change) => finishItem(change, { id: done, version: 1 }, undefined),
    new Date('2026-11-23T20:00:00Z'),
  );
  expect(await figure(db, 'actions-on-time')).toMatchObject({
    value: 1 / 3,
    records: [
      ['ACT-1', 0],
      ['ACT-2', 0],
      ['ACT-5', 1],
    ],
  });
  expect((await figure(db, 'actions-open')).value).toBe(3);
  expect(await figure(db, 'actions-overdue')).toMatchObject({ value: 1, records: [['ACT-2', 1]] });
  const { records } = await figure(db, 'actions-open');
  const viewer = (person: string | undefined, visibilities: Audience['visibilities']) => ({
    audience: { guidanceOnly: false, visibilities, person },
    isLead: false,
  });
  expect((await recordsBehind(db, records, viewer(undefined, ['everyone']))).hidden).toBe(3);
  expect((await recordsBehind(db, records, viewer(ana, ['everyone']))).seen).toHaveLength(3);
});

test('what was kept is never changed', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  const [taken] = await snapshot(db, TODAY);
  const entry = { counting: { part: 2, whole: 7 }, measuredOn: TODAY, note: 'two trained' };
  await changing(db, ana, (change) => enterValue(change, 'competence-coverage', entry, { by: ana, basedOn: 0 }));
  const refused = /append-only/;
  await expect(db.updateTable('kpi_snapshot').set({ value: 1 }).execute()).rejects.toThrow(refused);
  await expect(
    db
      .deleteFrom('kpi_snapshot')
      .where('id', '=', taken?.id ?? 0)
      .execute(),
  ).rejects.toThrow(refused);
  await expect(db.updateTable('kpi_entry').set({ value: 1 }).execute()).rejects.toThrow(refused);
  await expect(db.deleteFrom('kpi_entry').execute()).rejects.toThrow(refused);
  // What names somebody can be blanked.
  await db.updateTable('kpi_entry').set({ note: '' }).execute();
  expect(await figure(db, 'competence-coverage')).toMatchObject({
    value: 2 / 7,
    of: { part: 2, whole: 7 },
    records: [['KV-1', 2 / 7]],
  });
});

test('a week has one snapshot however often it is asked for, and weeks tell change and trend', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  const enter = (part: number, day: string) =>
    changing(db, ana, async (change) => {
      const basedOn = await lastEntry(change.db, 'supplier-assurance');
      const entered = { counting: { part, whole: 10 }, measuredOn: day, note: '' };
      return enterValue(change, 'supplier-assurance', entered, { by: ana, basedOn });
    });
  for (const [part, day] of [
    [4, '2026-11-02'],
    [5, '2026-11-09'],
    [6, '2026-11-16'],
  ] as const) {
    await enter(part, day);
    await snapshot(db, day);
  }
  const weekly = () => governedChange(db, { kind: 'system' }, (change) => takeWeeklySnapshot(change, TODAY));
  expect(await weekly()).toHaveLength(27);
  expect(await weekly()).toBeUndefined();
  await enter(8, TODAY);
  await snapshot(db, TODAY);

  const find = async () => (await readStandings(db, moment)).find(({ kpi }) => kpi.id === 'supplier-assurance');
  const standing = await find();
  expect(standing?.history.map(({ value }) => value)).toEqual([0.4, 0.5, 0.6]);
  expect(standing).toMatchObject({ current: { value: 0.8 }, previous: { value: 0.6 }, trend: 'rising' });
  expect(standing?.change).toBeCloseTo(0.2);
  expect((await weeklySnapshots(db, '2026-11-23', TODAY)).find(({ kpi }) => kpi === 'supplier-assurance')?.value).toBe(
    0.8,
  );
  expect((await lastSnapshot(db, 'supplier-assurance', '2026-10-01', '2026-11-15'))?.takenOn).toBe('2026-11-09');

  const target = { owner: ana, target: 0.7, frequency: 'monthly', reason: 'ours' } as const;
  const change = () => changing(db, ana, (c) => changeSettings(c, 'supplier-assurance', target));
  expect([await change(), await change()]).toEqual([1, undefined]);
  expect((await find())?.settings).toMatchObject({ target: 0.7, areProposed: false, owner: { name: 'Ana' } });
  // What was aimed at then stays with what was kept then.
  expect((await lastSnapshot(db, 'supplier-assurance', '2026-10-01', TODAY))?.target).toBe(0.9);
});

test('a value by another formula is neither compared nor continued', async () => {
  const { db } = await openTestDatabase();
  const old = { kpi: 'questions-asked', formula: 0, value: 40, records: '[]', target: null, part: null, whole: null };
  for (const day of ['2026-11-02', '2026-11-09', '2026-11-16']) {
    await db
      .insertInto('kpi_snapshot')
      .values({ ...old, measured_on: day, taken_on: day, taken_at: new Date() })
      .execute();
  }
  const standing = (await readStandings(db, moment)).find(({ kpi }) => kpi.id === 'questions-asked');
  expect(standing?.history).toHaveLength(3);
  expect(standing).toMatchObject({ previous: undefined, change: undefined, trend: undefined });
});

test('each quarter in which something was measured is reviewed once, and what came of it is recorded once', async () => {
  const { db } = await openTestDatabase();
  const ana = await addPerson(db, 'Ana');
  const call = (today: string) =>
    governedChange(db, { kind: 'system' }, (change) => callQuarterlyReview(change, today));
  expect(await call('2026-10-01')).toBeUndefined();
  await snapshot(db, '2026-09-28');
  expect(await call('2026-10-01')).toBe(1);
  expect(await call('2026-10-02')).toBeUndefined();
  const after = await changing(db, ana, (change) => callReviewAfter(change, '=HYPERLINK("x")', '2026-11-24'));
  const result = { heldOn: '2026-10-05', participants: [ana], others: 'Works council', outcome: 'Go | on' };
  const record = () => changing(db, ana, (change) => recordReview(change, 1, result));
  expect([await record(), await record()]).toEqual([true, false]);
  const reviews = await listReviews(db, '2026-01-01', '2026-12-31');
  expect(reviews.map(({ id, quarter }) => [id, quarter])).toEqual([
    [1, '2026-Q3'],
    [after, undefined],
  ]);
  expect(reviews[0]?.result).toMatchObject({ participants: [{ name: 'Ana' }], others: 'Works council' });
  expect(reviews[0]?.snapshots).toHaveLength(27);
  expect(reviewsAsCsv(reviews)).toContain("'=HYPERLINK");
  expect(reviewsAsCsv(reviews)).toContain('KR-1,the quarter 2026-Q3,2026-10-01,2026-10-05,"Ana, Works council"');
  const markdown = reviewsAsMarkdown(reviews);
  expect(markdown).toContain('Go \\| on');
  expect(markdown).toContain('Nothing is recorded of it yet.');
  expect((await reviewsAsXlsx(reviews)).subarray(0, 2).toString()).toBe('PK');
});

import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { recordAnswer } from '../../src/records/answer.ts';
import { rateAnswer } from '../../src/records/answer-feedback.ts';
import type { KpiId } from '../../src/records/kpi/catalogue.ts';
import { enterValue, lastEntry } from '../../src/records/kpi/entries.ts';
import { measure } from '../../src/records/kpi/measure.ts';
import { changeSettings } from '../../src/records/kpi/settings.ts';
import { lastSnapshot, takeSnapshot, takeWeeklySnapshot, weeklySnapshots } from '../../src/records/kpi/snapshots.ts';
import { readStandings } from '../../src/records/kpi/standing.ts';
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
  expect(measured.map(({ kpi, value }) => [kpi, value])).toEqual([['questions-asked', 0]]);
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
  expect(await weekly()).toHaveLength(25);
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

import { expect, test } from 'vitest';
import type { Entry } from '../../src/event-log/entry.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import {
  changeItem,
  extendItem,
  finishItem,
  handOverItem,
  reopenItem,
  withdrawItem,
} from '../../src/records/action-item/change-items.ts';
import { dueReminders, noteTold, reminderKey } from '../../src/records/action-item/due-reminders.ts';
import { openActionItems } from '../../src/records/action-item/item-ownership.ts';
import { listItems, overdueByOwner, readItem, versionsOf } from '../../src/records/action-item/read-items.ts';
import { listDecisions, readDecision } from '../../src/records/decision/read-decisions.ts';
import { withdrawDecision } from '../../src/records/decision/record-decision.ts';
import { waitingDecisions } from '../../src/records/decision/waiting-decisions.ts';
import { aDecisionBy, alone, anItemOf } from '../support/actions.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, COMMITTEE, changing } from '../support/evidence.ts';
import { putSystem } from '../support/systems.ts';

async function house() {
  const { db } = await openTestDatabase();
  const [jon, dana] = [await addPerson(db, 'Jon'), await addPerson(db, 'Dana')];
  return { db, jon, dana };
}

test('an action item is extended, handed over, done and opened again, and each step stays to be seen', async () => {
  const { db, jon, dana } = await house();
  const id = await anItemOf(db, dana, { owner: jon, source: { kind: 'system', ref: 'AIS-1' } });
  const act = <T>(work: Parameters<typeof changing<T>>[2]) => changing(db, jon, work);
  const later = { dueOn: '2026-12-08', reason: 'The agency is on holiday.' };
  expect(await act((change) => extendItem(change, { id, version: 1 }, later))).toBe('done');
  expect(await act((change) => extendItem(change, { id, version: 1 }, later))).toBe('changed_meanwhile');
  expect(await act((change) => extendItem(change, { id, version: 2 }, later))).toBe('same');
  expect(await act((change) => handOverItem(change, { id, version: 2 }, { owner: dana, reason: undefined }))).toBe(
    'done',
  );
  const said = { text: 'Get both test reports', visibility: 'committee' as const, reason: undefined };
  expect(await act((change) => changeItem(change, { id, version: 3 }, said))).toBe('done');
  // The button that was pressed first wins, and the second changes nothing.
  const finish = () => act((change) => finishItem(change, { id, version: 4 }, 'Both are in.'));
  expect((await Promise.all([finish(), finish()])).sort()).toEqual(['done', 'wrong_state']);
  expect(await act((change) => withdrawItem(change, { id, version: 5 }, 'no'))).toBe('wrong_state');
  const again = { dueOn: '2026-12-20', reason: 'One is missing.' };
  expect(await act((change) => reopenItem(change, { id, version: 5 }, again))).toBe('done');
  expect(await act((change) => withdrawItem(change, { id, version: 6 }, 'It is no longer sold.'))).toBe('done');
  expect(await act((change) => finishItem(change, { id: 99, version: 1 }, undefined))).toBe('gone');

  const versions = await versionsOf(db, id);
  expect(versions.map((version) => [version.act, version.owner.name, version.dueOn, version.by?.name])).toEqual([
    ['created', 'Jon', '2026-12-01', 'Dana'],
    ['extended', 'Jon', '2026-12-08', 'Jon'],
    ['handed_over', 'Dana', '2026-12-08', 'Jon'],
    ['changed', 'Dana', '2026-12-08', 'Jon'],
    ['done', 'Dana', '2026-12-08', 'Jon'],
    ['reopened', 'Dana', '2026-12-20', 'Jon'],
    ['withdrawn', 'Dana', '2026-12-20', 'Jon'],
  ]);
  const entries: Entry[] = [];
  for await (const entry of readEntries(db)) entries.push(entry);
  expect(entries.map(({ action }) => action)).toEqual(
    versions.map((version) => `action-item.${version.act.replace('_', '-')}`),
  );
  // The log has no texts, which could not be erased from what others hold of it.
  expect(JSON.stringify(entries)).not.toMatch(/test report|holiday|sold/);
});

test('lists give what is open, late by owner, and done or decided since', async () => {
  const { db, jon, dana } = await house();
  const first = await anItemOf(db, jon, { dueOn: '2026-11-20' });
  const second = await anItemOf(db, dana, { dueOn: '2026-11-10', source: { kind: 'system', ref: 'AIS-1' } });
  const third = await anItemOf(db, jon, { dueOn: '2026-11-15' });
  const closed = await anItemOf(db, jon, { dueOn: '2026-12-24' });
  const since = new Date();
  await changing(db, jon, (change) => finishItem(change, { id: closed, version: 1 }, undefined));
  const ids = async (...filter: [Parameters<typeof listItems>[2], number?]) =>
    (await listItems(db, COMMITTEE, filter[0], filter[1] ?? 10)).items.map(({ id }) => id);
  expect(await ids({})).toEqual([second, third, first, closed]);
  expect(await ids({ state: 'open', owner: jon })).toEqual([third, first]);
  expect(await ids({ state: 'open', dueBy: '2026-11-15' })).toEqual([second, third]);
  expect(await ids({ closedSince: since })).toEqual([closed]);
  expect(await ids({ createdSince: since, createdBy: jon })).toEqual([]);
  expect(await ids({ source: { kind: 'system', ref: 'AIS-1' } })).toEqual([second]);
  expect(await listItems(db, COMMITTEE, {}, 1)).toMatchObject({ total: 4, items: [{ id: second }] });
  const late = await overdueByOwner(db, COMMITTEE, '2026-11-20');
  expect(late.map(({ owner, items }) => [owner.name, items.map(({ id }) => id)])).toEqual([
    ['Dana', [second]],
    ['Jon', [third]],
  ]);
  expect(await openActionItems.owners(db, '2026-11-20')).toHaveLength(2);
  expect((await openActionItems.list(db, dana, '2026-11-20')).map(({ what }) => what)).toEqual([
    'ACT-2, an action item of theirs: Get the test report from the agency',
  ]);

  await putSystem(db, { name: 'Mia' }, 'submitted');
  expect(await waitingDecisions(db, COMMITTEE, new Date())).toMatchObject([
    { about: { kind: 'system', ref: 'AIS-1' }, title: 'Mia', version: 1, isForCommittee: false },
  ]);
  const decision = await aDecisionBy(db, dana, { participants: [dana, jon, jon], others: 'Ina Roth' });
  expect(await listDecisions(db, COMMITTEE, { since, inForce: true }, 5)).toMatchObject({
    total: 1,
    decisions: [{ id: decision, participants: [{ name: 'Dana' }, { name: 'Jon' }], recordedBy: { name: 'Dana' } }],
  });
  const withdraw = () => changing(db, dana, (change) => withdrawDecision(change, decision, 'It was another system.'));
  expect([await withdraw(), await withdraw()]).toEqual([true, false]);
  expect((await listDecisions(db, COMMITTEE, { inForce: true }, 5)).total).toBe(0);
  const about = { kind: 'system', ref: 'AIS-1' } as const;
  expect((await listDecisions(db, COMMITTEE, { about }, 5)).decisions[0]?.withdrawn?.because).toContain('another');
});

test('each owner is told once of each due date', async () => {
  const { db, jon, dana } = await house();
  const id = await anItemOf(db, dana, { owner: jon, dueOn: '2026-12-01' });
  const told = async (today: string) => {
    const due = await dueReminders(db, today);
    await noteTold(db, due);
    return due.map((reminder) => reminderKey(reminder));
  };
  expect(await told('2026-11-25')).toEqual([]);
  expect(await told('2026-11-27')).toEqual([`ACT-${id}:soon:2026-12-01:1`]);
  expect(await told('2026-11-30')).toEqual([]);
  expect(await told('2026-12-02')).toEqual([`ACT-${id}:late:2026-12-01:1`]);
  expect(await told('2026-12-03')).toEqual([]);
  const later = { dueOn: '2026-12-03', reason: 'Soon.' };
  await changing(db, jon, (change) => extendItem(change, { id, version: 1 }, later));
  expect(await told('2026-12-03')).toEqual([`ACT-${id}:soon:2026-12-03:2`]);
  expect(await told('2026-12-14')).toEqual([`ACT-${id}:escalated:2026-12-03:2`]);
  expect(await told('2027-01-14')).toEqual([]);
});

test('what somebody noted for themselves, and the reasons they gave, are erased with them; what is the work of others stays', async () => {
  const { db, jon, dana } = await house();
  const own = await anItemOf(db, jon, { text: 'See my doctor about the audit' });
  const given = await anItemOf(db, dana, { owner: jon });
  const late = { dueOn: '2026-12-24', reason: 'I am ill.' };
  await changing(db, jon, (change) => extendItem(change, { id: given, version: 1 }, late));
  const decision = await aDecisionBy(db, dana, { participants: [jon] });
  await governedChange(db, { kind: 'system' }, (change) => erasePerson(change, jon, '2026-11-25'));
  const audience = alone(dana);
  expect(await readItem(db, own, audience)).toMatchObject({ text: 'Erased action item', state: 'withdrawn' });
  expect(await readItem(db, given, audience)).toMatchObject({ state: 'open', owner: { name: 'Erased person' } });
  expect((await readDecision(db, decision, audience))?.participants).toMatchObject([{ name: 'Erased person' }]);
  const left = JSON.stringify([await versionsOf(db, own), await versionsOf(db, given)]);
  expect(left).not.toMatch(/doctor|ill\./);
  expect(await dueReminders(db, '2026-12-23')).toMatchObject([{ item: { id: given }, isOwnerGone: true }]);
});

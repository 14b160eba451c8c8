import { expect, test } from 'vitest';
import { replyAsText } from '../../src/chat/text.ts';
import type { Clock } from '../../src/clock.ts';
import type { Db } from '../../src/database/database.ts';
import { evidenceReminders } from '../../src/features/evidence/remind.ts';
import { ownedBy } from '../../src/people/ownership.ts';
import { renewEvidence, withdrawEvidence } from '../../src/records/evidence/change-evidence.ts';
import { evidenceOwners, ownedEvidence } from '../../src/records/evidence/evidence-ownership.ts';
import { readEvidence } from '../../src/records/evidence/read-evidence.ts';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';
import { addPerson, anItem, COMMITTEE, changing } from '../support/evidence.ts';

function onDay(day: string): Clock {
  return { now: () => new Date(`${day}T09:00:00Z`), today: () => day };
}

async function remindedOn(db: Db, day: string): Promise<string[]> {
  const messages = await db.transaction().execute((transaction) => evidenceReminders(transaction, onDay(day)));
  return messages.map(({ reply }) => replyAsText(reply));
}

async function open() {
  const { db } = await openTestDatabase(await copyOfTemplate());
  return { db, jon: await addPerson(db, 'Jon Reyes') };
}

async function itemOf(db: Db, person: string, key: string) {
  const audience = { guidanceOnly: false, visibilities: [], person };
  const item = await readEvidence(db, key, { audience, today: '2027-01-01' });
  if (!item) throw new Error(`${key} is not there.`);
  return item;
}

test('owners are reminded 30 and 7 days ahead and when an item has lapsed, once each', async () => {
  const { db, jon } = await open();
  await anItem(db, jon, { title: 'Bias test', validUntil: '2027-03-31', visibility: 'named' });
  await anItem(db, jon, { title: 'Without an end', text: 'b' });
  expect(await remindedOn(db, '2027-02-28')).toEqual([]);
  expect(await remindedOn(db, '2027-03-01')).toEqual([
    expect.stringContaining('EV-1 Bias test is valid until 31 Mar 2027'),
  ]);
  expect(await remindedOn(db, '2027-03-02')).toEqual([]);
  expect(await remindedOn(db, '2027-03-25')).toEqual([expect.stringContaining('is valid until 31 Mar 2027')]);
  expect(await remindedOn(db, '2027-03-31')).toEqual([]);
  expect(await remindedOn(db, '2027-04-01')).toEqual([expect.stringContaining('it is stale and counts for nothing')]);
  expect(await remindedOn(db, '2027-04-02')).toEqual([]);
  const item = await itemOf(db, jon, 'EV-1');
  await changing(db, jon, (change) => renewEvidence(change, item, '2028-03-31', 'It holds.'));
  expect(await remindedOn(db, '2027-04-03')).toEqual([]);
  expect(await remindedOn(db, '2028-03-10')).toEqual([expect.stringContaining('31 Mar 2028')]);
});

test('what lapses at once is one message, and what was withdrawn or lapsed long ago none', async () => {
  const { db, jon } = await open();
  for (const text of ['a', 'b', 'c', 'd'])
    await anItem(db, jon, { title: `Log ${text}`, text, validUntil: '2027-03-31' });
  await anItem(db, jon, { title: 'Old', text: 'e', validUntil: '2026-01-31' });
  await anItem(db, jon, { title: 'Withdrawn', text: 'f', validUntil: '2027-03-31' });
  const withdrawn = await itemOf(db, jon, 'EV-6');
  await changing(db, jon, (change) => withdrawEvidence(change, withdrawn, 'Wrong file.'));
  const [message, ...others] = await remindedOn(db, '2027-03-26');
  expect(others).toEqual([]);
  expect(message).toMatch(/4 items of your evidence.*EV-1 Log a.*EV-4 Log d/s);
  expect(message).not.toMatch(/EV-5|EV-6/);
});

test('evidence is on the list of what somebody leaves, and what is for named people without its title', async () => {
  const { db, jon } = await open();
  await anItem(db, jon, { title: 'Bias test' });
  await anItem(db, jon, { title: 'Private', text: 'b', visibility: 'named' });
  await anItem(db, jon, { title: 'Gone', text: 'c' });
  const gone = await itemOf(db, jon, 'EV-3');
  await changing(db, jon, (change) => withdrawEvidence(change, gone, 'Wrong file.'));
  expect(await ownedEvidence.owners(db, '2027-01-01')).toEqual([jon]);
  const owned = await ownedBy(db, [ownedEvidence], jon, '2027-01-01');
  expect(owned.map(({ what }) => what)).toEqual([
    'EV-1 Bias test, evidence of theirs',
    'EV-2, evidence of theirs for named people',
  ]);
  // Others are told of as many as they may see.
  const owners = await evidenceOwners(db, { audience: COMMITTEE, today: '2027-01-01' }, 10);
  expect(owners).toEqual([{ id: jon, name: 'Jon Reyes', items: 1, hasLeft: false }]);
});

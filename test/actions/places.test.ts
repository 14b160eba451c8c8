import { describe, expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { decisionsFile, itemsFile } from '../../src/features/actions/export.ts';
import { readItemQuery } from '../../src/features/actions/list.ts';
import { actionReminders } from '../../src/features/actions/remind.ts';
import type { Role } from '../../src/people/role.ts';
import { giveRole } from '../../src/people/role-assignments.ts';
import { extendItem } from '../../src/records/action-item/change-items.ts';
import { noteTold } from '../../src/records/action-item/due-reminders.ts';
import { appoint, STAGES as CHANNELS, personOf } from '../people/stages.ts';
import { aDecisionBy, alone, anItemOf } from '../support/actions.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, COMMITTEE, changing } from '../support/evidence.ts';
import { STAGES as PLATFORMS } from '../support/stages.ts';

describe.each(Object.entries(CHANNELS))('in a channel of %s', (_platform, build) => {
  test('everybody sees what is for everyone, and a channel of the committee what is for it', async () => {
    const stage = await build();
    await appoint(stage, { dana: 'compliance_lead', arun: 'committee_member', jon: undefined });
    const dana = await personOf(stage.app, stage.chatter('dana').userId('dana'));
    const { db } = stage.app.database;
    await anItemOf(db, dana, { text: 'Publish the AI policy' });
    await anItemOf(db, dana, { text: 'Talk to the vendor', visibility: 'committee' });
    stage.members('dana', 'arun');
    const shown = await stage.ask('dana', '/aims actions');
    expect(shown).toContain('Publish the AI policy');
    expect(shown).not.toContain('vendor');
    expect(await stage.ask('dana', 'ACT-2')).toContain('no such action item that you may see here');
    // What waits for one person is nothing for others.
    expect(await stage.ask('dana', '/aims mine')).toContain('for you alone');
    await stage.ask('dana', '/aims audience committee');
    expect(await stage.ask('dana', '/aims actions')).toContain('Talk to the vendor');
  });
});

test('what was typed, and where, comes back where the form is opened by a button', async () => {
  const { jon } = (await PLATFORMS['Slack']?.()) ?? expect.unreachable();
  await jon.say('/aims help');
  const offered = await jon.say('/aims actions add Get the test report');
  const [open] = offered.actions;
  expect(open).toEqual({ id: 'actions:note:\nGet the test report', label: 'Open form' });
  expect((await jon.press(open?.id ?? '')).inputs).toContain('text');
  const made = await jon.submit({
    ...{ text: 'Get the test report', owner: jon.userId('jon'), dueOn: '2099-01-01', visibility: 'everyone' },
  });
  expect(made.text).toContain('Recorded, and yours.');
});

const clockOn = (day: string) => ({ now: () => new Date(`${day}T09:00:00Z`), today: () => day });

async function office() {
  const { db } = await openTestDatabase();
  const person = async (name: string, role?: Role) => {
    const id = await addPerson(db, name);
    await standing(db, id, 'member');
    if (role) {
      await changing(db, id, (change) => giveRole(change, { person: id, role, deputy: undefined, endsOn: undefined }));
    }
    return id;
  };
  return { db, person };
}

function standing(db: Db, person: string, is: string) {
  const identity = { platform: 'slack', workspace: 'T0TEAM', user_id: `U${person}`, person_id: person };
  return db
    .insertInto('person_identity')
    .values({ ...identity, standing: is, checked_at: new Date() })
    .onConflict((conflict) => conflict.columns(['platform', 'workspace', 'user_id']).doUpdateSet({ standing: is }))
    .execute();
}

test('the owner is reminded, then the lead; the chair where the lead is late; the lead where the owner has left', async () => {
  const { db, person } = await office();
  const [jon, dana, arun] = [
    await person('Jon'),
    await person('Dana', 'compliance_lead'),
    await person('Arun', 'committee_chair'),
  ];
  const names = new Map([
    [jon, 'Jon'],
    [dana, 'Dana'],
    [arun, 'Arun'],
  ]);
  const told = async (day: string) => {
    const { due, messages } = await actionReminders(db, clockOn(day));
    await noteTold(db, due);
    return messages.map(({ person: whom, reply }) => {
      const said = reply.kind === 'notice' && reply.blocks[0]?.kind === 'text' ? reply.blocks[0].text : '';
      return `${names.get(whom)}: ${said.replace(/ Get .*agency/, '').replaceAll('*', '')}`;
    });
  };
  const [first, second] = [await anItemOf(db, jon), await anItemOf(db, dana, { dueOn: '2026-12-02' })];
  expect(await told('2026-11-30')).toEqual(['Jon: ACT-1 is due 1 Dec 2026.', 'Dana: ACT-2 is due 2 Dec 2026.']);
  expect(await told('2026-12-04')).toEqual([
    'Jon: ACT-1 was due 1 Dec 2026, 3 days late.',
    'Dana: ACT-2 was due 2 Dec 2026, 2 days late.',
  ]);
  expect(await told('2026-12-10')).toEqual([
    'Jon: ACT-1 was due 1 Dec 2026, 9 days late. The compliance lead is told too.',
    'Dana: ACT-1 is due 1 Dec 2026, 9 days late. It waits for Jon, who was reminded.',
    'Dana: ACT-2 was due 2 Dec 2026, 8 days late. The compliance lead is told too.',
    'Arun: ACT-2 is due 2 Dec 2026, 8 days late. It waits for Dana, who was reminded.',
  ]);
  expect(await told('2026-12-11')).toEqual([]);
  for (const id of [first, second]) {
    const later = { dueOn: '2026-12-15', reason: 'Later.' };
    await changing(db, dana, (change) => extendItem(change, { id, version: 1 }, later));
  }
  await standing(db, jon, 'deactivated');
  expect(await told('2026-12-14')).toEqual([
    'Dana: ACT-1 is due 15 Dec 2026. Jon has left; somebody else has to do it.',
    'Dana: ACT-2 is due 15 Dec 2026.',
  ]);
});

test('files hold what the reader may see, and no formulas', async () => {
  const { db, person } = await office();
  const [jon, dana] = [await person('Jon'), await person('Dana', 'compliance_lead')];
  await anItemOf(db, jon, { text: '=1+1' });
  await anItemOf(db, dana, { text: 'Talk to the vendor', visibility: 'committee' });
  await aDecisionBy(db, dana, { participants: [dana], others: 'Ina Roth', visibility: 'committee' });
  const clock = clockOn('2026-11-25');
  const csv = async (make: typeof itemsFile, audience = alone(jon)) => {
    const file = await make({ db, clock })({ person: jon, audience }, 'csv');
    return Buffer.from((file?.content as Uint8Array | undefined) ?? []).toString('utf8');
  };
  const own = await csv(itemsFile);
  expect(own).toContain("ACT-1,'=1+1,Jon,2026-12-01,open");
  expect(own).not.toContain('vendor');
  expect(await csv(decisionsFile)).not.toContain('DEC-1');
  expect(await csv(itemsFile, COMMITTEE)).toContain('vendor');
  expect(await csv(decisionsFile, COMMITTEE)).toContain(
    'DEC-1,The shop chatbot goes live.,approved,system AIS-1,2026-11-20,Dana,Ina Roth',
  );
  const workbook = await itemsFile({ db, clock })({ person: jon, audience: alone(jon) }, 'xlsx');
  expect(workbook?.name).toBe('action-items-2026-11-25.xlsx');
  expect(await itemsFile({ db, clock })({ person: jon, audience: alone(jon) }, 'exe')).toBeUndefined();
});

test.each([
  ['', { state: 'open' }],
  ['mine', { state: 'open', owner: 'me' }],
  ['late mine', { state: 'open', dueBy: '2026-11-24', owner: 'me' }],
  ['given done', { state: 'done', createdBy: 'me' }],
  ['all', {}],
  ['ais-3', { source: { kind: 'system', ref: 'AIS-3' } }],
  ['AIS-3 open', { state: 'open', source: { kind: 'system', ref: 'AIS-3' } }],
  ['by tomorrow', undefined],
])('"%s" is read as a filter', (text, filter) => {
  expect(readItemQuery(text, 'me', '2026-11-25')?.filter).toEqual(filter);
});

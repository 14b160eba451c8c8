import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { readEntries } from '../../src/event-log/event-log.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { audienceOfChannel, isAdmitted } from '../../src/people/audience.ts';
import { ROLES } from '../../src/people/role.ts';
import { withdrawRole } from '../../src/people/role-assignments.ts';
import { appoint, personOf, publishSecret, SECRET, STAGES, type Stage } from './stages.ts';

const KNOWN = 'the board knows';
const UNKNOWN = 'I have nothing on that';

async function registered(make: () => Promise<Stage>): Promise<Stage> {
  const stage = await make();
  await appoint(stage, { dana: 'compliance_lead', arun: 'committee_member', jon: undefined });
  await publishSecret(stage);
  stage.members('dana', 'arun');
  expect(await stage.ask('arun', SECRET)).toContain(UNKNOWN);
  expect(await stage.ask('dana', '/aims audience committee')).toContain(
    'Recorded: this channel sees what is for the committee',
  );
  expect(await stage.ask('arun', SECRET)).toContain(KNOWN);
  return stage;
}

describe.each(Object.entries(STAGES))('on %s', { timeout: 60_000 }, (_platform, make) => {
  test('a closed channel of the committee sees what is for it, until the lead says otherwise', async () => {
    const stage = await registered(make);
    expect(await stage.ask('arun', '/aims audience')).toContain('Dana Okafor decided that');
    expect(await stage.ask('arun', '/aims audience everyone')).toContain('decided by the compliance lead');
    const list = await stage.chatter('dana').say('/aims audience');
    expect(list.text).toContain('what is for the committee and for auditors');
    expect(list.actions).toHaveLength(1);
    expect((await stage.chatter('dana').press(list.actions[0]?.id ?? '')).text).toContain('what everyone');
    expect(await stage.ask('arun', SECRET)).toContain(UNKNOWN);
    const actions: string[] = [];
    for await (const { action } of readEntries(stage.app.database.db)) actions.push(action);
    expect(actions.filter((action) => action.startsWith('channel-audience'))).toEqual([
      'channel-audience.registered',
      'channel-audience.withdrawn',
    ]);
    expect((await verifyChain(readEntries(stage.app.database.db))).faults).toEqual([]);
  });

  test('when somebody joins without the role, the channel and the lead are told, and see what everyone may see', async () => {
    const stage = await registered(make);
    stage.members('dana', 'arun', 'jon');
    await stage.tellJoined('jon');
    expect(await stage.hear()).toContain('Jon Reyes is in it and does not hold a role that may see it');
    expect((await stage.chatter('dana').hear()).text).toContain('no longer sees what is for the committee');
    expect(await stage.ask('arun', SECRET)).toContain(UNKNOWN);
  });

  test('whoever joined unnoticed is noticed when they ask', async () => {
    const stage = await registered(make);
    stage.members('dana', 'arun', 'jon');
    const said = [await stage.ask('jon', SECRET), await stage.hear()].join();
    expect(said).toContain(UNKNOWN);
    expect(said).not.toContain(KNOWN);
    expect(said).toContain('no longer shown');
  });

  test('what was seen five minutes ago is not relied on', async () => {
    const stage = await registered(make);
    stage.members('dana', 'arun', 'stranger');
    await sql`update channel_audience set checked_at = checked_at - interval '5 minutes'`.execute(
      stage.app.database.db,
    );
    const said = [await stage.ask('arun', SECRET), await stage.hear()].join();
    expect(said).not.toContain(KNOWN);
  });

  test('when a role ends, the channel no longer sees it', async () => {
    const stage = await registered(make);
    const { db } = stage.app.database;
    const person = await personOf(stage.app, stage.chatter('arun').userId('arun'));
    const { id } = await db
      .selectFrom('role_assignment')
      .select('id')
      .where('person_id', '=', person)
      .executeTakeFirstOrThrow();
    await governedChange(db, { kind: 'system' }, (change) => withdrawRole(change, id));
    const said = [await stage.ask('dana', SECRET), await stage.hear()].join();
    expect(said).not.toContain(KNOWN);
    expect(said).toContain('Arun Mehta is in it');
  });

  test.each(['public', 'shared'] as const)('a channel that becomes %s sees no more than others', async (how) => {
    const stage = await registered(make);
    stage.open(how);
    await sql`update channel_audience set checked_at = null`.execute(stage.app.database.db);
    expect(await stage.ask('arun', SECRET)).not.toContain(KNOWN);
    expect(await stage.ask('dana', '/aims audience committee')).not.toContain('Recorded');
  });

  test('while the platform does not answer, the channel sees what everyone may see, and then again what it may', async () => {
    const stage = await registered(make);
    stage.fallSilent();
    await sql`update channel_audience set checked_at = null`.execute(stage.app.database.db);
    expect(await stage.ask('arun', SECRET)).toContain(UNKNOWN);
    expect(await stage.app.database.db.selectFrom('channel_audience').select('audience').execute()).toHaveLength(1);
  });

  test('only the lead decides, and only where every member may see it', async () => {
    const stage = await make();
    await appoint(stage, { dana: 'compliance_lead', arun: 'auditor', jon: undefined });
    stage.members('dana', 'arun', 'jon');
    expect(await stage.ask('arun', '/aims audience auditors')).toContain(
      'decided by the compliance lead and the deputy',
    );
    const refused = await stage.ask('dana', '/aims audience auditors');
    expect(refused).toContain('cannot see what is for auditors: Jon Reyes is in it');
    stage.members('dana', 'arun');
    expect(await stage.ask('dana', '/aims audience committee')).toContain('Arun Mehta is in it');
    expect(await stage.ask('dana', '/aims audience auditors')).toContain('Recorded');
    expect(await stage.ask('dana', '/aims audience all')).toContain('A channel is for committee, auditors or everyone');
  });
});

test('who is admitted to a channel sees alone whatever the channel sees', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('committee', 'auditors'),
      fc.constantFrom('member', 'guest', 'external', 'deactivated', 'unknown'),
      fc.subarray([...ROLES]),
      (audience, standing, held) => {
        const roles = new Set(held);
        if (!isAdmitted(audience, { standing, roles })) return;
        expect(standing).toBe('member');
        const committee = held.some((role) => role !== 'auditor' && role !== 'administrator');
        const sees = [
          'everyone',
          ...(committee ? ['committee'] : []),
          ...(committee || roles.has('auditor') ? ['auditors'] : []),
        ];
        expect(sees).toEqual(expect.arrayContaining([...audienceOfChannel(audience).visibilities]));
      },
    ),
  );
});

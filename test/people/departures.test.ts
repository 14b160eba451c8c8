import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { retire } from '../../src/records/ai-system/change-systems.ts';
import { readIntake, saveAnswer, startIntake, submitIntake } from '../../src/records/ai-system/intakes.ts';
import { raiseOpenPoint } from '../../src/records/ai-system/open-points.ts';
import { readSystem } from '../../src/records/ai-system/read-systems.ts';
import { startTestApp } from '../support/app.ts';
import { runJob } from '../support/jobs.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { give, personOf } from './stages.ts';

const UNKNOWN = 'Is our chatbot vendor insured against AI damages?';

async function onSlack() {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const [jon, dana, lee] = ['jon', 'dana', 'lee'].map((name) => new SlackChatter(app, slack, name));
  if (!jon || !dana || !lee) throw new Error('Nobody is there.');
  for (const chatter of [jon, dana, lee]) await chatter.say('/aims help');
  await give(app, 'U0DANA', 'compliance_lead');
  return { slack, app, jon, dana, lee };
}

/** Slack says that an account is deactivated. */
async function deactivate({ app, slack }: { app: App; slack: SlackStandIn }, id: string): Promise<void> {
  const { name = '', email = '' } = slack.people[id] ?? {};
  slack.people[id] = { name, email, flags: { deleted: true } };
  const user = { id, team_id: 'T0TEAM', deleted: true, profile: { real_name: name } };
  await signedRequest(app, messageEvent('', { type: 'user_change', user }));
}

test('who is deactivated in Slack loses access, and the lead hears what they leave', async () => {
  const { app, slack, jon, dana, lee } = await onSlack();
  await give(app, 'U0JON', 'committee_member');
  const declined = await jon.say(UNKNOWN);
  await jon.press(declined.actions.find(({ label }) => label.startsWith('Ask Dana'))?.id ?? '');
  await dana.hear();
  await deactivate({ app, slack }, 'U0JON');
  const { text } = await dana.hear();
  expect(text).toContain('Jon Reyes has left');
  expect(text).toContain('Committee member: give the role to somebody else with /aims roles give');
  expect(text).toContain('GAP-1, a question of theirs that waits for an answer');
  // Told once, however often Slack says so.
  await deactivate({ app, slack }, 'U0JON');
  expect((await jon.say('/aims roles')).text).toContain('Your account is deactivated');
  const roles = await lee.say('/aims roles');
  expect(roles.text).toContain('Jon Reyes (account deactivated)');
  const leaves = roles.actions.find(({ label }) => label === 'What Jon Reyes leaves');
  expect((await lee.press(leaves?.id ?? '')).text).toContain('GAP-1');
  const told = app.database.db.selectFrom('outbox').select('id').where('key', 'like', 'departed:%');
  expect(await told.execute()).toHaveLength(1);
});

/** Puts an AI system into the register. @returns its number */
async function register({ database: { db } }: App, name: string, owner: string): Promise<number> {
  return governedChange(db, { kind: 'system' }, async (change) => {
    const { id, system } = await startIntake(change, { name, startedBy: owner });
    const answer = { topic: 'I14', text: 'Jon does.', facts: { owner }, mark: 'answered', basedOn: 0 } as const;
    await saveAnswer(change, id, answer, owner);
    const intake = await readIntake(change.db, id);
    if (!intake) throw new Error('The interview is gone.');
    expect(await submitIntake(change, intake, owner)).toBe('done');
    return system;
  });
}

test('the lead hears which AI systems somebody leaves, and what they were to be asked about others', async () => {
  const { app, slack, dana } = await onSlack();
  const { db } = app.database;
  const [jon, lee] = [await personOf(app, 'U0JON'), await personOf(app, 'U0LEE')];
  const owned = await register(app, 'Support *bot*', jon);
  const over = await register(app, 'Old forecast', jon);
  const other = await register(app, 'Ticket sorting', lee);
  await governedChange(db, { kind: 'system' }, async (change) => {
    const { version } = (await readSystem(change.db, over)) ?? { version: 0 };
    expect(await retire(change, { id: over, version }, 'Replaced.')).toBe('done');
    const question = { topic: 'I2', question: 'Who makes it?', why: 'Nobody knew.' } as const;
    await raiseOpenPoint(change, { system: other, person: jon, ...question });
  });
  await deactivate({ app, slack }, 'U0JON');
  const { text } = await dana.hear();
  expect(text).toContain(`AIS-${owned} Support *bot*, an AI system of theirs: name another owner`);
  expect(text).toContain(`An open question about AIS-${other}, which waits for them: ask somebody else`);
  expect(text).not.toContain(`AIS-${over}`);
  expect(text).not.toContain('Ticket sorting');
});

test('when the lead leaves, the deputy hears it and acts in the role', async () => {
  const { app, slack, jon } = await onSlack();
  await give(app, 'U0DANA', 'compliance_lead', await personOf(app, 'U0JON'));
  await deactivate({ app, slack }, 'U0DANA');
  expect((await jon.hear()).text).toContain('Compliance lead: give the role to somebody else');
  expect((await jon.say('/aims questions')).text).toContain('0 open questions');
});

test('whoever comes back has their role again', async () => {
  const { app, slack, dana } = await onSlack();
  await deactivate({ app, slack }, 'U0DANA');
  expect((await dana.say('/aims questions')).text).toContain('Your account is deactivated');
  slack.people['U0DANA'] = { name: 'Dana Okafor', email: 'dana@example.org' };
  expect((await dana.say('/aims questions')).text).toContain('0 open questions');
});

test('a deactivated administrator does not count as one who remains', async () => {
  const { app, slack, jon, lee } = await onSlack();
  await give(app, 'U0JON', 'administrator');
  await deactivate({ app, slack }, 'U0JON');
  await jon.say('/aims help');
  await lee.press((await lee.say('/aims roles')).actions.find(({ label }) => label === 'Withdraw a role')?.id ?? '');
  const person = await personOf(app, 'U0LEE');
  const own = app.database.db.selectFrom('role_assignment').select('id').where('person_id', '=', person);
  const { text } = await lee.submit({ assignment: String((await own.executeTakeFirstOrThrow()).id) });
  expect(text).toContain('One administrator without an end date must remain');
});

test('people with a role are looked at every day, and those whom Teams no longer knows are told of', async () => {
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp(teams.settings);
  const [jon, lee] = ['jon', 'lee'].map((name) => new TeamsChatter(app, teams, name));
  await jon?.say('/aims help');
  await lee?.say('/aims help');
  await give(app, 'aad-jon', 'auditor');
  delete teams.people['aad-jon'];
  await runJob(app, 'look-again-at-people');
  const heard = await lee?.hear();
  expect(heard?.text).toContain('has left');
  expect(heard?.text).toContain('Auditor: give the role to somebody else');
});

import { expect, test } from 'vitest';
import { readEntries } from '../../src/event-log/event-log.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { startTestApp } from '../support/app.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { give, personOf } from './stages.ts';

async function bothPlatforms() {
  const slack = await new SlackStandIn().start();
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp({ ...slack.settings, ...teams.settings });
  return {
    slack,
    teams,
    app,
    onSlack: new SlackChatter(app, slack, 'jon'),
    onTeams: new TeamsChatter(app, teams, 'jon'),
  };
}

const QUESTION = 'Who has to sign the AI policy?';
const UNKNOWN = 'Is our chatbot vendor insured against AI damages?';

test('with the same verified e-mail, somebody on Slack and on Teams is one person with one role and one history', async () => {
  const { app, onSlack, onTeams } = await bothPlatforms();
  await onSlack.say(QUESTION);
  await onTeams.say(QUESTION);
  const person = await personOf(app, 'U0JON');
  expect(await personOf(app, 'aad-jon')).toBe(person);
  const answers = await app.database.db.selectFrom('answer').select('asker_id').execute();
  expect(answers.map(({ asker_id }) => asker_id)).toEqual([person, person]);
  expect((await onTeams.say('/aims questions')).text).toContain('for the compliance lead');
  await give(app, 'U0JON', 'compliance_lead');
  for (const chatter of [onSlack, onTeams])
    expect((await chatter.say('/aims questions')).text).toContain('0 open questions');
});

test('what somebody asked on Slack is theirs on Teams', async () => {
  const { app, slack, onSlack, onTeams } = await bothPlatforms();
  await new SlackChatter(app, slack, 'dana').say('/aims help');
  await give(app, 'U0DANA', 'compliance_lead');
  const ask = async (chatter: typeof onSlack | typeof onTeams) => {
    const declined = await chatter.say(UNKNOWN);
    return chatter.press(declined.actions.find(({ label }) => label.startsWith('Ask Dana'))?.id ?? '');
  };
  expect((await ask(onSlack)).text).toContain('GAP-1 is waiting');
  expect((await ask(onTeams)).text).toContain('You asked that already: GAP-1');
});

test('an address that Slack has not verified joins nobody', async () => {
  const { app, slack, onSlack, onTeams } = await bothPlatforms();
  slack.people['U0JON'] = { name: 'Jon Reyes', email: 'jon@example.org', flags: { is_email_confirmed: false } };
  await onTeams.say(QUESTION);
  await give(app, 'aad-jon', 'compliance_lead');
  await onSlack.say(QUESTION);
  expect(await personOf(app, 'U0JON')).not.toBe(await personOf(app, 'aad-jon'));
  expect((await onSlack.say('/aims questions')).text).not.toContain('0 open questions');
});

test('once the address is verified, two people become one, with all that both had', async () => {
  const { app, slack, onSlack, onTeams } = await bothPlatforms();
  const { db } = app.database;
  slack.people['U0JON'] = { name: 'Jon Reyes', email: 'jon@example.org', flags: { is_email_confirmed: false } };
  for (const chatter of [onSlack, onTeams]) await chatter.say(QUESTION);
  for (const id of ['U0JON', 'aad-jon']) await give(app, id, 'auditor');
  await give(app, 'U0JON', 'committee_member', await personOf(app, 'aad-jon'));
  slack.people['U0JON'] = { name: 'Jon Reyes', email: 'jon@example.org' };
  await db
    .updateTable('person_identity')
    .set({ checked_at: new Date(0) })
    .execute();
  const roles = await onSlack.say('/aims roles');
  expect(roles.text.match(/Jon Reyes/g)).toHaveLength(2);
  const person = await personOf(app, 'aad-jon');
  expect(await personOf(app, 'U0JON')).toBe(person);
  const answers = await db.selectFrom('answer').select('asker_id').execute();
  expect(answers.map(({ asker_id }) => asker_id)).toEqual([person, person]);
  const people = await db
    .selectFrom('person')
    .select('joined_into')
    .where('display_name', 'in', ['Jon Reyes', ''])
    .execute();
  expect(people).toEqual(expect.arrayContaining([{ joined_into: null }, { joined_into: person }]));
  expect((await verifyChain(readEntries(db))).faults).toEqual([]);
});

test.each([
  ['a guest', { is_restricted: true }],
  ['somebody of another organisation', { team_id: 'T0OTHER', is_stranger: true }],
])('%s acts in no role, whatever they once held', async (_who, flags) => {
  const { app, slack, onSlack } = await bothPlatforms();
  await onSlack.say(QUESTION);
  await give(app, 'U0JON', 'compliance_lead');
  expect((await onSlack.say('/aims questions')).text).toContain('0 open questions');
  slack.people['U0JON'] = { name: 'Jon Reyes', email: 'jon@example.org', flags };
  await app.database.db
    .updateTable('person_identity')
    .set({ checked_at: new Date(0) })
    .execute();
  expect((await onSlack.say('/aims questions')).text).toContain('Open questions are for the compliance lead');
});

test("a delivery with the id of somebody else's is no repeat of it", async () => {
  const { app, slack } = await bothPlatforms();
  for (const [user, channel] of [
    ['U0JON', 'D0JON'],
    ['U0ARUN', 'D0ARUN'],
    ['U0ARUN', 'D0ARUN'],
  ]) {
    await signedRequest(app, messageEvent('/aims help', { user, channel }, 'Ev-the-same'));
  }
  const places = [await slack.posts.next(), await slack.posts.next()].map(({ args }) => args['channel']);
  expect(places.sort()).toEqual(['D0ARUN', 'D0JON']);
  await app.stop();
  expect(slack.posts.all).toHaveLength(2);
});

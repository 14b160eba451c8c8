import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import { startTestApp } from './support/app.ts';
import { ChatModelStandIn } from './support/chat-model.ts';
import { copyOfTemplate } from './support/database.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from './support/slack.ts';
import { APP_ID, TENANT, TeamsChatter, TeamsStandIn } from './support/teams.ts';
import { WebChatter } from './support/web.ts';

const QUESTION = 'Who has to sign the AI policy?';

const MENTION = { type: 'app_mention', channel: 'C0CHANNEL', channel_type: 'channel', ts: '1700.5' };

const failedIn = ({ database: { db } }: App) =>
  db.selectFrom('outbox').select('failure').where('failed_at', 'is not', null).execute();

test('a refused key of the language model is told to administrators once a day', async () => {
  const model = await new ChatModelStandIn().start();
  model.answer = () => ({ status: 401 });
  const database = await copyOfTemplate();
  const first = await startTestApp(model.settings, database);
  const lee = new WebChatter(first, 'lee');
  await lee.command('help');
  await new WebChatter(first, 'jon').say(QUESTION);
  const { text } = await lee.hear();
  expect(text).toContain('The server of the model model-of-the-test refuses the key (status 401).');
  expect(text).toContain('Set a valid key and start me again.');
  await first.stop();
  const second = await startTestApp(model.settings, database);
  await new WebChatter(second, 'jon').say(QUESTION);
  const told = second.database.db.selectFrom('outbox').select('sent_at').where('key', 'like', 'trouble:%');
  expect(await told.execute()).toEqual([{ sent_at: expect.any(Date) }]);
});

test('a reached ceiling of tokens is told to administrators', async () => {
  const model = await new ChatModelStandIn().start();
  model.answer = () => ({ say: 'The top of the organisation decides on the AI policy (5.2) [1].' });
  const app = await startTestApp({ ...model.settings, MODEL_MONTHLY_TOKENS: '1000' });
  const lee = new WebChatter(app, 'lee');
  await lee.command('help');
  const jon = new WebChatter(app, 'jon');
  await jon.say(QUESTION);
  await jon.say(QUESTION);
  expect((await lee.hear()).text).toContain('(MODEL_MONTHLY_TOKENS reached)');
});

test.each(['is_archived', 'not_in_channel', 'channel_not_found'])(
  'that Slack says %s of a channel is told to administrators once',
  async (reason) => {
    const slack = await new SlackStandIn().start();
    const app = await startTestApp(slack.settings);
    const lee = new SlackChatter(app, slack, 'lee');
    await lee.command('help');
    slack.refuses = ({ channel }) => (channel === 'C0CHANNEL' ? reason : undefined);
    await signedRequest(app, messageEvent(QUESTION, MENTION));
    expect((await lee.hear()).text).toContain('I cannot answer in the Slack channel C0CHANNEL');
    await signedRequest(app, messageEvent(QUESTION, MENTION));
    await expect.poll(() => failedIn(app)).toHaveLength(2);
    const told = await app.database.db.selectFrom('outbox').select('key').where('key', 'like', 'trouble:%').execute();
    expect(told).toHaveLength(1);
  },
);

test('a revoked token of Slack is told on Teams, and what was to be said in Slack arrives when it is mended', async () => {
  const slack = await new SlackStandIn().start();
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp({ ...slack.settings, ...teams.settings });
  const onTeams = new TeamsChatter(app, teams, 'lee');
  await onTeams.command('help');
  const onSlack = new SlackChatter(app, slack, 'lee');
  await onSlack.say('/aims help');
  slack.refuses = () => 'token_revoked';
  const answered = onSlack.say(QUESTION);
  expect((await onTeams.hear()).text).toContain('Slack refuses my token (token_revoked)');
  slack.refuses = () => undefined;
  expect((await answered).text).toContain('Top management');
});

test('where Slack is all there is, an administrator hears it when they next come', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const lee = new SlackChatter(app, slack, 'lee');
  await lee.say('/aims help');
  slack.refuses = () => 'invalid_auth';
  await signedRequest(app, messageEvent(QUESTION, MENTION));
  const waiting = app.database.db.selectFrom('waiting_message').select('key');
  await expect.poll(() => waiting.execute()).toHaveLength(1);
  slack.refuses = () => undefined;
  expect((await lee.say('/aims help')).text).toContain('/aims ask');
  expect((await lee.hear()).text).toContain('Slack refuses my token (invalid_auth)');
});

test('that Steward was removed from a channel of Teams is told to administrators', async () => {
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp(teams.settings);
  const lee = new TeamsChatter(app, teams, 'lee');
  await lee.command('help');
  const conversation = { id: '19:abc@thread.tacv2', conversationType: 'channel', isGroup: true, tenantId: TENANT };
  const mention = { type: 'mention', text: '<at>Steward</at>', mentioned: { id: `28:${APP_ID}`, name: 'Steward' } };
  teams.failures.push({ status: 403 });
  const text = `<at>Steward</at> ${QUESTION}`;
  await teams.post(app, teams.activityOf('aad-jon', { text, conversation, entities: [mention] }));
  expect((await lee.hear()).text).toContain('I cannot answer in the Teams conversation 19:abc@thread.tacv2');
});

test('refused credentials of Teams are told in Slack', async () => {
  const slack = await new SlackStandIn().start();
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp({ ...slack.settings, ...teams.settings });
  const lee = new SlackChatter(app, slack, 'lee');
  await lee.say('/aims help');
  teams.failures.push({ status: 401 });
  await teams.post(app, teams.activityOf('aad-jon', { text: QUESTION }));
  expect((await lee.hear()).text).toContain('Microsoft Teams refuses my credentials');
});

test('a pause that Slack asks for is no attempt, and holds for the whole conversation', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const lee = new SlackChatter(app, slack, 'lee');
  await lee.say('/aims help');
  let pauses = Number.POSITIVE_INFINITY;
  slack.limits = () => (pauses-- > 0 ? 1 : undefined);
  const last = sql`update outbox set attempts = 7 where sent_at is null`;
  const answered = lee.say('/aims help');
  await expect.poll(async () => (await last.execute(app.database.db)).numAffectedRows, { timeout: 10_000 }).toBe(1n);
  pauses = 1;
  expect((await answered).text).toContain('/aims ask');
  expect(await failedIn(app)).toEqual([]);
});

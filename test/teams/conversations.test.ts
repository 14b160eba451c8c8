import { expect, test } from 'vitest';
import type { Reference } from '../../src/adapters/teams/activity.ts';
import { BotbuilderTransport } from '../../src/adapters/teams/botbuilder-transport.ts';
import { TeamsChannel } from '../../src/adapters/teams/teams-channel.ts';
import type { App } from '../../src/app.ts';
import type { Form, NoticeReply } from '../../src/chat/reply.ts';
import type { Address } from '../../src/chat/turn.ts';
import { readConfig } from '../../src/config.ts';
import { startTestApp } from '../support/app.ts';
import { APP_ID, allSent, TENANT, TeamsStandIn } from '../support/teams.ts';
import { replay } from '../support/teams-payloads.ts';

const MENTION = { type: 'mention', text: '<at>Steward</at>', mentioned: { id: `28:${APP_ID}`, name: 'Steward' } };
const ARUN = { type: 'mention', text: '<at>Arun</at>', mentioned: { id: '29:aad-arun', name: 'Arun' } };

async function start() {
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp(teams.settings);
  const say = (user: string, thread: string, text: string, over: Record<string, unknown> = {}) => {
    const conversation = {
      id: `19:abc@thread.tacv2;messageid=${thread}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: TENANT,
    };
    return teams.post(app, teams.activityOf(user, { text, conversation, ...over }));
  };
  return { teams, app, say };
}

const stored = async (app: App) => (await app.database.db.selectFrom('inbox').select('id').execute()).length;

test('whoever asked goes on in the thread without a mention; nobody else is listened to', async () => {
  const { teams, app, say } = await start();
  await say('aad-jon', '17', '<at>Steward</at> Who has to sign the AI policy?', { entities: [MENTION] });
  await teams.activities.next();
  await say('aad-jon', '17', 'and how often do we review it?');
  const followUp = await teams.activities.next();
  expect(followUp.conversation.id).toContain('messageid=17');
  expect(JSON.stringify(followUp.entities)).toContain('A.2.4');
  const before = await stored(app);
  await say('aad-arun', '17', 'I think once a year.');
  await say('aad-jon', '18', 'Lunch?');
  await say('aad-jon', '17', '<at>Arun</at> what do you think?', { entities: [ARUN] });
  const group = { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: TENANT };
  await say('aad-jon', '', 'Anybody here?', { conversation: group });
  expect(await stored(app)).toBe(before);
});

test('what is said with a slash in a group is answered to the person alone', async () => {
  const { teams, app } = await start();
  await replay(app, teams, 'message-targeted');
  expect((await teams.activities.next()).recipient.id).toMatch(/^29:.*JON$/);
  expect(teams.targeted).toEqual(['isTargetedActivity=true']);
});

test('Steward says once what it can do where it is added, however often Teams tells of it', async () => {
  const { teams, app } = await start();
  for (const name of ['installed-personal', 'installation-added', 'installation-upgraded', 'installed-personal']) {
    await replay(app, teams, name);
  }
  await replay(app, teams, 'message-personal');
  const welcome = await teams.activities.next();
  expect(welcome.text).toContain('I help your organisation get ready');
  await teams.activities.next();
  await allSent(app);
  expect(teams.activities.all).toHaveLength(2);
});

async function channel() {
  const teams = await new TeamsStandIn().start();
  const { teams: config } = readConfig(teams.settings);
  if (!config) throw new Error('Teams is not configured.');
  const reference: Reference = {
    conversation: { id: 'a:jon', conversationType: 'personal', tenantId: TENANT },
    bot: { id: `28:${APP_ID}` },
    channelId: 'msteams',
    serviceUrl: teams.url,
  };
  const route = { reference: JSON.stringify(reference) };
  const address: Address = { platform: 'teams', workspace: TENANT, conversation: 'a:jon', thread: 'a:jon', route };
  return { teams, address, channel: new TeamsChannel(new BotbuilderTransport(config), config) };
}

const card = (text: string): NoticeReply => ({
  kind: 'notice',
  card: 'AIS-31',
  blocks: [{ kind: 'facts', facts: [{ label: 'State', value: text }] }],
  actions: [],
});

test('a notice takes the place of an earlier one, and is new where that is gone', async () => {
  const { teams, address, channel: teamsChannel } = await channel();
  const first = await teamsChannel.send(address, card('waiting'), 'k1');
  expect(await teamsChannel.send(address, card('approved'), 'k2', first)).toBe(first);
  expect(teams.changed).toEqual([first]);
  teams.gone.add(first);
  expect(await teamsChannel.send(address, card('retired'), 'k3', first)).not.toBe(first);
  expect(teams.activities.all).toHaveLength(3);
});

test('the next form of several takes the place of the one before, and what follows does not', async () => {
  const { teams, address, channel: teamsChannel } = await channel();
  const form: Form = { id: 'intake:step:2', title: 'Step 2', intro: '', submitLabel: 'Next', inputs: [] };
  const submitted = { ...address, route: { ...address.route, form: 'activity-9' } };
  await teamsChannel.send(submitted, { kind: 'form', form }, 'k1');
  expect(teams.changed).toEqual(['activity-9']);
  await teamsChannel.send(submitted, card('recorded'), 'k2');
  expect(teams.changed).toEqual(['activity-9']);
});

test.each([
  [
    { status: 429, headers: { 'retry-after': '30' } },
    { next: 'retry', retryAfter: 30 },
  ],
  [{ status: 412 }, { next: 'retry', retryAfter: undefined }],
  [{ status: 502 }, { next: 'retry' }],
  [{ status: 504 }, { next: 'retry' }],
  [{ status: 500 }, { next: 'look' }],
  [{ status: 400 }, { next: 'give-up' }],
])('when Teams answers %j, the outbox is told what to do', async (answer, told) => {
  const { teams, address, channel: teamsChannel } = await channel();
  teams.failures.push(answer);
  await expect(teamsChannel.send(address, card('waiting'), 'k1')).rejects.toMatchObject({
    name: 'SendFailure',
    ...told,
  });
});

import { App as BoltApp, ExpressReceiver, LogLevel } from '@slack/bolt';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express, { type Express } from 'express';
import pg from 'pg';
import { onTestFinished, test } from 'vitest';
import { listen } from '../../src/adapters/server.ts';
import { startTestApp } from '../support/app.ts';
import { openTestDatabase } from '../support/database.ts';
import { messageEvent, SIGNING_SECRET, SlackStandIn } from '../support/slack.ts';
import { APP_ID, TENANT, TeamsStandIn } from '../support/teams.ts';
import { type Load, type LoadOptions, measureLoad, median } from './measure.ts';

const ROUNDS = 3;
const CONNECTIONS = 20;
const SECONDS = 5;
/** A turn that is answered without a search, so that the acknowledgement is measured and not the answering behind it. */
const TEXT = '/aims help';

type Target = Pick<LoadOptions, 'url' | 'platform' | 'body' | 'contentType' | 'secret'>;

const FORM = 'application/x-www-form-urlencoded';

const PERSON = { team: { id: 'T0TEAM' }, user: { id: 'U0JON', team_id: 'T0TEAM' }, api_app_id: 'A0' };
const PLACE = JSON.stringify({ conversation: 'D0JON', thread: 'D0JON', route: {} });

const interaction = (payload: object) =>
  new URLSearchParams({ payload: JSON.stringify({ ...PERSON, ...payload }) }).toString();

/** Everything by which Slack delivers what people say and do. */
const ENTRIES: Readonly<Record<string, (slack: SlackStandIn) => Pick<Target, 'body' | 'contentType'>>> = {
  event: () => ({ body: messageEvent(TEXT, {}, 'DELIVERY') }),
  command: (slack) => ({
    contentType: FORM,
    body: new URLSearchParams({
      command: '/aims',
      text: 'help',
      team_id: 'T0TEAM',
      channel_id: 'C0CHANNEL',
      user_id: 'U0JON',
      trigger_id: 'DELIVERY',
      response_url: `${slack.url}/response/U0JON`,
    }).toString(),
  }),
  button: () => ({
    contentType: FORM,
    body: interaction({
      type: 'block_actions',
      trigger_id: 'DELIVERY',
      channel: { id: 'D0JON' },
      container: { type: 'message', channel_id: 'D0JON' },
      message: { ts: '1700.2' },
      actions: [{ type: 'button', action_id: 'act-0', block_id: 'actions', value: 'command:run:help', action_ts: '1' }],
    }),
  }),
  form: () => ({
    contentType: FORM,
    body: interaction({
      type: 'view_submission',
      view: {
        id: 'V1',
        type: 'modal',
        hash: 'DELIVERY',
        callback_id: 'help:x:',
        private_metadata: PLACE,
        state: { values: {} },
      },
    }),
  }),
  'message shortcut': () => ({
    contentType: FORM,
    body: interaction({
      type: 'message_action',
      callback_id: 'ask_about_message',
      trigger_id: 'DELIVERY',
      action_ts: '1',
      channel: { id: 'C0CHANNEL' },
      message: { type: 'message', ts: '1700.3', text: 'Our bot decides on refunds.' },
      response_url: 'http://127.0.0.1:1/',
    }),
  }),
};

test.each(Object.entries(ENTRIES))(
  'acknowledgements on Slack, %s, beside a Bolt app with one INSERT',
  async (_name, of) => {
    const slack = await new SlackStandIn().start();
    slack.isStrict = false;
    const app = await startTestApp(slack.settings);
    const target = { ...of(slack), platform: 'slack', secret: SIGNING_SECRET } as const;
    await compare(
      { ...target, url: `http://127.0.0.1:${app.port}/slack/events` },
      { ...target, url: `${await echoBolt(slack.url)}/slack/events` },
    );
  },
);

/** Everything by which Teams leads a person to Steward, without what is the same in all of them. */
const TEAMS_ENTRIES: Readonly<Record<string, Record<string, unknown>>> = {
  message: { text: TEXT },
  'button of a card': cardAction({ action: 'command:run:help' }),
  'form in a card': cardAction({ form: { id: 'questions:unhelpful:1', title: 'Why', inputs: [] }, reason: 'wrong' }),
  'form of the feedback': {
    type: 'invoke',
    name: 'message/submitAction',
    replyToId: 'activity-1',
    value: { actionName: 'feedback', actionValue: { reaction: 'dislike', feedback: '{"reason":"wrong"}' } },
  },
};

function cardAction(data: object) {
  const value = { action: { type: 'Action.Execute', verb: 'steward', data }, trigger: 'manual' };
  return { type: 'invoke', name: 'adaptiveCard/action', value };
}

test.each(Object.entries(TEAMS_ENTRIES))(
  'acknowledgements on Teams of a %s, beside a botbuilder app with one INSERT',
  async (_name, entry) => {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp(teams.settings);
    await teams.post(app, teams.activityOf('aad-jon', { text: 'Who has to sign the AI policy?' }));
    await teams.activities.next();
    const body = JSON.stringify(teams.activityOf('aad-jon', { id: 'DELIVERY', ...entry }));
    const target = { platform: 'teams', body, secret: await teams.token() } as const;
    await compare(
      { ...target, url: `http://127.0.0.1:${app.port}/api/messages` },
      { ...target, url: `${await echoBotbuilder(teams)}/api/messages` },
    );
  },
);

/** Both in turn, so that whatever else the machine does meets both. */
async function compare(steward: Target, echo: Target): Promise<void> {
  const loads: Record<'steward' | 'echo', Load[]> = { steward: [], echo: [] };
  for (let round = 0; round < ROUNDS; round++) {
    loads.echo.push(await measureLoad({ ...echo, connections: CONNECTIONS, seconds: SECONDS }));
    loads.steward.push(await measureLoad({ ...steward, connections: CONNECTIONS, seconds: SECONDS }));
  }
  const of = (name: 'steward' | 'echo', measure: keyof Load) => median(loads[name].map((load) => load[measure]));
  const row = (measure: keyof Load) => ({
    Steward: of('steward', measure),
    echo: of('echo', measure),
    ratio: Number((of('steward', measure) / of('echo', measure)).toFixed(2)),
  });
  console.table({ 'acknowledged a second': row('perSecond'), 'p50 ms': row('p50'), 'p99 ms': row('p99') });
  const refused = [...loads.steward, ...loads.echo].reduce((sum, load) => sum + load.refused, 0);
  if (refused > 0) throw new Error(`${refused} requests were refused, so these figures compare nothing.`);
}

async function echoBolt(apiUrl: string): Promise<string> {
  const insert = await echoTable();
  const server = express();
  const receiver = new ExpressReceiver({ signingSecret: SIGNING_SECRET, app: server, processBeforeResponse: true });
  const app = new BoltApp({
    receiver,
    authorize: async () => ({ botToken: 'xoxb-test' }),
    clientOptions: { slackApiUrl: `${apiUrl}/api/` },
    logLevel: LogLevel.ERROR,
  });
  app.event('message', async ({ body }) => insert(body.event_id, body));
  app.command(/.*/, async ({ body, ack }) => {
    await insert(body.trigger_id, body);
    await ack();
  });
  app.action({ type: 'block_actions' }, async ({ body, ack }) => {
    await insert(body.trigger_id, body);
    await ack();
  });
  app.view(/.*/, async ({ body, ack }) => {
    await insert(body.view.hash, body);
    await ack();
  });
  app.shortcut({ type: 'message_action' }, async ({ body, ack }) => {
    await insert(body.trigger_id, body);
    await ack();
  });
  return open(server);
}

async function echoBotbuilder(teams: TeamsStandIn): Promise<string> {
  const insert = await echoTable();
  const settings = JSON.parse(teams.settings['TEAMS_CLOUD'] ?? '{}') as Record<string, string>;
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: 'password-of-the-test',
      MicrosoftAppTenantId: TENANT,
      MicrosoftAppType: 'SingleTenant',
      ...settings,
    }),
  );
  const server = express();
  server.post('/api/messages', express.json(), (request, response) =>
    adapter.process(request, response, async (context) => {
      const { id = '', type } = context.activity;
      await insert(id, context.activity);
      if (type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: {} } });
    }),
  );
  return open(server);
}

/** A table with what Steward's inbox has to tell apart: the delivery, and its content. */
async function echoTable(): Promise<(id: string, body: unknown) => Promise<void>> {
  const { connection } = await openTestDatabase();
  const pool = new pg.Pool({ ...connection, max: 10 });
  onTestFinished(() => pool.end());
  await pool.query('create table echo (id text primary key, body jsonb not null)');
  return async (id, body) => {
    await pool.query('insert into echo values ($1, $2) on conflict do nothing', [id, JSON.stringify(body)]);
  };
}

async function open(server: Express): Promise<string> {
  const listener = await listen(server, 0, '127.0.0.1');
  onTestFinished(() => listener.close());
  return `http://127.0.0.1:${listener.port}`;
}

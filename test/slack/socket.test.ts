import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { messageEvent, SlackStandIn } from '../support/slack.ts';
import { SlackSocketStandIn } from '../support/slack-socket.ts';

async function stage() {
  const slack = await new SlackStandIn().start();
  const socket = new SlackSocketStandIn(slack);
  const app = await startTestApp({ ...slack.settings, ...socket.settings });
  return { slack, socket, app };
}

const event = (text: string, id: string) => JSON.parse(messageEvent(text, {}, id));

const interaction = {
  team: { id: 'T0TEAM' },
  user: { id: 'U0LEE', team_id: 'T0TEAM' },
  api_app_id: 'A0',
};

test('over a connection that Steward opens, an event is acknowledged once it is stored, and answered', async () => {
  const { slack, socket, app } = await stage();
  await socket.connections.next();
  const { db } = app.database;
  const envelope = socket.deliver('events_api', event('Who has to sign the AI policy?', 'Ev1'));
  await socket.acknowledged(envelope);
  expect(await db.selectFrom('inbox').select('delivery_id').execute()).toEqual([{ delivery_id: 'Ev1' }]);
  expect(JSON.stringify((await slack.posts.next()).args)).toContain('Top management');
  // Nobody else is let in.
  const response = await fetch(`http://127.0.0.1:${app.port}/slack/events`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(404);
});

test('commands, forms with faults and forms that are sent go the same way as over HTTP', async () => {
  const { slack, socket } = await stage();
  await socket.connections.next();
  const command = {
    command: '/aims',
    text: 'roles give',
    team_id: 'T0TEAM',
    channel_id: 'C0CHANNEL',
    user_id: 'U0LEE',
    trigger_id: 'trigger-1',
    response_url: `${slack.url}/response/U0LEE`,
  };
  await socket.acknowledged(socket.deliver('slash_commands', command));
  const { args } = await slack.posts.next(({ method }) => method === 'views.update');
  const submit = (values: Record<string, unknown>, hash: string) => {
    const state = { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])) };
    const view = { ...(args['view'] as object), id: 'V1', hash, state };
    return socket.acknowledged(socket.deliver('interactive', { ...interaction, type: 'view_submission', view }));
  };
  const person = { type: 'users_select', selected_user: 'U0LEE' };
  const role = { type: 'static_select', selected_option: { value: 'auditor' } };
  const faulty = await submit({ person, role, endsOn: { type: 'datepicker', selected_date: '2020-01-01' } }, '1');
  expect(faulty.payload).toMatchObject({
    response_action: 'errors',
    errors: { endsOn: expect.stringContaining('passed') },
  });
  expect((await submit({ person, role }, '2')).payload).not.toHaveProperty('response_action');
  expect(JSON.stringify((await slack.posts.next()).args)).toContain('Lee Park is auditor');
});

test('what cannot be stored is not acknowledged, so that Slack delivers it again', async () => {
  const { slack, socket, app } = await stage();
  await socket.connections.next();
  const { schema } = app.database.db;
  await schema.alterTable('inbox').renameTo('inbox_away').execute();
  socket.deliver('events_api', event('/aims help', 'Ev1'));
  const busy = socket.deliver('slash_commands', {
    command: '/aims',
    text: 'help',
    team_id: 'T0TEAM',
    channel_id: 'C0CHANNEL',
    user_id: 'U0LEE',
    trigger_id: 'trigger-2',
    response_url: `${slack.url}/response/U0LEE`,
  });
  expect((await socket.acknowledged(busy)).payload).toMatchObject({
    text: expect.stringContaining('Please try again'),
  });
  await schema.alterTable('inbox_away').renameTo('inbox').execute();
  expect(socket.acknowledgements.all).toHaveLength(1);
  await socket.acknowledged(socket.deliver('events_api', event('/aims help', 'Ev1')));
  await slack.posts.next();
});

test('a connection that Slack ends is opened anew', async () => {
  const { slack, socket } = await stage();
  await socket.connections.next();
  socket.refresh();
  await socket.connections.next();
  await socket.acknowledged(socket.deliver('events_api', event('/aims help', 'Ev2')));
  await slack.posts.next();
  socket.refresh();
  await socket.connections.next();
});

test('a refused app-level token keeps nothing else from its work, and is tried again', async () => {
  const slack = await new SlackStandIn().start();
  const socket = new SlackSocketStandIn(slack);
  slack.socketRefusal = 'invalid_auth';
  const app = await startTestApp({ ...slack.settings, ...socket.settings });
  expect((await fetch(`http://127.0.0.1:${app.port}/readyz`)).status).toBe(200);
  await expect.poll(() => slack.calls.filter(({ method }) => method === 'apps.connections.open').length).toBe(1);
  slack.socketRefusal = undefined;
  await socket.connections.next();
  await app.stop();
});

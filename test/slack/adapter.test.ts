import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { listen, platformServer } from '../../src/adapters/server.ts';
import { slackAdapter } from '../../src/adapters/slack/slack.ts';
import { type Channel, FileUnavailable, type Receiver } from '../../src/chat/channel.ts';
import { notice } from '../../src/chat/notice.ts';
import type { Form, Reply } from '../../src/chat/reply.ts';
import type { Address, SharedFile, Turn } from '../../src/chat/turn.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { SlackStandIn, signedRequest } from '../support/slack.ts';
import { Arrivals, type StandInReply, standIn } from '../support/stand-in.ts';

/** The adapter alone, on the wire, with a receiver that takes everything down. */
async function stage() {
  const slack = await new SlackStandIn().start();
  const { slack: config } = readConfig(slack.settings);
  if (!config) throw new Error('Slack is not switched on.');
  const turns = new Arrivals<Turn>();
  const receiver: Receiver = {
    receive: async (turn) => {
      turns.push(turn);
      return 'taken';
    },
    checkForm: () => ({}),
    arrive: async () => {},
    follows: async () => false,
    home: async () => [],
    joined: async () => {},
    changed: async () => {},
    formOf: () => undefined,
    feedbackOn: async () => undefined,
  };
  const log = createLog('silent');
  const { channel, mount } = slackAdapter({ config, receiver, log, opensForm: () => false, tell: async () => {} });
  const server = platformServer({ ready: async () => {}, metrics: async () => '' });
  mount(server);
  const listener = await listen(server, 0, '127.0.0.1');
  onTestFinished(() => listener.close());
  const interact = async (payload: object) => {
    const whole = { team: { id: 'T0TEAM' }, user: { id: 'U0JON', team_id: 'T0TEAM' }, api_app_id: 'A0', ...payload };
    const body = new URLSearchParams({ payload: JSON.stringify(whole) }).toString();
    const response = await signedRequest(listener, body, { contentType: 'application/x-www-form-urlencoded' });
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  };
  return { slack, turns, channel, interact };
}

const STEPS: readonly Form[] = [
  {
    id: 'intake:step:1',
    title: 'Question 1',
    intro: 'First of two.',
    submitLabel: 'Next',
    opensForm: true,
    inputs: [{ kind: 'text', name: 'purpose', label: 'Purpose', multiline: true, maxLength: 500, optional: false }],
  },
  {
    id: 'intake:step:2',
    title: 'Question 2',
    intro: '',
    submitLabel: 'Finish',
    inputs: [
      {
        kind: 'choices',
        name: 'people',
        label: 'Who is affected',
        optional: true,
        initial: 'staff',
        options: ['staff', 'customers', 'children'].map((value) => ({ value, label: value })),
      },
      {
        kind: 'choices',
        name: 'places',
        label: 'Where',
        optional: true,
        options: Array.from({ length: 120 }, (_, index) => ({ value: `p${index}`, label: `Place ${index}` })),
      },
    ],
  },
];

const form = (step: number): Reply => ({ kind: 'form', form: STEPS[step] as Form });

const pressed = (over: object = {}) => ({
  type: 'block_actions',
  trigger_id: randomUUID(),
  channel: { id: 'D0JON' },
  container: { type: 'message', channel_id: 'D0JON' },
  message: { ts: '1700.2' },
  actions: [{ type: 'button', action_id: 'open-0', block_id: 'actions', value: 'intake:begin:', action_ts: '1' }],
  ...over,
});

test('a form of several steps goes on in its window, and ends in the conversation', async () => {
  const { slack, turns, channel, interact } = await stage();
  await interact(pressed());
  const begun = await turns.next();
  await channel.send(begun.address, form(0), 'k1');
  const first = (await slack.posts.next()).args['view'] as object;
  const state = { values: { purpose: { value: { type: 'plain_text_input', value: 'Refunds' } } } };
  const next = await interact({ type: 'view_submission', view: { ...first, id: 'V1', hash: '1', state } });
  const turn = await turns.next();
  expect(turn.content).toEqual({ kind: 'form', form: 'intake:step:1', values: { purpose: 'Refunds' } });
  expect(next).toMatchObject({
    response_action: 'update',
    view: { type: 'modal', external_id: turn.address.route['modal'] },
  });
  // Slack may know the new name of the window a moment later.
  let misses = 1;
  slack.fails = (method) => (method === 'views.update' && misses-- > 0 ? 'not_found' : undefined);
  await channel.send(turn.address, form(1), 'k2');
  const second = (await slack.posts.next()).args['view'] as { blocks: { element?: { type: string } }[] };
  expect(second.blocks.map(({ element }) => element?.type)).toEqual(['checkboxes', 'multi_static_select']);
  const chosen = (type: string, ...values: string[]) => ({
    value: { type, selected_options: values.map((value) => ({ value })) },
  });
  const values = {
    people: chosen('checkboxes', 'staff', 'children'),
    places: chosen('multi_static_select', 'p7', 'p119'),
  };
  const last = await interact({ type: 'view_submission', view: { ...second, id: 'V1', hash: '2', state: { values } } });
  expect(last).toEqual({});
  const finished = await turns.next();
  expect(finished.content).toMatchObject({ values: { people: 'staff,children', places: 'p7,p119' } });
  await channel.send(finished.address, notice('Recorded.'), 'k3');
  expect(await slack.posts.next()).toMatchObject({ method: 'chat.postMessage', args: { channel: 'D0JON' } });
});

test('who closes a window between two steps finds the next one in the conversation', async () => {
  const { slack, turns, channel, interact } = await stage();
  await interact(pressed());
  slack.fails = (method) => (method === 'views.update' ? 'not_found' : undefined);
  await channel.send((await turns.next()).address, form(1), 'k1');
  const { method, args } = await slack.posts.next();
  expect(method).toBe('chat.postMessage');
  expect(JSON.stringify(args['blocks'])).toContain('Open form');
});

test('of several replies the form is in the window, and the others are in the conversation', async () => {
  const { slack, turns, channel, interact } = await stage();
  await interact(pressed());
  const { address } = await turns.next();
  const outside = channel.outsideWindow?.(address) ?? address;
  await channel.send(outside, notice('Recorded.'), 'k1');
  await channel.send(address, form(1), 'k2');
  expect(slack.posts.all.map(({ method }) => method)).toEqual(['chat.postMessage', 'views.update']);
});

const card = (text: string): Reply => ({
  kind: 'notice',
  card: 'intake:12',
  blocks: [{ kind: 'text', text }],
  actions: [{ id: 'intake:next:12', label: 'Next' }],
});

const place: Address = { platform: 'slack', workspace: 'T0TEAM', conversation: 'D0JON', thread: 'D0JON', route: {} };

test('a card takes the place of the earlier one, and is new where that is gone', async () => {
  const { slack, channel } = await stage();
  const first = await channel.send(place, card('one'), 'k1');
  expect(await channel.send(place, card('two'), 'k2', first)).toBe(first);
  expect(slack.posts.all.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update']);
  expect(await channel.find(place, 'k2')).toEqual({ messageId: first });
  const third = await channel.send(place, card('three'), 'k3', 'deleted.000100');
  expect(third).not.toBe(first);
  expect(slack.posts.all.at(-1)?.method).toBe('chat.postMessage');
});

test('a message is found however many came before it, also where Steward began the conversation', async () => {
  const { slack, channel } = await stage();
  slack.pageSize = 2;
  const thread = { ...place, thread: '1700.5' };
  const begun = { ...place, conversation: 'U0JON', thread: 'U0JON' };
  for (const address of [thread, begun]) {
    for (let number = 0; number < 5; number++)
      await channel.send(address, notice('Recorded.'), `${address.thread}-${number}`);
    expect(await channel.find(address, `${address.thread}-4`)).toEqual({ messageId: expect.stringContaining('.') });
    expect(await channel.find(address, 'never sent')).toBe('absent');
  }
});

test('what one person alone sees is replaced in answer to its own button, and nothing else is', async () => {
  const { slack, turns, channel, interact } = await stage();
  const ephemeral = {
    container: { type: 'message', channel_id: 'C0CHANNEL', is_ephemeral: true },
    channel: { id: 'C0CHANNEL' },
    message: undefined,
    response_url: `${slack.url}/response/U0JON`,
  };
  for (const [block_id, replaces] of [
    ['actions:intake:12', true],
    ['actions', false],
    ['shared:intake:13', false],
  ] as const) {
    await interact(
      pressed({
        ...ephemeral,
        actions: [{ type: 'button', action_id: 'act-0', block_id, value: 'intake:next:12', action_ts: '1' }],
      }),
    );
    await channel.send((await turns.next()).address, card('next'), randomUUID(), 'earlier');
    const { method, args } = await slack.posts.next();
    expect({ method, replaces: args['replace_original'] }).toEqual({ method: 'response', replaces });
  }
});

test('a stream that nobody ended is ended before the answer takes its place', async () => {
  const { slack, channel } = await stage();
  slack.messages.set('9.000900', { ts: '9.000900', channel: 'D0JON', isStreaming: true, markdown: 'Half a' });
  expect(await channel.send(place, notice('The whole answer.'), 'k1', '9.000900')).toBe('9.000900');
  expect(slack.calls.map(({ method }) => method)).toEqual(['chat.update', 'chat.stopStream', 'chat.update']);
});

const MB = 1024 * 1024;

async function fetched(channel: Channel, over: Partial<SharedFile> = {}, limit = MB): Promise<string> {
  const file: SharedFile = { name: 'report.pdf', mediaType: 'application/pdf', size: 100, source: {}, ...over };
  try {
    return Buffer.from((await channel.download?.(file, limit)) ?? []).toString();
  } catch (error) {
    if (error instanceof FileUnavailable) return error.message;
    throw error;
  }
}

test('a file is fetched with the token, by its address or its id', async () => {
  const { slack, channel } = await stage();
  slack.serves = ({ headers }) => ({ body: headers.authorization });
  const url = `${slack.url}/files/report.pdf`;
  expect(await fetched(channel, { source: { url } })).toBe('"Bearer xoxb-test"');
  slack.files.set('F1', { id: 'F1', url_private_download: url });
  expect(await fetched(channel, { size: undefined, source: { id: 'F1' } })).toBe('"Bearer xoxb-test"');
});

test.each<[string, Partial<SharedFile>, StandInReply | undefined, string]>([
  ['was deleted', { source: { mode: 'tombstone' } }, undefined, 'It was deleted in Slack.'],
  ['is over the limit of the workspace', { source: { mode: 'hidden_by_limit' } }, undefined, 'over its limit'],
  ['is only linked', { source: { mode: 'external' } }, undefined, 'kept with another service'],
  ['says it is too large', { size: 2 * MB }, undefined, 'larger than the 1 MB'],
  ['is too large', {}, { body: 'x'.repeat(MB + 1) }, 'larger than the 1 MB'],
  ['is unknown to Slack', {}, { status: 404, body: {} }, 'no longer in Slack'],
  [
    'may not be read',
    {},
    { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>' },
    'not let me read',
  ],
  ['fails', {}, { status: 500, body: {} }, 'Share it again'],
  ['leads in circles', {}, { status: 302, headers: { location: '/files/again' }, body: {} }, 'never to the file'],
])('a file that %s is refused in words', async (_name, over, answer, sentence) => {
  const { slack, channel } = await stage();
  if (answer) slack.serves = () => answer;
  expect(await fetched(channel, { source: { url: `${slack.url}/files/x` }, ...over })).toContain(sentence);
});

test('the token is shown to no other host, whatever an address or a redirect says', async () => {
  const { slack, channel } = await stage();
  const seen: string[] = [];
  const stranger = await standIn(({ path }) => {
    seen.push(path);
    return { body: 'stolen' };
  });
  slack.serves = () => ({ status: 302, headers: { location: `${stranger}/redirected` }, body: {} });
  for (const url of [
    `${stranger}/direct`,
    `${slack.url}/files/redirects`,
    'http://files.slack.com/plain',
    'https://files.slack.com.evil.example/x',
    'https://evilslack.com/x',
    'file:///etc/passwd',
    'no address',
  ]) {
    expect(await fetched(channel, { source: { url } }), url).toContain('not kept in Slack');
  }
  expect(seen).toEqual([]);
});

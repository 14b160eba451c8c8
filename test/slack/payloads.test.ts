import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENTS } from '../../src/adapters/slack/permissions.ts';
import { startTestApp } from '../support/app.ts';
import { messageEvent, SlackStandIn, signedRequest } from '../support/slack.ts';
import { PAYLOADS, replay } from '../support/slack-payloads.ts';

interface Outcome {
  /** What was delivered before. */
  readonly after?: string;
  /** Methods of Slack that were called, with a text in what they were told. */
  readonly calls?: readonly (readonly [method: string, text: string])[];
  /** What the acknowledgement says. */
  readonly says?: string;
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  app_mention: { calls: [['chat.postMessage', '"thread_ts":"1732460001.000100"']] },
  'app_mention.private': { calls: [['chat.postMessage', '"thread_ts":"1732460003.000100"']] },
  'app_mention.shared': { calls: [['chat.postMessage', 'Top management']] },
  'message.channels': { after: 'app_mention', calls: [['chat.postMessage', 'A.2.4']] },
  'message.groups': { after: 'app_mention.private', calls: [['chat.postMessage', 'A.2.4']] },
  'message.im': { calls: [['chat.postMessage', '"thread_ts":"1732460030.000300"']] },
  'message.im.thread': { calls: [['chat.postMessage', '"thread_ts":"1732460030.000300"']] },
  'message.im.thread_broadcast': { calls: [['chat.postMessage', 'Top management']] },
  'message.im.file_share': { calls: [['chat.postMessage', 'Proposed for test report Mia']] },
  'message.changed': {},
  'message.deleted': {},
  'message.bot': {},
  'message.channel_join': {},
  'app_home_opened.home': { calls: [['views.publish', 'What I can do']] },
  'app_home_opened.messages': { calls: [['assistant.threads.setSuggestedPrompts', 'stage 1 audit']] },
  member_joined_channel: {},
  user_change: {},
  tokens_revoked: {},
  app_uninstalled: {},
  url_verification: { says: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' },
  slash_command: { calls: [['response', 'Top management']] },
  'slash_command.form': {
    calls: [
      ['views.open', 'One moment'],
      ['views.update', 'Give a role'],
    ],
  },
  'block_actions.button': { calls: [['chat.postMessage', '"thread_ts":"1732460001.000100"']] },
  'block_actions.page': {
    calls: [
      ['views.open', 'One moment'],
      ['views.update', '5.2 AI policy'],
    ],
  },
  'block_actions.ephemeral': { calls: [['response', '/aims ask']] },
  'block_actions.feedback.positive': { after: 'app_mention', calls: [['chat.postMessage', 'Noted: helpful.']] },
  'block_actions.feedback.negative': {
    after: 'app_mention',
    calls: [
      ['views.open', 'One moment'],
      ['views.update', 'What is the matter with it'],
    ],
  },
  'block_actions.modal.page': {
    calls: [
      ['views.update', 'One moment'],
      ['views.update', 'A.2.2 AI policy'],
    ],
  },
  'block_actions.modal.button': {
    calls: [
      ['views.update', 'The reply comes in our conversation.'],
      ['chat.postMessage', '"thread_ts":"1732460001.000100"'],
    ],
  },
  'block_actions.home': { calls: [['chat.postMessage', '"channel":"D024BE91L"']] },
  'block_actions.select': {},
  view_submission: { after: 'slash_command.form', calls: [['chat.postMessage', 'Dana Okafor is auditor']] },
  'view_submission.about': { calls: [['chat.postMessage', '"channel":"U0JON"']] },
  'view_submission.fault': { says: '"endsOn":"That day has passed. Choose today or later."' },
  'message_action.thread': { calls: [['chat.postMessage', 'Proposed for Chat thread']] },
  message_action: {
    calls: [
      ['views.open', 'One moment'],
      ['views.update', 'The shop bot shall decide on refunds & returns from Monday on.'],
    ],
  },
  'message_action.to_do': {
    calls: [
      ['views.open', 'One moment'],
      ['views.update', '"What is to be done"'],
    ],
  },
};

test.each(Object.entries(OUTCOMES))('%s does what it is to do, once, and nothing else', async (name, outcome) => {
  const slack = await new SlackStandIn().start();
  slack.serves = () => ({ body: Buffer.from('Mia was tested.') });
  slack.threads.set('C061EG9SL 1732460105.001000', [
    { type: 'message', user: 'U0JON', ts: '1732460105.001000', text: 'It decides on refunds.' },
  ]);
  const app = await startTestApp(slack.settings);
  const { after, calls = [], says = '' } = outcome;
  const told = () => slack.calls.filter(({ method }) => /^(chat|views|response|assistant.*Prompts)/.test(method));
  if (after) {
    await replay(app, slack, after);
    await expect.poll(() => told().length).toBe(OUTCOMES[after]?.calls?.length);
  }
  const before = told().length;
  const { status, body } = await replay(app, slack, name);
  expect(status).toBe(200);
  expect(body).toContain(says);
  // Slack repeats what it thinks was not taken in.
  if (!name.includes('home_opened')) await replay(app, slack, name);
  await expect.poll(() => told().slice(before).length).toBeGreaterThanOrEqual(calls.length);
  await signedRequest(app, messageEvent('/aims help', { channel: 'D0LAST' }));
  await slack.posts.next(({ args }) => args['channel'] === 'D0LAST');
  const mine = told()
    .slice(before)
    .filter(({ args }) => args['channel'] !== 'D0LAST')
    .map(({ method, args }) => [method, JSON.stringify(args)] as const);
  expect(mine).toEqual(calls.map(([method, text]) => [method, expect.stringContaining(text)]));
});

test('every event that the app asks for, and every payload, is replayed', () => {
  const files = readdirSync(PAYLOADS).map((file) => file.replace('.json', ''));
  expect(files.toSorted()).toEqual(Object.keys(OUTCOMES).toSorted());
  for (const event of Object.keys(EVENTS)) expect(files.filter((file) => file.startsWith(event))).not.toEqual([]);
});

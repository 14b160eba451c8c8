import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { messageEvent, SlackStandIn, signedRequest } from '../support/slack.ts';

async function startWithSlack(): Promise<{ app: App; slack: SlackStandIn }> {
  const slack = await new SlackStandIn().start();
  return { app: await startTestApp(slack.settings), slack };
}

const inboxOf = (app: App) => app.database.db.selectFrom('inbox').selectAll().execute();

test.each([
  ['another secret', messageEvent('hi'), { secret: 'somebody-elses' }, 401],
  ['a timestamp of six minutes ago', messageEvent('hi'), { age: 360 }, 401],
  ['malformed JSON', '{"type":', {}, 400],
  ['an oversized body', JSON.stringify({ type: 'event_callback', text: 'x'.repeat(600_000) }), {}, 413],
])('a request with %s is refused and nothing is written', async (_name, body, options, status) => {
  const { app } = await startWithSlack();
  const response = await signedRequest(app, body, options);
  expect(response.status).toBe(status);
  expect(await inboxOf(app)).toEqual([]);
});

test('a request without a signature is refused', async () => {
  const { app } = await startWithSlack();
  const response = await fetch(`http://127.0.0.1:${app.port}/slack/events`, {
    method: 'POST',
    body: messageEvent('hi'),
  });
  expect(response.status).toBe(401);
  expect(await inboxOf(app)).toEqual([]);
});

test('a delivery that Slack repeats is answered once', async () => {
  const { app, slack } = await startWithSlack();
  const body = messageEvent('Who has to sign the AI policy?', {}, 'Ev-the-same');
  const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
  expect((await signedRequest(app, body)).status).toBe(200);
  expect((await signedRequest(app, body, { headers })).status).toBe(200);
  await slack.posts.next();
  await signedRequest(app, messageEvent('/aims help'));
  await slack.posts.next();
  expect(slack.posts.all).toHaveLength(2);
});

test('a mention in a channel is answered in its thread, without the mention', async () => {
  const { app, slack } = await startWithSlack();
  const event = { type: 'app_mention', channel: 'C0CHANNEL', channel_type: 'channel', ts: '1700.5' };
  const body = messageEvent('', event).replace('"text":""', '"text":"<@U0STEWARD> who signs the AI policy?"');
  await signedRequest(app, body);
  const { args } = await slack.posts.next();
  expect(args).toMatchObject({ channel: 'C0CHANNEL', thread_ts: '1700.5' });
  expect(JSON.stringify(args['blocks'])).toContain('Top management');
});

test('what other bots say is left alone', async () => {
  const { app } = await startWithSlack();
  expect((await signedRequest(app, messageEvent('hi', { bot_id: 'B1' }))).status).toBe(200);
  expect(await inboxOf(app)).toEqual([]);
});

test('a delivery that cannot be stored is refused, so that Slack delivers it again', async () => {
  const { app } = await startWithSlack();
  await app.database.db.schema.alterTable('inbox').renameTo('inbox_away').execute();
  expect((await signedRequest(app, messageEvent('hi'))).status).toBe(503);
});

test('a message whose sending broke off is found and not sent again', async () => {
  const { app, slack } = await startWithSlack();
  // Slack posts it, but its answer gets lost.
  slack.afterPosting = { status: 500, body: {} };
  await signedRequest(app, messageEvent('Who has to sign the AI policy?'));
  await slack.posts.next();
  await expect
    .poll(async () => (await app.database.db.selectFrom('outbox').select('message_id').execute())[0]?.message_id, {
      timeout: 25_000,
    })
    .toBe('1.000100');
  expect(slack.posts.all).toHaveLength(1);
});

import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { listen, refuseBadRequest } from '../../src/adapters/server.ts';
import { startTestApp } from '../support/app.ts';
import { WebChatter } from '../support/web.ts';

test('a delivery that is repeated is answered once', async () => {
  const jon = new WebChatter(await startTestApp());
  const content = { kind: 'message', text: 'Who has to sign the AI policy?' };
  const first = await jon.post(content, 'the-same-delivery');
  const second = await jon.post(content, 'the-same-delivery');
  expect(await first.json()).toMatchObject({ status: 'taken' });
  expect(await second.json()).toMatchObject({ status: 'repeated' });
  await jon.say('/aims help');
  const replies = async () => (await jon.history()).filter(({ from }) => from === 'steward');
  await expect.poll(replies).toHaveLength(2);
});

test('a cited page opens whole, with its sources', async () => {
  const app = await startTestApp();
  const page = (await (await fetch(`${app.webChatUrl}/api/pages/5.2`)).json()) as Record<string, string>;
  expect(page['title']).toBe('AI policy');
  expect(page['html']).toContain('<h2>Sources</h2>');
  expect((await fetch(`${app.webChatUrl}/api/pages/A.9.5`)).status).toBe(404);
});

test('the start names the commands, as the features have them', async () => {
  const app = await startTestApp();
  const start = (await (await fetch(`${app.webChatUrl}/api/start`)).json()) as { commands: { name: string }[] };
  expect(start.commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['ask', 'roles', 'help']));
});

test.each(['pages/%00', 'pages/5.2?person=%00', 'people/%00/conversations', 'pages/%'])(
  '%s cannot be read',
  async (path) => {
    const app = await startTestApp();
    expect((await fetch(`${app.webChatUrl}/api/${path}`)).status).toBe(400);
  },
);

test('a database that cannot be reached is in the log, and whoever asked may try again', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line) => void lines.push(line) });
  const server = express();
  server.get('/api/pages', () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  });
  server.use(refuseBadRequest(log));
  const { port, close } = await listen(server, 0, '127.0.0.1');
  onTestFinished(close);
  const response = await fetch(`http://127.0.0.1:${port}/api/pages?person=secret`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ error: 'This cannot be taken in at the moment.' });
  expect(JSON.parse(lines.join(''))).toMatchObject({
    method: 'GET',
    path: '/api/pages',
    err: { code: 'ECONNREFUSED' },
  });
  expect(lines.join('')).not.toContain('secret');
});

test('conversations are listed for the person they belong to, the newest first', async () => {
  const app = await startTestApp();
  const conversations = async (person: string) =>
    (await (await fetch(`${app.webChatUrl}/api/people/${person}/conversations`)).json()) as { question: string }[];
  const [first, second] = [new WebChatter(app), new WebChatter(app)];
  await first.say('Who has to sign the AI policy?');
  await second.press('roles:give:');
  await first.say('/aims help');
  expect((await conversations('jon')).map(({ question }) => question)).toEqual([
    'Who has to sign the AI policy?',
    expect.stringContaining('Roles are given by administrators'),
  ]);
  expect(await conversations('dana')).toEqual([]);
  expect(await conversations('%25')).toEqual([]);
});

test('a browser that holds a connection without a request does not keep Steward from stopping', async () => {
  const app = await startTestApp();
  const idle = connect(Number(new URL(app.webChatUrl ?? '').port), '127.0.0.1');
  await once(idle, 'connect');
  // Answered after the server has seen both connections.
  await fetch(`${app.webChatUrl}/api/start`);
  await Promise.all([once(idle, 'close'), app.stop()]);
});

test.each([
  ['another site', { origin: 'https://evil.example' }, 403],
  ['a name that points at the loopback address', { host: 'evil.example' }, 403],
])('a page of %s gets nothing', async (_name, headers, status) => {
  const app = await startTestApp();
  const seen = await new Promise((resolve) =>
    request(`${app.webChatUrl}/api/start`, { headers }, (response) => resolve(response.statusCode)).end(),
  );
  expect(seen).toBe(status);
});

test.each([
  ['malformed JSON', '{', 400],
  ['no content', '{"conversation":"jon.1"}', 400],
  ['a zero character', '{"conversation":"jon.1","id":"a\\u0000","content":{"kind":"message","text":"hi"}}', 400],
  ['an unknown person', '{"conversation":"eve.1","content":{"kind":"message","text":"hi"}}', 404],
  [
    'an oversized body',
    JSON.stringify({ conversation: 'jon.1', content: { kind: 'message', text: 'x'.repeat(3e6) } }),
    413,
  ],
])('%s is refused and nothing is written', async (_name, body, status) => {
  const app = await startTestApp();
  const response = await fetch(`${app.webChatUrl}/api/turns`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(status);
  expect(await app.database.db.selectFrom('inbox').selectAll().execute()).toEqual([]);
});

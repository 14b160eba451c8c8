import { expect, test } from 'vitest';
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
  const replies = (await jon.history()).filter(({ from }) => from === 'steward');
  expect(replies).toHaveLength(2);
});

test('a cited page opens whole, with its sources', async () => {
  const app = await startTestApp();
  const page = (await (await fetch(`${app.webChatUrl}/api/pages/5.2`)).json()) as Record<string, string>;
  expect(page['title']).toBe('AI policy');
  expect(page['html']).toContain('<h2>Sources</h2>');
  expect((await fetch(`${app.webChatUrl}/api/pages/A.9.5`)).status).toBe(404);
});

test.each([
  ['another site', { origin: 'https://evil.example' }, 403],
  ['a name that points at the loopback address', { host: 'evil.example' }, 403],
])('a page of %s gets nothing', async (_name, headers, status) => {
  const app = await startTestApp();
  const { request } = await import('node:http');
  const seen = await new Promise((resolve) =>
    request(`${app.webChatUrl}/api/start`, { headers }, (response) => resolve(response.statusCode)).end(),
  );
  expect(seen).toBe(status);
});

test.each([
  ['malformed JSON', '{', 400],
  ['no content', '{"conversation":"jon.1"}', 400],
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

import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { ChatModel } from '../../src/models/chat-model.ts';
import { LanguageModel } from '../../src/models/language-model.ts';
import { loadPrompts, PROMPTS_FOLDER, parsePrompt } from '../../src/models/prompts.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { openTestDatabase } from '../support/database.ts';

async function languageModel(chat: BaseChatModel) {
  const { db } = await openTestDatabase();
  const log = createLog('silent');
  const told = { observe: () => {}, tell: async () => {} };
  const parts = {
    db,
    log,
    chat,
    name: 'another',
    prices: undefined,
    ceiling: { tokens: undefined, cost: undefined },
    silence: 500,
    ...told,
  };
  const prompts = await loadPrompts(PROMPTS_FOLDER);
  const values = { fence: '===', thread: '', question: 'who signs?' };
  const write = (deadline = AbortSignal.timeout(5_000)) =>
    new LanguageModel(parts).write(prompts['standalone-question'], values, deadline);
  return { db, write };
}

test('any chat model of LangChain fits', async () => {
  const { db, write } = await languageModel(new FakeListChatModel({ responses: ['Who signs the AI policy?'] }));
  expect(await write()).toBe('Who signs the AI policy?');
  expect(await db.selectFrom('model_use').select(['outcome', 'output_tokens']).execute()).toEqual([
    { outcome: 'answered', output_tokens: 7 },
  ]);
});

test('a model that heeds no signal is left all the same', async () => {
  const { write } = await languageModel(new FakeListChatModel({ responses: ['much too late'], sleep: 60_000 }));
  await expect(write()).rejects.toMatchObject({ name: 'ModelFailure', kind: 'timeout' });
});

test('what nobody waits for any more is not asked for', async () => {
  const model = await new ChatModelStandIn().start();
  const server = { kind: 'openai', apiKey: undefined, baseUrl: `${model.url}/v1` } as const;
  const { write } = await languageModel(new ChatModel('m', server));
  await expect(write(AbortSignal.abort())).rejects.toMatchObject({ kind: 'timeout' });
  expect(model.requests.all).toEqual([]);
});

test('a whole answer can be had at once, with what it cost', async () => {
  const model = await new ChatModelStandIn().start();
  model.answer = () => ({ say: 'Top management.' });
  const chat = new ChatModel('m', { kind: 'openai', apiKey: 'k', baseUrl: `${model.url}/v1` });
  const message = await chat.invoke('who signs?');
  expect(message.text).toBe('Top management.');
  expect(message).toMatchObject({ usage_metadata: { input_tokens: 1200, output_tokens: 34 } });
  const aborted = chat.invoke('who signs?', { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toThrow();
});

test('Azure is asked by the name of the deployment', async () => {
  const model = await new ChatModelStandIn().start();
  model.answer = () => ({ say: 'Top management.' });
  const server = { kind: 'azure', apiKey: 'azure-key', endpoint: model.url, apiVersion: '2024-10-21' } as const;
  await new ChatModel('our-deployment', server).invoke('who signs?');
  const [request] = model.requests.all;
  expect(request?.path).toBe('/openai/deployments/our-deployment/chat/completions?api-version=2024-10-21');
  expect(request?.headers['api-key']).toBe('azure-key');
});

test.each([
  ['no front matter', 'Answer {question}.', 'is not front matter'],
  ['no version', '---\nid: write-answer\n---\n## System\na\n## Human\nb', 'version'],
  [
    'a variable that it does not name',
    '---\nid: write-answer\nversion: 1\npurpose: p\nvariables: [fence]\noutput: o\n---\n## System\n{fence}\n## Human\n{secret}',
    'it uses fence, secret',
  ],
])('a prompt with %s is refused in words', (_fault, text, sentence) => {
  expect(() => parsePrompt(text, 'write-answer')).toThrow(sentence);
});

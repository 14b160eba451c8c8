import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { EmbeddingModel } from '../../src/models/embedding-model.ts';
import { EmbeddingServer, FAULTS } from '../support/embeddings.ts';

async function server() {
  const standIn = await new EmbeddingServer().start();
  return { standIn, model: modelFrom(standIn.settings) };
}

function modelFrom(settings: Record<string, string>): EmbeddingModel {
  const { embedding } = readConfig(settings).models;
  if (!embedding) throw new Error('No embedding model is configured.');
  return new EmbeddingModel(embedding.model, embedding.server);
}

test('vectors come in the order of the texts, whatever the order and the number of requests', async () => {
  const { standIn, model } = await server();
  const texts = Array.from({ length: 150 }, (_, index) => `passage ${index}`);
  const vectors = await model.embedDocuments(texts);
  expect(standIn.requests.map(({ input }) => input.length)).toEqual([64, 64, 22]);
  expect(vectors[149]).toEqual(await model.embedQuery('passage 149'));
  expect(vectors[0]).toEqual(await model.embedQuery('passage 0'));
  expect(new Set(standIn.requests.map(({ encoding_format }) => encoding_format))).toEqual(new Set(['float']));
});

test('on Azure a model is a deployment', async () => {
  const { standIn } = await server();
  const model = modelFrom({
    EMBEDDING_MODEL: 'our-deployment',
    OPENAI_API_KEY: 'key-of-the-test',
    AZURE_OPENAI_ENDPOINT: standIn.url.replace('/v1', ''),
    AZURE_OPENAI_API_VERSION: '2024-10-21',
  });
  await model.embedQuery('a question');
  expect(standIn.paths).toEqual(['/openai/deployments/our-deployment/embeddings?api-version=2024-10-21']);
});

test.each(Object.keys(FAULTS).filter((kind) => kind !== 'unsuitable'))('%s is told apart', async (kind) => {
  const { standIn, model } = await server();
  standIn.fault = FAULTS[kind as keyof typeof FAULTS];
  await expect(model.embedQuery('What did Mia Lindqvist do?')).rejects.toMatchObject({ name: 'ModelFailure', kind });
  await expect(model.embedQuery('What did Mia Lindqvist do?')).rejects.not.toThrow('Lindqvist');
});

test.each([
  ['no JSON', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
  ['too few vectors', { body: { data: [] } }],
  ['an empty vector', { body: { data: [{ index: 0, embedding: [] }] } }],
  ['nothing', { body: null }],
])('an answer with %s is malformed', async (_name, reply) => {
  const { standIn, model } = await server();
  standIn.fault = () => reply;
  await expect(model.embedQuery('a question')).rejects.toMatchObject({ kind: 'malformed' });
});

test('documents are tried again where the server is busy, and a server that is down is unavailable', async () => {
  const { standIn, model } = await server();
  standIn.fault = () => {
    standIn.fault = undefined;
    return FAULTS['rate-limit']();
  };
  await expect(model.embedDocuments(['a passage'])).resolves.toHaveLength(1);
  const down = modelFrom({ EMBEDDING_MODEL: 'm', EMBEDDING_BASE_URL: 'http://127.0.0.1:1/v1' });
  await expect(down.embedQuery('a question')).rejects.toMatchObject({ kind: 'unavailable' });
});

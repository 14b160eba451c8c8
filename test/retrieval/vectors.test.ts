import fc from 'fast-check';
import { sql } from 'kysely';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { EmbeddingModel } from '../../src/models/embedding-model.ts';
import { type Audience, GUIDANCE_ONLY } from '../../src/people/audience.ts';
import { PassageRetriever } from '../../src/retrieval/retriever.ts';
import { search } from '../../src/retrieval/search.ts';
import { searchDocuments } from '../../src/retrieval/search-documents.ts';
import { Vectors } from '../../src/retrieval/vectors.ts';
import { startTestApp } from '../support/app.ts';
import { openTestDatabase } from '../support/database.ts';
import { EmbeddingServer, FAULTS, TrigramEmbeddings } from '../support/embeddings.ts';
import { WebChatter } from '../support/web.ts';

const QUESTION = 'Who approves the AI policy?';

/** A log whose lines can be read. */
function readableLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }) };
}

function vectorsOf(db: Db, embeddings = new TrigramEmbeddings(), model = 'trigrams') {
  return new Vectors(db, model, () => embeddings, readableLog().log);
}

async function vectorsOnServer(db: Db) {
  const server = await new EmbeddingServer().start();
  const { lines, log } = readableLog();
  const open = (model: string) =>
    new EmbeddingModel(model, { kind: 'openai', apiKey: 'key-of-the-test', baseUrl: server.url });
  return { server, vectors: new Vectors(db, 'trigrams', open, log), lines };
}

async function passageCount(db: Db): Promise<number> {
  const { count } = await db.selectFrom('chunk').select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return count;
}

/** A document of one passage. */
async function addDocument(
  db: Db,
  key: string,
  body: string,
  visibility: 'everyone' | 'committee' | 'auditors' | 'named',
) {
  const { id } = await db
    .insertInto('document')
    .values({ key, kind: 'evidence', visibility })
    .returning('id')
    .executeTakeFirstOrThrow();
  const version = await db
    .insertInto('document_version')
    .values({ document_id: id, title: key, sha256: Buffer.alloc(32), metadata: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const place = { version_id: version.id, document_id: id, position: 0, section: '', heading_path: '' };
  await db
    .insertInto('chunk')
    .values({ ...place, body })
    .execute();
  return id;
}

test('every passage is embedded once, also across restarts, and new ones later', async () => {
  const { db } = await openTestDatabase();
  const passages = await passageCount(db);
  const embeddings = new TrigramEmbeddings();
  let requests = 0;
  const failing = new TrigramEmbeddings();
  failing.embedDocuments = async (texts) => {
    if (++requests > 3) throw new Error('The server went away.');
    return embeddings.embedDocuments(texts);
  };
  await vectorsOf(db, failing).complete();
  expect(embeddings.texts.length).toBeLessThan(passages);
  await vectorsOf(db, embeddings).complete();
  expect(embeddings.texts).toHaveLength(passages);
  await addDocument(db, 'EV-1', 'Zebras approve every policy.', 'everyone');
  await vectorsOf(db, embeddings).complete();
  expect(embeddings.texts.at(-1)).toBe('EV-1 EV-1\n\nZebras approve every policy.');
  expect(embeddings.texts).toHaveLength(passages + 1);
});

test('the old model answers until the new one has every vector', async () => {
  const { db } = await openTestDatabase();
  const old = new TrigramEmbeddings();
  await vectorsOf(db, old, 'old').complete();
  const young = new TrigramEmbeddings(32);
  const { embedDocuments } = young;
  young.embedDocuments = async () => {
    throw new Error('Not yet.');
  };
  const vectors = new Vectors(db, 'new', (model) => (model === 'new' ? young : old), readableLog().log);
  const asks = async () => (await vectors.nearest(QUESTION, GUIDANCE_ONLY, 3, 'knowledge')).length;
  await vectors.complete();
  expect(await asks()).toBe(3);
  expect(old.texts.at(-1)).toBe(QUESTION);
  young.embedDocuments = embedDocuments;
  await vectors.complete();
  expect(await asks()).toBe(3);
  expect(young.texts.at(-1)).toBe(QUESTION);
});

const visibilities = ['everyone', 'committee', 'auditors', 'named'] as const;
const READERS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;

const anyAudience: fc.Arbitrary<Audience> = fc.record({
  guidanceOnly: fc.boolean(),
  visibilities: fc.subarray(['everyone', 'committee', 'auditors'] as const),
  person: fc.option(fc.constantFrom(...READERS), { nil: undefined }),
});

/** The rule in words of its own: what search may show to whom. */
function maySee(audience: Audience, document: { visibility: (typeof visibilities)[number]; reader: string }): boolean {
  if (audience.guidanceOnly) return false;
  if (document.visibility === 'named') return document.reader === audience.person;
  return audience.visibilities.includes(document.visibility);
}

test.each([
  ['comparing every vector', 400],
  ['an approximate index', 12_000],
])('nobody is shown what they may not see, by %s', async (_name, count) => {
  const { db } = await openTestDatabase();
  await sql`delete from document`.execute(db);
  await sql`insert into person (id, display_name) select id, 'Somebody' from unnest(${[...READERS]}::uuid[]) as id`.execute(
    db,
  );
  await sql`insert into document (key, kind, visibility)
    select 'EV-' || n, 'evidence', (${[...visibilities]}::text[])[1 + n % 4] from generate_series(1, 40) as n`.execute(
    db,
  );
  await sql`insert into document_reader
    select id, (${[...READERS]}::uuid[])[1 + id % 2] from document where visibility = 'named'`.execute(db);
  await sql`insert into document_version (document_id, title, sha256, metadata, superseded_at)
    select id, key, '', '{}', old from document, unnest(array[null, now()]) as old`.execute(db);
  await sql`insert into chunk (version_id, document_id, position, section, heading_path, body)
    select id, document_id, n, '', '', md5(id || ' ' || n) from document_version, generate_series(1, ${count / 40}::int) as n
  `.execute(db);
  const vectors = vectorsOf(db, new TrigramEmbeddings(8));
  await vectors.complete();
  const { indexed_at } = await db.selectFrom('embedding_model').select('indexed_at').executeTakeFirstOrThrow();
  expect(indexed_at !== null).toBe(count >= 10_000);
  const documents = await sql<{ key: string; visibility: (typeof visibilities)[number]; reader: string }>`
    select key, visibility, person_id as reader from document left join document_reader on document_id = id`.execute(
    db,
  );
  const byKey = new Map(documents.rows.map((row) => [row.key, row]));
  await fc.assert(
    fc.asyncProperty(anyAudience, fc.string(), async (audience, question) => {
      const seen = await vectors.nearest(`why ${question}`, audience, 20, 'evidence');
      const visible = documents.rows.filter((document) => maySee(audience, document));
      expect(seen).toHaveLength(visible.length > 0 ? 20 : 0);
      for (const { documentKey } of seen) expect(visible).toContain(byKey.get(documentKey));
    }),
    { numRuns: 40 },
  );
});

test('search goes on by words, soon, where the server fails, and the log says why without the text', async () => {
  const { db } = await openTestDatabase();
  const { server, vectors, lines } = await vectorsOnServer(db);
  await vectors.complete();
  expect(lines).toEqual([]);
  const { passages: byWords } = await search(db, QUESTION, GUIDANCE_ONLY, 5, undefined, 'knowledge');
  expect((await search(db, QUESTION, GUIDANCE_ONLY, 5, vectors, 'knowledge')).passages).not.toEqual(byWords);
  for (const [kind, fault] of Object.entries(FAULTS)) {
    server.fault = fault;
    const started = performance.now();
    expect((await search(db, QUESTION, GUIDANCE_ONLY, 5, vectors, 'knowledge')).passages, kind).toEqual(byWords);
    expect(performance.now() - started, kind).toBeLessThan(3_000);
  }
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(Object.keys(FAULTS));
  expect(lines.join()).not.toContain('policy');
});

test('a model of another kind that never answers does not keep a question waiting', async () => {
  const { db } = await openTestDatabase();
  const embeddings = new TrigramEmbeddings();
  const vectors = vectorsOf(db, embeddings);
  await vectors.complete();
  embeddings.embedQuery = () => new Promise(() => {});
  const started = performance.now();
  expect((await search(db, QUESTION, GUIDANCE_ONLY, 5, vectors, 'knowledge')).passages).toHaveLength(5);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('a passage that is too long for the model does not keep the others from their vectors', async () => {
  const { db } = await openTestDatabase();
  const { server, vectors, lines } = await vectorsOnServer(db);
  server.fault = (request) => {
    const isTooLong = request.input.some((text) => text.length > 700);
    return isTooLong ? FAULTS.rejected(request) : server.answer(request);
  };
  await vectors.complete();
  expect(lines).toEqual([]);
  expect(await vectors.nearest(QUESTION, GUIDANCE_ONLY, 3, 'knowledge')).toHaveLength(3);
});

test('a model with more numbers than can be searched is refused in the log', async () => {
  const { db } = await openTestDatabase();
  const { lines, log } = readableLog();
  await new Vectors(db, 'wide', () => new TrigramEmbeddings(2_001), log).complete();
  expect(lines.join()).toContain('2000 is the most that can be searched');
});

test('a search speaks LangChain', async () => {
  const { db } = await openTestDatabase();
  const vectors = vectorsOf(db);
  await vectors.complete();
  const [first] = await new PassageRetriever(db, GUIDANCE_ONLY, 3, vectors, 'knowledge').invoke(QUESTION);
  expect(first?.pageContent).toContain('policy');
  expect(first?.metadata).toMatchObject({
    id: expect.any(String),
    title: expect.any(String),
    path: expect.any(String),
  });
});

test('a running Steward makes the vectors in the background and answers with them', async () => {
  const server = await new EmbeddingServer().start();
  const app = await startTestApp(server.settings);
  const { db } = app.database;
  const isComplete = () =>
    db.selectFrom('embedding_model').select('model').where('complete_at', 'is not', null).execute();
  await expect.poll(isComplete, { timeout: 20_000 }).toEqual([{ model: 'trigrams' }]);
  const question = 'How do we decide on the risks of AI?';
  const { documents } = await searchDocuments(db, question, GUIDANCE_ONLY, undefined);
  // By words this page is not among those that an answer names.
  const [passage] = documents[3]?.passages ?? [];
  const text = [`${passage?.documentKey} ${passage?.title}`, passage?.headingPath, passage?.body].join('\n');
  server.meanings.set(question, text);
  const { citations } = await new WebChatter(app).say(question);
  expect(citations).toContain(documents[3]?.key);
});

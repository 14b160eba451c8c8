import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { Embeddings } from '@langchain/core/embeddings';
import { sql } from 'kysely';
import pg from 'pg';
import { onTestFinished, test } from 'vitest';
import type { Database, Db } from '../../src/database/database.ts';
import { createLog } from '../../src/log.ts';
import type { Audience } from '../../src/people/audience.ts';
import { answeringTable } from '../../src/retrieval/embedding-table.ts';
import { indexPassages, refreshStatistics } from '../../src/retrieval/index-passages.ts';
import { nearestPassages } from '../../src/retrieval/nearest.ts';
import { search } from '../../src/retrieval/search.ts';
import { Vectors } from '../../src/retrieval/vectors.ts';
import { isVisible } from '../../src/retrieval/visibility.ts';
import { openTestDatabase } from '../support/database.ts';
import { oneOf, random, readLanguage } from './language.ts';
import { percentile, timed } from './measure.ts';

/** Passages searched. The embedded database is for trying, and stops at the second. */
const SIZES = [1_000, 10_000, 100_000];
const EMBEDDED_SIZES = SIZES.slice(0, 2);

const PASSAGES_PER_DOCUMENT = 10;
const QUESTIONS = 100;
const SHOWN = 20;
const NEIGHBOURS = 100;

/** Models have up to 2,000; fewer keep a run under ten minutes. */
const DIMENSIONS = 256;
const MODEL = 'made-up';

/** Half of the documents are for everyone, and the question is asked in a channel. */
const VISIBILITIES = ['everyone', 'committee', 'everyone', 'auditors'] as const;
const AUDIENCE: Audience = { guidanceOnly: false, visibilities: ['everyone'], person: undefined };

/** In the place of a model: vectors around a few hundred centres, as those of real texts lie around their subjects. */
class ClusteredEmbeddings extends Embeddings {
  readonly #centres = Array.from({ length: 300 }, () => noise(1));

  constructor() {
    super({});
  }

  async embedQuery(): Promise<number[]> {
    const centre = oneOf(this.#centres);
    return noise(0.6).map((number, index) => number + (centre[index] ?? 0));
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map(() => this.embedQuery()));
  }
}

function noise(size: number): number[] {
  return Array.from({ length: DIMENSIONS }, () => (random() + random() + random() - 1.5) * size);
}

test('search among more and more passages, beside ts_rank and beside the pgvector store of LangChain', async () => {
  const database = await openTestDatabase();
  const { db } = database;
  await sql`delete from document`.execute(db);
  await sql`create table full_text (chunk_id bigint primary key, words tsvector)`.execute(db);
  await sql`create index on full_text using gin (words)`.execute(db);
  const { text, questions } = await readLanguage(QUESTIONS);
  const embeddings = new ClusteredEmbeddings();
  const vectors = new Vectors(db, MODEL, () => embeddings, createLog('warn'));
  const store = await openStore(database, embeddings);
  let stored = 0;
  for (const size of database.kind === 'embedded' ? EMBEDDED_SIZES : SIZES) {
    const added = size - stored;
    const ingest = await timed(() => addPassages(db, stored, size, text));
    const embed = await timed(() => vectors.complete());
    await sql`insert into full_text select id, to_tsvector('english', body) from chunk
      where id > (select coalesce(max(chunk_id), 0) from full_text)`.execute(db);
    const copy = await timed(() => copyToStore(db, store));
    if (size >= 100_000) await store.createHnswIndex({ dimensions: DIMENSIONS, m: 16, efConstruction: 64 });
    await sql`vacuum analyze`.execute(db);
    stored = size;
    console.log(`\n${size} passages, ${database.kind}`);
    console.table({
      'Steward: ingest': { 'passages a second': Math.round(added / ingest) },
      'Steward: vectors and their index': { 'passages a second': Math.round(added / embed) },
      'LangChain: vectors': { 'passages a second': Math.round(added / copy) },
    });
    console.table(await compare(db, questions, vectors, store));
  }
});

async function addPassages(db: Db, from: number, to: number, text: () => string): Promise<void> {
  for (let first = from; first < to; first += 500) {
    await db.transaction().execute(async (transaction) => {
      const count = 500 / PASSAGES_PER_DOCUMENT;
      const documents = await transaction
        .insertInto('document')
        .values(
          Array.from({ length: count }, (_, index) => {
            const number = first / PASSAGES_PER_DOCUMENT + index;
            return {
              key: `EV-${number}`,
              kind: 'evidence',
              visibility: VISIBILITIES[number % 4] ?? 'everyone',
            } as const;
          }),
        )
        .returning(['id', 'key'])
        .execute();
      const versions = await transaction
        .insertInto('document_version')
        .values(
          documents.map(({ id, key }) => ({ document_id: id, title: key, sha256: Buffer.alloc(32), metadata: '{}' })),
        )
        .returning(['id', 'document_id'])
        .execute();
      const places = versions.flatMap(({ id, document_id }) =>
        Array.from({ length: PASSAGES_PER_DOCUMENT }, (_, position) => ({ version_id: id, document_id, position })),
      );
      const chunks = await transaction
        .insertInto('chunk')
        .values(places.map((place) => ({ ...place, section: '', heading_path: '', body: text() })))
        .returning(['id', 'body'])
        .execute();
      await indexPassages(
        transaction,
        chunks.map(({ id, body }) => ({ chunkId: id, text: { name: '', phrasings: '', body } })),
        'evidence',
      );
    });
  }
  await refreshStatistics(db);
}

async function openStore({ connection }: Database, embeddings: Embeddings): Promise<PGVectorStore> {
  const store = await PGVectorStore.initialize(embeddings, {
    pool: new pg.Pool({ ...connection, max: 2 }),
    tableName: 'langchain_store',
    distanceStrategy: 'cosine',
    dimensions: DIMENSIONS,
  });
  // It holds a connection of the pool, which could not be ended otherwise.
  onTestFinished(() => store.end());
  return store;
}

/** The same vectors, and what their visibility is, as the store's metadata. */
async function copyToStore(db: Db, store: PGVectorStore): Promise<void> {
  const table = await answeringTable(db, MODEL);
  for (;;) {
    const { rows } = await sql<{ id: number; body: string; visibility: string; embedding: string }>`
      select chunk.id, body, visibility, embedding
      from ${sql.table(table?.name ?? '')} join chunk on chunk.id = chunk_id join document on document.id = document_id
      where chunk.id > (select coalesce(max((metadata->>'id')::bigint), 0) from langchain_store)
      order by chunk.id limit 5000`.execute(db);
    if (rows.length === 0) return;
    await store.addVectors(
      rows.map(({ embedding }) => JSON.parse(embedding) as number[]),
      rows.map(({ id, body, visibility }) => ({ pageContent: body, metadata: { id, visibility } })),
    );
  }
}

/** Everybody answers each question in turn, so that whatever else the machine does meets all. */
async function compare(db: Db, questions: readonly string[], vectors: Vectors, store: PGVectorStore) {
  const table = await answeringTable(db, MODEL);
  if (!table) throw new Error('The vectors are not complete.');
  const model = new ClusteredEmbeddings();
  const contenders: Record<string, (question: string, vector: number[]) => Promise<number>> = {
    'words: Steward': async (question) =>
      (await search(db, question, AUDIENCE, SHOWN, undefined, 'evidence')).passages.length,
    'words: ts_rank, any word': (question) => fullText(db, question),
    'vectors: Steward': async (_, vector) =>
      (await nearestPassages(db, table, vector, AUDIENCE, NEIGHBOURS, 'evidence')).length,
    'vectors: LangChain': async (_, vector) =>
      (await store.similaritySearchVectorWithScore(vector, NEIGHBOURS, { visibility: { in: ['everyone'] } })).length,
    'both: Steward': async (question) =>
      (await search(db, question, AUDIENCE, SHOWN, vectors, 'evidence')).passages.length,
  };
  const milliseconds: Record<string, number[]> = {};
  const found: Record<string, number> = {};
  for (const question of questions) {
    const vector = await model.embedQuery();
    for (const [name, answer] of Object.entries(contenders)) {
      const started = performance.now();
      found[name] = (found[name] ?? 0) + (await answer(question, vector)) / questions.length;
      milliseconds[name] = [...(milliseconds[name] ?? []), performance.now() - started];
    }
  }
  return Object.fromEntries(
    Object.entries(milliseconds).map(([name, values]) => {
      const at = (share: number) => Number(percentile(values, share).toFixed(1));
      return [name, { 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'found, of 20 or 100': Math.round(found[name] ?? 0) }];
    }),
  );
}

/** PostgreSQL's own ranking, over the same passages and with the same filter. */
async function fullText(db: Db, question: string): Promise<number> {
  const { rows } = await sql`
    select chunk.id, document.key, version.title, chunk.body, ts_rank(full_text.words, query) as score
    from full_text
    cross join (select replace(plainto_tsquery('english', ${question})::text, '&', '|')::tsquery as query) as question
    join chunk on chunk.id = full_text.chunk_id
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    where full_text.words @@ query and version.superseded_at is null and ${isVisible(AUDIENCE)}
    order by score desc, chunk.id
    limit ${SHOWN}`.execute(db);
  return rows.length;
}

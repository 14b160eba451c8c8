import type { Embeddings } from '@langchain/core/embeddings';
import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { asModelFailure } from '../models/failure.ts';
import { createTable, type EmbeddingTable, findTable, markComplete, storeVectors } from './embedding-table.ts';

/** Passages that are embedded and stored together: some requests, so that looking for what is missing costs little. */
const BATCH = 256;

/** How much of a passage is embedded, in characters, and what the models that take the shortest texts can still take. */
const MAX_LENGTH = 8_000;
const MIN_LENGTH = 500;

interface Passage {
  readonly id: number;
  readonly text: string;
}

/**
 * Gives vectors to some of the passages that the model has none of yet. When none is left, the model may answer questions.
 *
 * @returns how many got one
 * @throws ModelFailure
 */
export async function embedSomePassages(db: Db, model: string, embeddings: Embeddings): Promise<number> {
  const table = await findTable(db, model);
  const passages = await passagesWithoutVector(db, table);
  if (passages.length === 0) {
    if (table) await markComplete(db, table);
    return 0;
  }
  const texts = passages.map(({ text }) => text.slice(0, MAX_LENGTH));
  const vectors = await embed(model, embeddings, texts);
  const target = table ?? (await createTable(db, model, vectors[0]?.length ?? 0));
  await storeVectors(
    db,
    target,
    passages.map(({ id }) => id),
    vectors,
  );
  return passages.length;
}

/** Its number, title and headings say what a passage is about, so they are embedded with it. */
async function passagesWithoutVector(db: Db, table: EmbeddingTable | undefined): Promise<Passage[]> {
  const isMissing = table
    ? sql`not exists (select from ${sql.table(table.name)} as embedding where embedding.chunk_id = chunk.id)`
    : sql`true`;
  const { rows } = await sql<Passage>`
    select chunk.id, concat_ws(E'\n', document.key || ' ' || version.title, chunk.heading_path, chunk.body) as text
    from chunk
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    where version.superseded_at is null and ${isMissing}
    order by chunk.id
    limit ${BATCH}`.execute(db);
  return rows;
}

/**
 * A server that rejects the texts gets fewer of them at once, and at last a shorter one, so that one long passage cannot keep
 * the others from their vectors.
 */
async function embed(model: string, embeddings: Embeddings, texts: string[]): Promise<number[][]> {
  try {
    return await embeddings.embedDocuments(texts);
  } catch (thrown) {
    const failure = asModelFailure(thrown, model);
    const [text = ''] = texts;
    if (failure.kind !== 'rejected' || (texts.length === 1 && text.length <= MIN_LENGTH)) throw failure;
    if (texts.length === 1) return embed(model, embeddings, [text.slice(0, text.length / 2)]);
    const half = Math.ceil(texts.length / 2);
    const first = await embed(model, embeddings, texts.slice(0, half));
    return [...first, ...(await embed(model, embeddings, texts.slice(half)))];
  }
}

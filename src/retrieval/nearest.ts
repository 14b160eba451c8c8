import { sql } from 'kysely';
import { cosineDistance } from 'pgvector/kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Corpus } from './corpus.ts';
import type { EmbeddingTable } from './embedding-table.ts';
import type { Passage } from './passage.ts';
import { isVisible } from './visibility.ts';

/** How many neighbours the index keeps in sight: more find the true nearest ones more surely, and take longer. */
const EF_SEARCH = '100';

/** What the index finds is filtered afterwards, and the few passages of the guidance would be lost among much evidence. */
const isFoundByIndex = (corpus: Corpus) => corpus === 'evidence';

/**
 * The passages whose vectors are nearest to the question's, among those that everybody in the audience may see. Scores are
 * cosines.
 */
export async function nearestPassages(
  db: Db,
  table: EmbeddingTable,
  vector: number[],
  audience: Audience,
  limit: number,
  corpus: Corpus,
): Promise<Passage[]> {
  if (!table.isIndexed || !isFoundByIndex(corpus)) return compare(db, table, vector, audience, limit, corpus);
  return db.transaction().execute(async (transaction) => {
    // An iterative scan goes on until enough passages are found that the audience may see; in a relaxed order it loses fewer.
    await sql`select set_config('hnsw.ef_search', ${EF_SEARCH}, true),
      set_config('hnsw.iterative_scan', 'relaxed_order', true)`.execute(transaction);
    return compare(transaction, table, vector, audience, limit, corpus);
  });
}

async function compare(
  db: Db,
  table: EmbeddingTable,
  vector: number[],
  audience: Audience,
  limit: number,
  corpus: Corpus,
): Promise<Passage[]> {
  const cosine = cosineDistance('embedding.embedding', vector);
  // An index serves the bare distance alone.
  const distance = isFoundByIndex(corpus) ? cosine : sql`(${cosine}) + 0`;
  const { rows } = await sql<Passage>`
    with near as materialized (
      select chunk.id, ${distance} as distance
      from ${sql.table(table.name)} as embedding
      join chunk on chunk.id = embedding.chunk_id
      join document_version version on version.id = chunk.version_id
      join document on document.id = chunk.document_id
      where version.superseded_at is null and ${isVisible(audience, corpus)}
      order by distance
      limit ${limit}
    )
    select chunk.id as "chunkId", document.key as "documentKey", document.kind, version.id as "versionId",
      coalesce(version.metadata->>'citedAs', version.title) as title, version.metadata->>'path' as path,
      coalesce(version.metadata->'explains', '[]') as explains,
      version.valid_until as "validUntil", chunk.section, chunk.heading_path as "headingPath", chunk.body, 1 - near.distance as score
    from near
    join chunk on chunk.id = near.id
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    order by near.distance, chunk.id`.execute(db);
  return rows;
}

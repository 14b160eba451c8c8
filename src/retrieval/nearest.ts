import { sql } from 'kysely';
import { cosineDistance } from 'pgvector/kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { EmbeddingTable } from './embedding-table.ts';
import type { Passage } from './passage.ts';
import { isVisible } from './visibility.ts';

/** How many neighbours the index keeps in sight: more find the true nearest ones more surely, and take longer. */
const EF_SEARCH = '100';

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
  kind?: Passage['kind'],
): Promise<Passage[]> {
  if (!table.isIndexed) return compare(db, table, vector, audience, limit, kind);
  return db.transaction().execute(async (transaction) => {
    // An iterative scan goes on until enough passages are found that the audience may see; in a relaxed order it loses fewer.
    await sql`select set_config('hnsw.ef_search', ${EF_SEARCH}, true),
      set_config('hnsw.iterative_scan', 'relaxed_order', true)`.execute(transaction);
    return compare(transaction, table, vector, audience, limit, kind);
  });
}

async function compare(
  db: Db,
  table: EmbeddingTable,
  vector: number[],
  audience: Audience,
  limit: number,
  kind: Passage['kind'] | undefined,
): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    with near as materialized (
      select chunk.id, ${cosineDistance('embedding.embedding', vector)} as distance
      from ${sql.table(table.name)} as embedding
      join chunk on chunk.id = embedding.chunk_id
      join document_version version on version.id = chunk.version_id
      join document on document.id = chunk.document_id
      where version.superseded_at is null and ${isVisible(audience, kind)}
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

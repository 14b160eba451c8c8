import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Passage } from './passage.ts';
import { termsOf } from './terms.ts';
import { isVisible } from './visibility.ts';

/** BM25's parameters, and the weight of each field (name, phrasings, body). */
const K1 = 0.6;
const B = 0.75;
const FIELD_WEIGHTS = [0.8, 1.2, 1];

/** Finds the passages that fit a question best, among those that everybody who can read the answer may see. */
export async function search(db: Db, question: string, audience: Audience, limit: number): Promise<Passage[]> {
  const [terms = []] = await termsOf(db, [question]);
  const distinct = [...new Set(terms)];
  if (distinct.length === 0) return [];
  const result = await sql<Passage>`
    with visible as (
      select chunk.id from chunk
      join document on document.id = chunk.document_id
      where ${isVisible(audience)}
    ),
    average as (select field, avg(terms) as terms from field_length group by field),
    frequency as (select term, count(distinct chunk_id) as chunks from posting where term = any(${distinct}) group by term),
    size as (select count(*) as chunks from chunk),
    ranked as (
      select posting.chunk_id,
        sum((${FIELD_WEIGHTS}::float8[])[posting.field + 1]
          * ln(1 + (size.chunks - frequency.chunks + 0.5) / (frequency.chunks + 0.5))
          * posting.tf * (${K1}::float8 + 1)
          / (posting.tf + ${K1}::float8 * (1 - ${B}::float8 + ${B}::float8 * field_length.terms / average.terms))) as score
      from posting
      join visible on visible.id = posting.chunk_id
      join frequency using (term)
      join field_length on field_length.chunk_id = posting.chunk_id and field_length.field = posting.field
      join average on average.field = posting.field
      cross join size
      where posting.term = any(${distinct})
      group by posting.chunk_id
      order by score desc, posting.chunk_id
      limit ${limit}
    )
    select chunk.id as "chunkId", document.key as "documentKey", version.title, version.metadata->>'path' as path,
      chunk.section, chunk.heading_path as "headingPath", chunk.body, ranked.score
    from ranked
    join chunk on chunk.id = ranked.chunk_id
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    order by ranked.score desc, chunk.id`.execute(db);
  return result.rows;
}

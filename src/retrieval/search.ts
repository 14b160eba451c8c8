import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Passage } from './passage.ts';
import { type Query, readQuestion } from './query.ts';
import { sectionsFor } from './question-kind.ts';
import { isVisible } from './visibility.ts';

/** BM25's parameters: how soon repetition stops counting, and how much length counts against a passage. */
const K1 = 0.5;
const B = 0.75;

/** The weight of each field: name, phrasings, body. */
const FIELD_WEIGHTS = [0.8, 1.2, 1];

/** Candidates whose neighbours are looked at. */
const CANDIDATES = 200;

/** What the best passage nearby in the same document adds, as a share of its score, and how many places away it may be. */
const NEIGHBOUR_SHARE = 0.15;
const NEIGHBOURHOOD = 3;

/** The right kind of section for the question counts this much more. */
const SECTION_FACTOR = 1.1;

/** What a search found. */
export interface Found {
  /** The best first. */
  readonly passages: readonly Passage[];
  /** The share of the question, by worth of its words, that stands in the best passage or its page: 0 to 1. */
  readonly coverage: number;
}

/** Finds the passages that fit a question best, among those that everybody who can read the answer may see. */
export async function search(db: Db, question: string, audience: Audience, limit: number): Promise<Found> {
  const query = await readQuestion(db, question);
  if (query.terms.length === 0) return { passages: [], coverage: 0 };
  const passages = await rank(db, query, sectionsFor(question), audience, limit);
  const [best] = passages;
  return { passages, coverage: best ? await coverage(db, query, best) : 0 };
}

async function rank(
  db: Db,
  query: Query,
  sections: readonly string[],
  audience: Audience,
  limit: number,
): Promise<Passage[]> {
  const terms = query.terms.map(({ term }) => term);
  const worth = query.terms.map((term) => term.worth);
  const result = await sql<Passage>`
    with query as (select * from unnest(${terms}::text[], ${worth}::float8[]) as q (term, worth)),
    scored as (
      select posting.chunk_id, sum((${FIELD_WEIGHTS}::float8[])[field + 1] * query.worth * tf
        / (tf + ${K1}::float8 * (1 - ${B}::float8 + ${B}::float8 * length / statistics.average_length[field + 1]))) as score
      from query
      join posting on posting.term = query.term collate "C"
      cross join index_statistics statistics
      group by posting.chunk_id
    ),
    candidate as (
      select chunk.id, chunk.document_id, chunk.position,
        scored.score * case when chunk.section = any(${sections}::text[]) then ${SECTION_FACTOR}::float8 else 1 end as score
      from scored
      join chunk on chunk.id = scored.chunk_id
      join document_version version on version.id = chunk.version_id
      join document on document.id = chunk.document_id
      where version.superseded_at is null and ${isVisible(audience)}
      order by score desc, chunk.id
      limit ${CANDIDATES}
    ),
    ranked as (
      select candidate.id, candidate.score + ${NEIGHBOUR_SHARE}::float8 * coalesce((
        select max(near.score) from candidate near
        where near.document_id = candidate.document_id and near.id <> candidate.id
          and near.position between candidate.position - ${NEIGHBOURHOOD} and candidate.position + ${NEIGHBOURHOOD}
      ), 0) as score
      from candidate
      order by score desc, candidate.id
      limit ${limit}
    )
    select chunk.id as "chunkId", document.key as "documentKey", version.id as "versionId",
      coalesce(version.metadata->>'citedAs', version.title) as title, version.metadata->>'path' as path,
      chunk.section, chunk.heading_path as "headingPath", chunk.body, ranked.score
    from ranked
    join chunk on chunk.id = ranked.id
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    order by ranked.score desc, chunk.id`.execute(db);
  return result.rows;
}

async function coverage(db: Db, query: Query, { chunkId }: Passage): Promise<number> {
  const words = query.terms.filter(({ isWord }) => isWord);
  const { rows } = await sql<{ term: string }>`
    select distinct term from posting
    where chunk_id = ${chunkId} and term = any(${words.map(({ term }) => term)}::text[])`.execute(db);
  const present = new Set(rows.map(({ term }) => term));
  const covered = words.filter(({ term }) => present.has(term)).reduce((sum, { worth }) => sum + worth, 0);
  return query.total > 0 ? covered / query.total : 0;
}

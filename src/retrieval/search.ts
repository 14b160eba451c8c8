import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import { type Corpus, postingsOf, statisticsOf } from './corpus.ts';
import { FUSED, fuse } from './fuse.ts';
import { FIELDS } from './index-passages.ts';
import type { Passage } from './passage.ts';
import { type Query, readQuestion } from './query.ts';
import { sectionsFor } from './question-kind.ts';
import type { Vectors } from './vectors.ts';
import { isVisible } from './visibility.ts';

/** BM25's parameters: how soon repetition stops counting, and how much length counts against a passage. */
const K1 = 0.3;
const B = 0.75;

/** The weight of each field: name, phrasings, body. */
const FIELD_WEIGHTS = [0.8, 1.6, 1];

/** Candidates whose neighbours are looked at. */
const CANDIDATES = 200;

/**
 * What the best passage nearby in the same document adds, as a share of its score, what is left of it with each further place,
 * and how many places away it may be.
 */
const NEIGHBOUR_SHARE = 0.15;
const NEIGHBOUR_DECAY = 0.9;
const NEIGHBOURHOOD = 4;

/** What one posting adds to the score of its passage. People's own phrasings hold words of asking too, so there these count. */
export const TERM_SCORE = sql`(${sql.val(FIELD_WEIGHTS)}::float8[])[field + 1]
  * case when field = ${FIELDS.indexOf('phrasings')} then query.worth_in_phrasings else query.worth end
  * tf / (tf + ${K1}::float8 * (1 - ${B}::float8 + ${B}::float8 * length / statistics.average_length[field + 1]))`;

/** A question's terms as rows: `term`, `worth`, `worth_in_phrasings`. */
export function asTable({ terms }: Query): RawBuilder<unknown> {
  return sql`select * from unnest(${terms.map(({ term }) => term)}::text[], ${terms.map(({ worth }) => worth)}::float8[],
    ${terms.map(({ worthInPhrasings }) => worthInPhrasings)}::float8[]) as q (term, worth, worth_in_phrasings)`;
}

/** The right kind of section for the question counts this much more. */
const SECTION_FACTOR = 1.1;

/** What a search found. */
export interface Found {
  /** The best first. */
  readonly passages: readonly Passage[];
  /** The question as ranking by words saw it. */
  readonly query: Query;
  /** The best passages by words alone, the best first. */
  readonly byWords: readonly Passage[];
}

/**
 * Finds the passages of a corpus that fit a question best, among those that everybody who can read the answer may see.
 *
 * @param vectors without them, search goes by words alone
 */
export async function search(
  db: Db,
  question: string,
  audience: Audience,
  limit: number,
  vectors: Vectors | undefined,
  corpus: Corpus,
): Promise<Found> {
  const [{ query, passages: byWords }, byMeaning] = await Promise.all([
    searchByWords(db, question, audience, vectors ? Math.max(limit, FUSED) : limit, corpus),
    vectors?.nearest(question, audience, FUSED, corpus) ?? [],
  ]);
  return { passages: fuse(byWords, byMeaning).slice(0, limit), query, byWords };
}

async function searchByWords(db: Db, question: string, audience: Audience, limit: number, corpus: Corpus) {
  const query = await readQuestion(db, question, corpus);
  const passages =
    query.terms.length === 0 ? [] : await rank(db, query, sectionsFor(question), audience, limit, corpus);
  return { query, passages };
}

async function rank(
  db: Db,
  query: Query,
  sections: readonly string[],
  audience: Audience,
  limit: number,
  corpus: Corpus,
): Promise<Passage[]> {
  const result = await sql<Passage>`
    with query as (${asTable(query)}),
    scored as (
      select posting.chunk_id, sum(${TERM_SCORE}) as score
      from query
      join ${postingsOf(corpus)} posting on posting.term = query.term collate "C"
      cross join ${statisticsOf(corpus)} statistics
      group by posting.chunk_id
    ),
    candidate as (
      select chunk.id, chunk.document_id, chunk.position,
        scored.score * case when chunk.section = any(${sections}::text[]) then ${SECTION_FACTOR}::float8 else 1 end as score
      from scored
      join chunk on chunk.id = scored.chunk_id
      join document_version version on version.id = chunk.version_id
      join document on document.id = chunk.document_id
      where version.superseded_at is null and ${isVisible(audience, corpus)}
      order by score desc, chunk.id
      limit ${CANDIDATES}
    ),
    ranked as (
      select candidate.id, candidate.score + ${NEIGHBOUR_SHARE}::float8 * coalesce((
        select max(near.score * power(${NEIGHBOUR_DECAY}::float8, abs(near.position - candidate.position) - 1)) from candidate near
        where near.document_id = candidate.document_id and near.id <> candidate.id
          and near.position between candidate.position - ${NEIGHBOURHOOD} and candidate.position + ${NEIGHBOURHOOD}
      ), 0) as score
      from candidate
      order by score desc, candidate.id
      limit ${limit}
    )
    select chunk.id as "chunkId", document.key as "documentKey", document.kind, version.id as "versionId",
      coalesce(version.metadata->>'citedAs', version.title) as title, version.metadata->>'path' as path,
      coalesce(version.metadata->'explains', '[]') as explains,
      version.valid_until as "validUntil", chunk.section, chunk.heading_path as "headingPath", chunk.body, ranked.score
    from ranked
    join chunk on chunk.id = ranked.id
    join document_version version on version.id = chunk.version_id
    join document on document.id = chunk.document_id
    order by ranked.score desc, chunk.id`.execute(db);
  return result.rows;
}

import { type RawBuilder, sql } from 'kysely';

/**
 * What is searched apart: `knowledge` is the guidance with the reviewed answers, `evidence` the organisation's artefacts. Each has
 * its own index, vocabulary and averages, so that however much evidence comes, the guidance is found as before, and as fast.
 */
export type Corpus = 'knowledge' | 'evidence';

export const CORPORA: readonly Corpus[] = ['knowledge', 'evidence'];

const TABLES = {
  knowledge: { postings: 'posting', vocabulary: 'vocabulary', statistics: 'index_statistics' },
  evidence: { postings: 'evidence_posting', vocabulary: 'evidence_vocabulary', statistics: 'evidence_statistics' },
} as const;

/** How often a term stands in a field of a passage: `term`, `field`, `chunk_id`, `tf`, `length`. */
export function postingsOf(corpus: Corpus): RawBuilder<unknown> {
  return sql.table(TABLES[corpus].postings);
}

/** In how many passages of a corpus each term stands: `term`, `frequency`. */
export function vocabularyOf(corpus: Corpus): RawBuilder<unknown> {
  return sql.table(TABLES[corpus].vocabulary);
}

/** One row: `passages`, and for each field `field_passages` and `average_length`. */
export function statisticsOf(corpus: Corpus): RawBuilder<unknown> {
  return sql.table(TABLES[corpus].statistics);
}

/** The condition on `document` that it belongs to a corpus. */
export function isIn(corpus: Corpus): RawBuilder<boolean> {
  return corpus === 'evidence' ? sql`document.kind = 'evidence'` : sql`document.kind <> 'evidence'`;
}

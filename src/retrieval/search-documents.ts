import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Passage } from './passage.ts';
import type { Query } from './query.ts';
import { asTable, search, TERM_SCORE } from './search.ts';
import type { Vectors } from './vectors.ts';

/** A document that search found, with those of its passages that fit. */
export interface FoundDocument {
  readonly key: string;
  readonly title: string;
  /** 1 is what the best passage alone would give; comparable within one search only. */
  readonly score: number;
  /** The best first. */
  readonly passages: readonly Passage[];
}

/** What tells a question about the stored documents from one about something else. */
export interface Fit {
  /** The share of the question, by worth of its words, that stands in the best document: 0 to 1. */
  readonly coverage: number;
  /** How well the question's terms fit the best document, by words alone. */
  readonly score: number;
  /** Different words in the question that tell something. */
  readonly words: number;
}

export interface FoundDocuments {
  /** The best first. */
  readonly documents: readonly FoundDocument[];
  /** Undefined where nothing was found. */
  readonly fit: Fit | undefined;
}

/** Passages looked through. */
const PASSAGES = 100;

/** Passages behind the best one that speak for their document. */
const SUPPORTING = 2;

/**
 * Finds the documents that fit a question best. A document's score is that of its best passage, as much again for the mean of
 * the next ones, and as much again for how well its passages together cover the question's terms: a page that treats the
 * subject throughout goes before one that mentions it in a single place.
 */
export async function searchDocuments(
  db: Db,
  question: string,
  audience: Audience,
  vectors: Vectors | undefined,
): Promise<FoundDocuments> {
  const { passages, query, byWords } = await search(db, question, audience, PASSAGES, vectors);
  const termScores = await termScoresOf(db, query, byWords);
  const unit = passages[0]?.score || 1;
  const unitByWords = byWords[0]?.score || 1;
  const documents = [...Map.groupBy(passages, ({ documentKey }) => documentKey).values()]
    .flatMap((group): FoundDocument[] => {
      const [best, ...rest] = group;
      if (!best) return [];
      const support = sum(rest.slice(0, SUPPORTING).map(({ score }) => score)) / SUPPORTING;
      const terms = sum([...(termScores.get(best.documentKey)?.values() ?? [])]) / unitByWords;
      const score = (best.score + support) / unit + terms;
      return [{ key: best.documentKey, title: best.title, score, passages: group }];
    })
    .sort((a, b) => b.score - a.score);
  return { documents, fit: fitOf(query, documents[0], termScores) };
}

/** By document: what each term of the question adds to the score of the passage that it fits best. */
async function termScoresOf(db: Db, query: Query, passages: readonly Passage[]) {
  const { rows } = await sql<{ key: string; term: string; score: number }>`
    with query as (${asTable(query)}), scored as (
      select posting.chunk_id, posting.term, sum(${TERM_SCORE}) as score
      from query
      join posting on posting.term = query.term collate "C"
      cross join index_statistics statistics
      where posting.chunk_id = any(${passages.map(({ chunkId }) => chunkId)}::bigint[])
      group by posting.chunk_id, posting.term
    )
    select document.key, scored.term, max(scored.score) as score
    from scored join chunk on chunk.id = scored.chunk_id join document on document.id = chunk.document_id
    group by document.key, scored.term`.execute(db);
  const byDocument = new Map<string, Map<string, number>>();
  for (const { key, term, score } of rows) {
    const terms = byDocument.get(key) ?? new Map<string, number>();
    byDocument.set(key, terms.set(term, score));
  }
  return byDocument;
}

function fitOf(
  query: Query,
  best: FoundDocument | undefined,
  termScores: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Fit | undefined {
  const present = best && termScores.get(best.key);
  if (!present) return undefined;
  const words = query.terms.filter(({ isWord }) => isWord);
  const covered = sum(words.filter(({ term }) => present.has(term)).map(({ worth }) => worth));
  return { coverage: covered / (query.total || 1), score: sum([...present.values()]), words: query.words };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import { type Corpus, postingsOf, statisticsOf } from './corpus.ts';
import { pageProbabilities } from './page-weights.ts';
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
  readonly passages: readonly FittingPassage[];
}

export interface FittingPassage extends Passage {
  /** The share of the question, by worth of its words, that stands in the passage: 0 to 1. */
  readonly coverage: number;
  /** Somebody wrote down this very question for the passage. */
  readonly isAsked: boolean;
}

/** What tells a question about the stored documents from one about something else. */
export interface Fit {
  /** The share of the question, by worth of its words, that stands in the best document: 0 to 1. */
  readonly coverage: number;
  /** How well the question's terms fit the best document, by words alone, whatever is stored beside the guidance. */
  readonly score: number;
  /** Different words in the question that tell something. */
  readonly words: number;
  /** The probability that no page of the guidance answers the question. */
  readonly outOfScope: number;
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

/** What the page counts for which people surely ask in such words; others by the logarithm of their probability. */
const ASKED = 2.75;
/** A probability that counts nothing. */
const IMPROBABLE = 1e-4;

/**
 * Finds the documents that fit a question best. A document's score is that of its best passage, as much again for the mean of
 * the next ones, and as much again for how well its passages together cover the question's terms: a page that treats the
 * subject throughout goes before one that mentions it in a single place. To this comes how likely it is that people ask for a
 * page in such words. Nobody wrote down how they ask for documents of the organisation: what these get leaves them where they
 * stand.
 */
export async function searchDocuments(
  db: Db,
  question: string,
  audience: Audience,
  vectors: Vectors | undefined,
): Promise<FoundDocuments> {
  const { passages, query, byWords } = await search(db, question, audience, PASSAGES, vectors, 'knowledge');
  const [termScores, likely] = await Promise.all([
    termScoresOf(db, query, passages, 'knowledge'),
    pageProbabilities(db, query.said),
  ]);
  const unit = passages[0]?.score || 1;
  const unitByWords = byWords[0]?.score || 1;
  const none: ReadonlyMap<string, number> = new Map();
  const scored = [...Map.groupBy(passages, ({ documentKey }) => documentKey).values()]
    .flatMap((group) => {
      const [best, ...rest] = group;
      if (!best) return [];
      const terms = maxima(group.map(({ chunkId }) => termScores.get(chunkId) ?? none));
      const support = sum(rest.slice(0, SUPPORTING).map(({ score }) => score)) / SUPPORTING;
      const score = (best.score + support) / unit + sum(terms.values()) / unitByWords;
      const fitting = group.map((passage) => ({
        ...passage,
        ...fitOf(query, termScores.get(passage.chunkId) ?? none),
      }));
      return [{ document: { key: best.documentKey, title: best.title, score, passages: fitting }, terms }];
    })
    .sort((a, b) => b.document.score - a.document.score);
  const top = scored[0]?.document.score || 1;
  const documents = scored
    .map(({ document, terms }) => {
      const byWords = document.score / top;
      const probability = likely.pages.get(document.key);
      const share = probability === undefined ? byWords : 1 - Math.log(probability + IMPROBABLE) / Math.log(IMPROBABLE);
      return { document: { ...document, score: byWords + ASKED * share }, terms };
    })
    .sort((a, b) => b.document.score - a.document.score);
  const [best] = documents;
  return {
    documents: documents.map(({ document }) => document),
    fit: best && {
      coverage: coverage(query, best.terms),
      score: scoreInGuidance(query, best.terms),
      words: query.words,
      outOfScope: likely.outOfScope,
    },
  };
}

/** By passage: what each term of the question, as it was read for their corpus, adds to its score. */
export async function termScoresOf(db: Db, query: Query, passages: readonly Passage[], corpus: Corpus) {
  const { rows } = await sql<{ chunk_id: number; term: string; score: number }>`
    with query as (${asTable(query)})
    select posting.chunk_id, posting.term, sum(${TERM_SCORE}) as score
    from query
    join ${postingsOf(corpus)} posting on posting.term = query.term collate "C"
    cross join ${statisticsOf(corpus)} statistics
    where posting.chunk_id = any(${passages.map(({ chunkId }) => chunkId)}::bigint[])
    group by posting.chunk_id, posting.term`.execute(db);
  const byPassage = new Map<number, Map<string, number>>();
  for (const { chunk_id, term, score } of rows) {
    const terms = byPassage.get(chunk_id) ?? new Map<string, number>();
    byPassage.set(chunk_id, terms.set(term, score));
  }
  return byPassage;
}

/** What each term adds where it adds most. */
function maxima(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const [term, score] of maps.flatMap((map) => [...map])) best.set(term, Math.max(score, best.get(term) ?? 0));
  return best;
}

/** How a passage with these terms fits a question. */
export function fitOf(query: Query, terms: ReadonlyMap<string, number>): Pick<FittingPassage, 'coverage' | 'isAsked'> {
  return { coverage: coverage(query, terms), isAsked: query.whole.some((whole) => terms.has(whole)) };
}

/** The share of the question's words, by worth, that are among the terms: they themselves, or what they may stand for. */
function coverage({ terms: asked, synonyms, total }: Query, terms: ReadonlyMap<string, number>): number {
  const meant = [...synonyms].filter(([, others]) => others.some((other) => terms.has(other)));
  const covered = new Set([...terms.keys(), ...meant.flatMap(([term]) => term.split(' '))]);
  const present = asked.filter(({ term, isWord }) => isWord && covered.has(term));
  return sum(present.map(({ worth, rarerInGuidance }) => worth * rarerInGuidance)) / (total || 1);
}

/** What the terms score together, weighed as if nothing but the guidance were stored. */
function scoreInGuidance({ terms }: Query, scores: ReadonlyMap<string, number>): number {
  return sum(terms.map(({ term, rarerInGuidance }) => (scores.get(term) ?? 0) * rarerInGuidance));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

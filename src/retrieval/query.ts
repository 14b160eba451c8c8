import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { subjectWeight } from './question-words.ts';
import { correctSpelling } from './spelling.ts';
import { bigrams, isNumber, type Token, tokensOf } from './terms.ts';
import { synonymsOf } from './thesaurus.ts';

/** A question as ranking sees it. */
export interface Query {
  /** Terms to look for and what each is worth: its weight in the question times its inverse document frequency. */
  readonly terms: readonly WeightedTerm[];
  /** What all words of the question are worth together, also those that stand nowhere. */
  readonly total: number;
}

export interface WeightedTerm {
  readonly term: string;
  readonly worth: number;
  /** A word of the question itself: neither a pair of words, nor a synonym. */
  readonly isWord: boolean;
}

const BIGRAM_WEIGHT = 0.4;
const SYNONYM_WEIGHT = 0.5;
/** A name within a sentence tells more than its rarity. */
const CAPITALISED_WEIGHT = 1.3;
/** A number says which page is meant. */
const NUMBER_WEIGHT = 3;

/** Takes a question apart and weighs its terms by how rare they are. */
export async function readQuestion(db: Db, question: string): Promise<Query> {
  const [tokens = []] = await tokensOf(db, [question]);
  const corrected = await correctSpelling(db, tokens);
  const weights = weigh(corrected, question);
  const pairs = bigrams(corrected.map(({ term }) => term));
  const synonyms = await synonymsOf(db, [...weights.keys(), ...pairs]);
  const weighted = new Map<string, { weight: number; isWord: boolean }>();
  const add = (term: string, weight: number, isWord: boolean) => {
    if (weight > (weighted.get(term)?.weight ?? 0)) weighted.set(term, { weight, isWord });
  };
  for (const [term, weight] of weights) add(term, weight, true);
  for (const term of pairs) add(term, BIGRAM_WEIGHT, false);
  for (const term of synonyms) add(term, SYNONYM_WEIGHT, false);
  const { passages, frequencies } = await frequenciesOf(db, [...weighted.keys()]);
  const worth = (term: string, weight: number) => {
    const frequency = frequencies.get(term) ?? 0;
    return weight * Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
  };
  const terms = [...weighted].map(([term, { weight, isWord }]) => ({ term, worth: worth(term, weight), isWord }));
  return {
    terms: terms.filter(({ term }) => frequencies.has(term)),
    total: terms.filter(({ isWord }) => isWord).reduce((sum, { worth }) => sum + worth, 0),
  };
}

/** The weight of each word in the question. Where nothing but phrasing is left, every word counts. */
function weigh(tokens: readonly Token[], question: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { term } of tokens) counts.set(term, (counts.get(term) ?? 0) + 1);
  const start = /^\W*(\w+)/.exec(question)?.[1];
  const weights = new Map<string, number>();
  for (const { word, term } of tokens) {
    const capitalised = /^\p{Lu}\p{Ll}/u.test(word) && word !== start ? CAPITALISED_WEIGHT : 1;
    const number = isNumber(term) ? NUMBER_WEIGHT : 1;
    const weight = subjectWeight(word) * (1 + Math.log(counts.get(term) ?? 1)) * capitalised * number;
    weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  }
  if ([...weights.values()].every((weight) => weight === 0)) for (const term of weights.keys()) weights.set(term, 1);
  for (const [term, weight] of weights) if (weight === 0) weights.delete(term);
  return weights;
}

async function frequenciesOf(db: Db, terms: readonly string[]) {
  const { rows } = await sql<{ term: string; frequency: number; passages: number }>`
    select term, frequency, passages from vocabulary cross join index_statistics
    where term = any(${terms}::text[])`.execute(db);
  return { passages: rows[0]?.passages ?? 0, frequencies: new Map(rows.map((row) => [row.term, row.frequency])) };
}

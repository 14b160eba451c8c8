import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { type Corpus, statisticsOf, vocabularyOf } from './corpus.ts';
import { subjectWeight } from './question-words.ts';
import { correctSpelling } from './spelling.ts';
import { bigrams, isNumber, type Token, tokensOf, wholeQuestion } from './terms.ts';
import { synonymsOf } from './thesaurus.ts';

/** A question as ranking in one corpus sees it. */
export interface Query {
  /** Terms to look for and what each is worth: its weight in the question times its inverse document frequency. */
  readonly terms: readonly WeightedTerm[];
  /**
   * What all words of the question are worth together, also those that stand nowhere: among the passages of the guidance, or of
   * the evidence.
   */
  readonly total: number;
  /** How many different words tell something. */
  readonly words: number;
  /** What words, and pairs of words, of the question may stand for. */
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  /** The stems of all its words in their order, corrected. */
  readonly said: readonly string[];
  /** The term by which it is found as a whole; none where it has no words. */
  readonly whole: readonly string[];
}

export interface WeightedTerm {
  readonly term: string;
  readonly worth: number;
  /** What it is worth in the phrasings in which people ask, where words that only phrase a question count like all others. */
  readonly worthInPhrasings: number;
  /** How much rarer it is among the passages of the guidance than among all of its corpus, reviewed answers too: a factor. */
  readonly rarerInGuidance: number;
  /** A word of the question itself: neither a pair of words, nor a synonym. */
  readonly isWord: boolean;
}

const BIGRAM_WEIGHT = 0.4;
/** Other words for what a question says: nearer to how people ask than to how documents tell. */
const SYNONYM_WEIGHT = { inBody: 0.1, inPhrasings: 0.35 };
/** Somebody wrote down this very question for the passage. */
const WHOLE_WEIGHT = 8;
/** A name within a sentence tells more than its rarity. */
const CAPITALISED_WEIGHT = 1.3;
/** So does an abbreviation, which is common where it stands at all. */
const ABBREVIATION_WEIGHT = 1.15;
/** A number says which page is meant. */
const NUMBER_WEIGHT = 3;

/** Takes a question apart and weighs its terms by how rare they are in a corpus. */
export async function readQuestion(db: Db, question: string, corpus: Corpus): Promise<Query> {
  const [tokens = []] = await tokensOf(db, [question]);
  const corrected = await correctSpelling(db, tokens, corpus);
  const weights = weigh(corrected, question);
  const pairs = bigrams(corrected.map(({ term }) => term));
  const synonyms = await synonymsOf(db, [...weights.keys(), ...pairs]);
  const weighted = new Map<string, Weight>();
  const add = (term: string, weight: Weight) => {
    if (weight.inPhrasings > (weighted.get(term)?.inPhrasings ?? 0)) weighted.set(term, weight);
  };
  for (const { term } of corrected) {
    const inBody = weights.get(term) ?? 0;
    add(term, { inBody, inPhrasings: isNumber(term) ? NUMBER_WEIGHT : 1, isWord: inBody > 0 });
  }
  for (const term of pairs) add(term, { inBody: BIGRAM_WEIGHT, inPhrasings: BIGRAM_WEIGHT, isWord: false });
  for (const term of [...synonyms.values()].flat()) add(term, { ...SYNONYM_WEIGHT, isWord: false });
  const said = corrected.map(({ term }) => term);
  const whole = wholeQuestion(question, said);
  for (const term of whole) {
    add(term, { inBody: 0, inPhrasings: WHOLE_WEIGHT, isWord: false });
  }
  const { all, guidance, frequencies } = await frequenciesOf(db, [...weighted.keys()], corpus);
  const terms = [...weighted].map(([term, { inBody, inPhrasings, isWord }]): WeightedTerm => {
    const frequency = frequencies.get(term) ?? { all: 0, guidance: 0 };
    const rarity = rarityOf(frequency.all, all);
    return {
      term,
      worth: inBody * rarity,
      worthInPhrasings: inPhrasings * rarity,
      rarerInGuidance: rarityOf(frequency.guidance, guidance) / (rarity || 1),
      isWord,
    };
  });
  return {
    terms: terms.filter(({ term }) => frequencies.has(term)),
    total: terms.filter(({ isWord }) => isWord).reduce((sum, term) => sum + term.worth * term.rarerInGuidance, 0),
    words: weights.size,
    synonyms,
    said,
    whole,
  };
}

/** The inverse document frequency, as a share of what the rarest word has: scores mean the same among few passages and many. */
function rarityOf(frequency: number, passages: number): number {
  return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5)) / Math.log(2 + passages);
}

/** What a term weighs before its rarity is known. */
interface Weight {
  readonly inBody: number;
  readonly inPhrasings: number;
  readonly isWord: boolean;
}

/** The weight of each word in the question. Where nothing but phrasing is left, every word counts. */
function weigh(tokens: readonly Token[], question: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { term } of tokens) counts.set(term, (counts.get(term) ?? 0) + 1);
  const start = /^\W*(\w+)/.exec(question)?.[1];
  const weights = new Map<string, number>();
  for (const { word, term } of tokens) {
    const name = word === start ? 1 : nameWeight(word);
    const number = isNumber(term) ? NUMBER_WEIGHT : 1;
    const weight = subjectWeight(word) * (1 + Math.log(counts.get(term) ?? 1)) * name * number;
    weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  }
  if ([...weights.values()].every((weight) => weight === 0)) for (const term of weights.keys()) weights.set(term, 1);
  for (const [term, weight] of weights) if (weight === 0) weights.delete(term);
  return weights;
}

function nameWeight(word: string): number {
  if (/^\p{Lu}{2,}$/u.test(word)) return ABBREVIATION_WEIGHT;
  return /^\p{Lu}\p{Ll}/u.test(word) ? CAPITALISED_WEIGHT : 1;
}

/** In how many passages of a corpus each term stands, and how many there are: of all, and of the guidance alone. */
async function frequenciesOf(db: Db, terms: readonly string[], corpus: Corpus) {
  const guidance =
    corpus === 'knowledge'
      ? sql`guidance_frequency as guidance, guidance_passages as "guidancePassages"`
      : sql`frequency as guidance, passages as "guidancePassages"`;
  const { rows } = await sql<{
    term: string;
    all: number;
    guidance: number;
    passages: number;
    guidancePassages: number;
  }>`
    select term, frequency as "all", passages, ${guidance}
    from ${vocabularyOf(corpus)} cross join ${statisticsOf(corpus)} where term = any(${terms}::text[])`.execute(db);
  return {
    all: rows[0]?.passages ?? 0,
    guidance: rows[0]?.guidancePassages ?? 0,
    frequencies: new Map(rows.map((row) => [row.term, row])),
  };
}

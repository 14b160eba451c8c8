import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** A word of a text and the term it is found by. */
export interface Token {
  /** As written. */
  readonly word: string;
  /** Its stem, or the number of a clause or control in lower case. */
  readonly term: string;
}

/** Numbers of clauses and controls stand for themselves; everything else is a word. */
const WORD = /\b[A-D]\.\d+(?:\.\d+)*\b|\b\d+(?:\.\d+)+\b|[\p{L}\p{M}\p{N}]+/giu;
const NUMBERED = /^(?:[a-d]\.)?\d+(?:\.\d+)+$|^[a-d]\.\d+$/;

/** The AI management system; in small letters the word means what somebody aims at. */
const MANAGEMENT_SYSTEM = 'AIMS';

/** Words whose stems are remembered. The vocabulary of an organisation's documents is smaller. */
const MAX_REMEMBERED = 200_000;

/** Characters of a whole question that tell it from others; longer ones would not fit into the index. */
const MAX_WHOLE = 200;

/** What PostgreSQL said about a word: the same on every database. */
const stems = new Map<string, string | undefined>();

/**
 * The tokens of each text in their order, stop words left out. PostgreSQL stems and knows the stop words, so that a server and
 * the embedded database agree.
 */
export async function tokensOf(db: Db, texts: readonly string[]): Promise<Token[][]> {
  const words = texts.map((text) => [...text.normalize('NFKC').matchAll(WORD)].map(([word]) => word));
  await learn(db, new Set(words.flat().map((word) => word.toLowerCase())));
  return words.map((list) =>
    list.flatMap((word) => {
      const term = word === MANAGEMENT_SYSTEM ? 'aims' : stems.get(word.toLowerCase());
      return term === undefined ? [] : [{ word, term }];
    }),
  );
}

async function learn(db: Db, words: ReadonlySet<string>): Promise<void> {
  if (stems.size > MAX_REMEMBERED) stems.clear();
  const unknown = [...words].filter((word) => !stems.has(word));
  if (unknown.length === 0) return;
  const { rows } = await sql<{ word: string; stems: string[] | null }>`
    select word, ts_lexize('english_stem', word) as stems from unnest(${unknown}::text[]) as word`.execute(db);
  for (const row of rows) stems.set(row.word, NUMBERED.test(row.word) ? asControl(row.word) : row.stems?.[0]);
}

/** Annex B's guidance has the number of the control it belongs to, and stands on the control's page. */
function asControl(number: string): string {
  return number.replace(/^b\./, 'a.');
}

export function isNumber(term: string): boolean {
  return NUMBERED.test(term);
}

/** Pairs of adjacent terms. */
export function bigrams(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, index) => `${terms[index]} ${term}`);
}

/** Stop words that tell what is asked of the same subject. */
const ASKED = /\b(?:who|whose|whom|when|where|why|how)\b/i;

/**
 * The term by which a question is found as a whole; none where it has no words. It is no word that anybody can type.
 *
 * @param terms those of the question
 */
export function wholeQuestion(question: string, terms: readonly string[]): string[] {
  if (terms.length === 0) return [];
  const asked = ASKED.exec(question)?.[0].toLowerCase() ?? '';
  return [`${asked}=${terms.join(' ')}`.slice(0, MAX_WHOLE)];
}

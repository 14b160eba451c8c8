import { distance } from 'fastest-levenshtein';
import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { type Corpus, vocabularyOf } from './corpus.ts';
import { isNumber, type Token } from './terms.ts';

/** Words shorter than this are not corrected: too many others are near. */
const MIN_LENGTH = 4;

/** Endings that stemming takes off. A word with a slip in its ending keeps it, so it is compared with stems that have one. */
const ENDINGS = ['', 's', 'ed', 'ing', 'er', 'ion', 'ment', 'ence', 'ity', 'e'];

/**
 * Replaces words that stand nowhere in a corpus by the nearest one that does, where there is one a slip of the fingers away. What
 * people mistype in their files is no word of the guidance; a word of the guidance is none that is mistyped.
 */
export async function correctSpelling(db: Db, tokens: readonly Token[], corpus: Corpus): Promise<Token[]> {
  const suspects = tokens.filter(({ term }) => term.length >= MIN_LENGTH && !isNumber(term)).map(({ term }) => term);
  if (suspects.length === 0) return [...tokens];
  const { rows } = await sql<{ term: string }>`
    select term from unnest(${suspects}::text[]) as suspect (term)
    where not exists (select from vocabulary where vocabulary.term = suspect.term)
      and not exists (select from ${vocabularyOf(corpus)} as known where known.term = suspect.term)`.execute(db);
  const corrections = new Map<string, string>();
  for (const { term } of rows) {
    const correction = await nearest(db, term, corpus);
    if (correction) corrections.set(term, correction);
  }
  return tokens.map((token) => ({ ...token, term: corrections.get(token.term) ?? token.term }));
}

/** People mistype the beginning of a word last, so only words with the same two letters there are compared. */
async function nearest(db: Db, term: string, corpus: Corpus): Promise<string | undefined> {
  const start = term.slice(0, 2);
  const { rows } = await sql<{ term: string; frequency: number }>`
    select term, frequency from ${vocabularyOf(corpus)}
    where term >= ${start} and term < ${`${start}\u{10ffff}`} and strpos(term, ' ') = 0
      and length(term) between ${term.length - 5} and ${term.length + 2}`.execute(db);
  const [best] = rows
    .map((row) => ({ ...row, slips: Math.min(...ENDINGS.map((ending) => slipsBetween(term, row.term + ending))) }))
    .filter(({ slips }) => slips <= (term.length >= 8 ? 2 : 1))
    .sort((a, b) => a.slips - b.slips || b.frequency - a.frequency);
  return best?.term;
}

/** Edits between two words; two letters in the wrong order are one slip. */
function slipsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && [...a].sort().join() === [...b].sort().join() ? 1 : edits;
}

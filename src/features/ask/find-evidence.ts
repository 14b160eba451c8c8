import { plainText } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { Reading } from '../../records/evidence/read-evidence.ts';
import { type EvidencePassage, isStale, searchEvidence } from '../../records/evidence/search-evidence.ts';
import type { Query } from '../../retrieval/query.ts';
import { searchWithin } from '../../retrieval/search-within.ts';
import { type Token, tokensOf } from '../../retrieval/terms.ts';
import type { Vectors } from '../../retrieval/vectors.ts';

/** A passage of evidence, held against a question sentence by sentence. */
export interface Testimony {
  readonly passage: EvidencePassage;
  /** The sentence that fits best, and what follows it. Plain text. */
  readonly said: string;
  /**
   * The share of the question, by worth of its words, that stands in that sentence, or in the title or headings above it: 0 to 1.
   * What stands elsewhere in the passage counts less.
   */
  readonly share: number;
  /** The same share of the title and headings alone. */
  readonly titleShare: number;
}

export interface OwnEvidence {
  /** The best first, one for each document. */
  readonly testimonies: readonly Testimony[];
  /** Different words in the question that tell something. */
  readonly words: number;
}

/** Passages that are looked at closely. */
const PASSAGES = 30;

/** Sentences that are said of one passage. */
const MAX_SENTENCES = 3;

/** What the share of a question that stands in a whole passage counts beside one in a single sentence. */
const IN_PASSAGE = 0.85;

/** Words of a sentence that are taken together. */
const MAX_WORDS = 30;

/** Of sentences under one title that fit alike, the one that says it itself goes first, or the one with a date where that is asked. */
const OWN_WORDS = 0.2;
const DATED = 0.2;

/** The same, of one document that is meant. */
const MAX_WITHIN = 100;

/** Asks something of what is told, and is told nowhere. */
const ASKING =
  /\bEV-\d+\b|\b(last|next|latest|most recent(ly)?|recently|ever|yet|already|so far|how (many|much|often|long)|find|found|according to|as (stated|written|set) in|does|says?|tells?)\b/gi;

const ASKS_WHEN = /^\W*(when|since when|on which day|what date)\b/i;

const SENTENCE_END = /(?<=[.!?]["”)]?)\s+|\n+/;

/**
 * Finds what the organisation's evidence says on a question, among what everybody in the audience may see. Search brings what is
 * near; an answer is only what has the question's own words beside each other: thousands of documents have something near.
 *
 * @param within the key of the document that is meant, where one is
 */
export async function findEvidence(
  db: Db,
  question: string,
  reading: Reading,
  vectors: Vectors | undefined,
  within?: string,
): Promise<OwnEvidence> {
  const asked = question.replace(ASKING, ' ');
  const { passages, query } = await searchEvidence(db, asked, reading, PASSAGES, vectors);
  const near = within ? await passagesOf(db, within, asked, reading) : passages;
  const [names, above, sentences] = await readWords(db, asked, near);
  const testimonies = near.map((passage, index) => {
    const known = new Set(above[index]?.map(({ term }) => term));
    const whole = new Set([
      ...known,
      ...(sentences[index] ?? []).flatMap(({ tokens }) => tokens.map(({ term }) => term)),
    ]);
    const isNamedIn = (words: ReadonlySet<string>) => names.every((name) => words.has(name));
    const inPassage = isNamedIn(whole) ? IN_PASSAGE * shareOf(query, whole) : 0;
    const read = (sentences[index] ?? []).map(({ text, tokens }, position) => {
      const own = new Set(tokens.map(({ term }) => term));
      const here = new Set([...known, ...own]);
      const share = isNamedIn(here) ? shareOf(query, here) : 0;
      const isDated = ASKS_WHEN.test(question) && /\d/.test(text) ? DATED : 0;
      return { position, share, worth: share + OWN_WORDS * shareOf(query, own) + isDated };
    });
    const best = read.toSorted((a, b) => b.worth - a.worth)[0];
    const texts = (sentences[index] ?? []).map(({ text }) => text);
    const from = best?.position ?? 0;
    const titleShare = shareOf(query, known);
    return {
      passage,
      share: Math.max(best?.share ?? 0, inPassage),
      titleShare,
      said: texts.slice(from, from + MAX_SENTENCES).join(' '),
    };
  });
  const best = testimonies.sort((a, b) => b.share - a.share || b.passage.score - a.passage.score);
  const documents = [...Map.groupBy(best, ({ passage }) => passage.documentKey).values()];
  return { testimonies: documents.flatMap(([first]) => first ?? []), words: query.words };
}

/** The names in the question, and the words of each passage: above it, and sentence by sentence. */
async function readWords(db: Db, question: string, passages: readonly EvidencePassage[]) {
  const texts = passages.map(({ body }) => plainText(body).split(SENTENCE_END).flatMap(inParts));
  const headings = passages.map(({ documentKey, title, headingPath }) => `${documentKey} ${title} ${headingPath}`);
  const [named = [], ...read] = await tokensOf(db, [namesIn(question), ...headings, ...texts.flat()]);
  let next = passages.length;
  const sentences = texts.map((list) => list.map((text) => ({ text, tokens: read[next++] ?? [] })));
  return [named.map(({ term }) => term), read.slice(0, passages.length) as Token[][], sentences] as const;
}

/** A sentence, in parts of which each is about one thing: what has no full stops, such as a table, is no single sentence. */
function inParts(sentence: string): string[] {
  const words = sentence.split(/\s+/).filter(Boolean);
  const parts = Math.ceil(words.length / MAX_WORDS);
  return Array.from({ length: parts }, (_, part) => words.slice(part * MAX_WORDS, (part + 1) * MAX_WORDS).join(' '));
}

/** What is named or numbered within a sentence: all of it has to stand in what answers. */
export function namesIn(question: string): string {
  return [
    ...question.matchAll(/(?<=[\p{L}\p{N},;'’)]\s+)(?:\p{Lu}\p{Ll}[\p{L}\p{N}]*|\p{Lu}{4,}(?:-\p{Lu}+)*|\d+\b)/gu),
  ]
    .map(([name]) => name)
    .join(' ');
}

function shareOf({ terms, total }: Query, here: ReadonlySet<string>): number {
  const worth = terms.filter(({ term, isWord }) => isWord && here.has(term)).reduce((sum, one) => sum + one.worth, 0);
  return total === 0 ? 0 : worth / total;
}

async function passagesOf(db: Db, key: string, question: string, { audience, today }: Reading) {
  const passages = (await searchWithin(db, [key], question, audience)).get(key) ?? [];
  return passages
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MAX_WITHIN)
    .map((passage) => ({ ...passage, isStale: isStale(passage, today) }));
}

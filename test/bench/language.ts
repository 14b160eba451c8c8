import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';

const RUNS_PER_PASSAGE = 4;
const WORDS_PER_RUN = 15;

/** Repeatable random numbers: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const random = randomNumbers(42_001);
export const oneOf = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;

/**
 * Texts are runs of words from random places in the guidance, so that words and pairs of words are as frequent as there; a
 * made-up name out of 50,000, drawn by Zipf's law, stands between them, so that the vocabulary grows with the texts. Questions
 * are phrasings from the guidance: what a person would ask.
 */
export async function readLanguage(questions: number) {
  const pages = (await loadGuidance(KNOWLEDGE_FOLDER)).map(({ page }) => page);
  const passages = pages.flatMap((page) => page.passages);
  const words = passages.flatMap(({ body }) => body.match(/[\p{L}\p{N}]+/gu) ?? []);
  const run = () => {
    const start = Math.floor(random() * words.length);
    return [...words.slice(start, start + WORDS_PER_RUN), `name${Math.floor(50_000 ** random())}`].join(' ');
  };
  const text = () => Array.from({ length: RUNS_PER_PASSAGE }, run).join(' ');
  const phrasings = passages.flatMap((passage) => passage.phrasings ?? []);
  return { text, questions: Array.from({ length: questions }, () => oneOf(phrasings)) };
}

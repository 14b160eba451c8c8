import { literally, plainText } from '../../chat/text.ts';
import { claimsIn, leadsOutside } from './facts.ts';
import { type Sentence, splitSentences } from './split-sentences.ts';
import { bearsOut, type Wording } from './wording.ts';

/** Sentences of a written answer at most. */
const MAX_SENTENCES = 6;

/** A sentence that leads into a list and cites nothing is no longer than this, in characters. */
const MAX_LEAD_IN = 160;

const MARK = /\s*\[(\d[\d,\s]*)\]/g;

/** What is left of a model's answer. */
export interface CheckedAnswer {
  /** Markdown with citation marks `[1]`, counted as in `sources`. */
  readonly text: string;
  /** Of each cited document the passage that is cited first, by its index in what the model was given; in order of citation. */
  readonly sources: readonly number[];
  /** Sentences that passed, and those that did not. */
  readonly passed: number;
  readonly failed: number;
}

/** The passages that a model was given, in the order of their numbers. */
export type Sources = readonly {
  readonly document: string;
  /** What the passage vouches for; see `factsIn`. */
  readonly facts: ReadonlySet<string>;
  /** What it says; undefined where it is not in English. */
  readonly wording: Wording | undefined;
}[];

/**
 * The passages, from 0, that a sentence cites; undefined where it may not be shown. Addresses never are. A sentence in another language than its
 * passages is checked by its numbers, ids and citations alone.
 *
 * @param language that of the question, in which numbers may be spelt out
 * @param isEnglish whether the sentence is, so that it can be held against the words of English passages
 */
export function checkSentence(
  sentence: string,
  sources: Sources,
  language: string,
  isEnglish = (_sentence: string): boolean => language === 'en',
): readonly number[] | undefined {
  const cited = citationsIn(sentence);
  if (!/\p{L}/u.test(sentence) || cited.length === 0 || cited.some((index) => sources[index] === undefined))
    return undefined;
  if (leadsOutside(sentence)) return undefined;
  return isVouchedFor(sentence, cited, sources, language, isEnglish) ? cited : undefined;
}

/**
 * Lets the sentences through that pass `checkSentence`, and what leads into a list of which an item passed.
 *
 * @param isWhole false while the answer is being written: then its last sentence is left out
 */
export function checkAnswer(
  answer: string,
  sources: Sources,
  language: string,
  isWhole = true,
  isEnglish = (_sentence: string): boolean => language === 'en',
): CheckedAnswer {
  const sentences = splitSentences(answer, language).slice(0, isWhole ? undefined : -1);
  const kept: { readonly sentence: Sentence; readonly cited: readonly number[] }[] = [];
  let leadIn: Sentence | undefined;
  let passed = 0;
  let failed = 0;
  for (const [index, sentence] of sentences.entries()) {
    if (passed === MAX_SENTENCES) break;
    if (isLeadIn(sentence, sentences[index + 1], isWhole)) {
      leadIn = sentence;
      continue;
    }
    if (!sentence.isItem) leadIn = undefined;
    const cited = checkSentence(sentence.text, sources, language, isEnglish);
    if (!cited) {
      failed++;
      continue;
    }
    // With the first item that passes comes what leads into the list, if that item's sources vouch for it.
    if (leadIn && isVouchedFor(leadIn.text, cited, sources, language, isEnglish))
      kept.push({ sentence: leadIn, cited: [] });
    leadIn = undefined;
    kept.push({ sentence, cited });
    passed++;
  }
  const documentOf = (index: number) => sources[index]?.document;
  const first = new Map<string | undefined, number>();
  for (const index of kept.flatMap(({ cited }) => cited)) {
    if (!first.has(documentOf(index))) first.set(documentOf(index), index);
  }
  const order = [...first.keys()];
  const marked = kept.map(({ sentence, cited }) => ({
    sentence,
    marks: [...new Set(cited.map((index) => order.indexOf(documentOf(index)) + 1))],
  }));
  return { text: render(marked), sources: [...first.values()], passed, failed };
}

function citationsIn(sentence: string): number[] {
  const numbers = [...sentence.matchAll(MARK)].flatMap(([, list = '']) => list.split(/[,\s]+/).filter(Boolean));
  return [...new Set(numbers.map((number) => Number(number) - 1))];
}

function isVouchedFor(
  sentence: string,
  cited: readonly number[],
  sources: Sources,
  language: string,
  isEnglish: (sentence: string) => boolean,
): boolean {
  const words = sentence.replace(MARK, '');
  const passages = cited.flatMap((index) => sources[index] ?? []);
  const wordings = passages.flatMap(({ wording }) => wording ?? []);
  const claims = [...claimsIn(words, language)];
  return (
    claims.every((claim) => passages.some(({ facts }) => facts.has(claim))) &&
    (!isEnglish(words) || wordings.length < passages.length || bearsOut(words, wordings))
  );
}

function isLeadIn({ text, isItem }: Sentence, next: Sentence | undefined, isWhole: boolean): boolean {
  if (isItem || !/[:：]$/.test(text) || text.length > MAX_LEAD_IN || citationsIn(text).length > 0) return false;
  return next ? next.isItem : !isWhole;
}

function render(kept: readonly { readonly sentence: Sentence; readonly marks: readonly number[] }[]): string {
  let text = '';
  let before: Sentence | undefined;
  for (const { sentence, marks } of kept) {
    const isNewLine = sentence.line !== before?.line;
    if (before) text += isNewLine ? (sentence.isItem && before.isItem ? '\n' : '\n\n') : ' ';
    text += `${isNewLine && sentence.isItem ? '- ' : ''}${withMarks(sentence.text, marks)}`;
    before = sentence;
  }
  return text;
}

/** A model's words are shown as they stand. Only the marks are ours. */
function withMarks(sentence: string, marks: readonly number[]): string {
  const words = plainText(sentence.replace(MARK, '')).replace(/\s+/g, ' ');
  const [, body = words, stop = ''] = /^(.*?)([.!?…。！？:：]?)$/su.exec(words) ?? [];
  const citation = marks.map((mark) => `[${mark}]`).join('');
  return `${literally(body)}${citation && ` ${citation}`}${literally(stop)}`;
}

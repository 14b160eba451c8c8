import { randomBytes } from 'node:crypto';
import { toCardinal } from 'n2words/en-GB';
import { ModelFailure } from '../../models/failure.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { Prompt } from '../../models/prompts.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import type { KpiLine, Situation } from '../../records/digest/situation.ts';
import { changeInWords, valueInWords } from '../kpi-words.ts';
import type { Headline } from './headline.ts';
import { days, daysBetween } from './words.ts';

export interface HeadlineWriterParts {
  readonly model: LanguageModel;
  readonly prompt: Prompt;
  /** How long the model may take, in milliseconds. */
  readonly patience: number;
}

/** Characters of what a model says at most. */
const MAX_HEADLINE = 160;
const MAX_COMMENT = 400;

/** Has a language model write the head of a digest. It is given figures and keys, no names and no texts of people. */
export function headlineWriter({ model, prompt, patience }: HeadlineWriterParts) {
  return async (situation: Situation): Promise<Headline | undefined> => {
    const figures = figuresOf(situation);
    const fence = `=== ${randomBytes(12).toString('base64url')} ===`;
    try {
      const written = await model.write(prompt, { fence, figures }, AbortSignal.timeout(patience));
      return checkedHeadline(written, situation);
    } catch (thrown) {
      if (thrown instanceof ModelFailure) return undefined;
      throw thrown;
    }
  };
}

/** What a model may speak of, one fact a line. */
export function figuresOf(situation: Situation): string {
  const { kpis, decisions, overdue, systems, lapsing, questions, dates, day } = situation;
  const waiting = decisions.first.map(({ id, since }) => `${systemKey(id)} for ${days(daysBetween(since, day))}`);
  const [longest] = overdue.first.map(({ dueOn }) => daysBetween(dueOn, day)).sort((a, b) => b - a);
  return [
    ...kpis.map(kpiFigure),
    `Decisions that wait: ${decisions.total}${waiting.length > 0 ? ` (${waiting.join(', ')})` : ''}`,
    `Late action items: ${overdue.total}${longest === undefined ? '' : `, the longest for ${days(longest)}`}`,
    `AI systems: ${systems.added.total} new, ${systems.changed.total} changed, ${systems.retired.total} retired`,
    `Items of evidence that lapse within 14 days: ${lapsing.total}`,
    `Questions without an answer: ${questions.total}`,
    `Dates within 14 days: ${dates.total}`,
  ].join('\n');
}

function kpiFigure({ name, unit, value, target, change, isMet, isBetter }: KpiLine): string {
  if (value === null) return `${name}: not measured yet`;
  const parts = [
    valueInWords(unit, value),
    target === null ? '' : `target ${valueInWords(unit, target)}${isMet === false ? ', missed' : ''}`,
    change === null ? '' : `${changeInWords(unit, change)} since last week`,
    isBetter === null ? '' : isBetter ? 'better' : 'worse',
  ];
  return `${name}: ${parts.filter(Boolean).join(', ')}`;
}

/**
 * Lets through what holds against the figures: every key stands in them and every number in one that is about the same, and
 * nothing gets better or worse that they say does not.
 *
 * @returns undefined where the headline does not; a comment that does not is left out
 */
export function checkedHeadline(written: string, situation: Situation): Headline | undefined {
  const [headline = '', ...rest] = written
    .trim()
    .split(/\n+/)
    .map((line) => line.trim());
  if (headline.length > MAX_HEADLINE || sentencesIn(headline).length !== 1 || !holds(headline, situation)) {
    return undefined;
  }
  const comment = sentencesIn(rest.join(' '))
    .slice(0, 2)
    .filter((sentence) => holds(sentence, situation))
    .join(' ');
  return { headline, comment: comment !== '' && comment.length <= MAX_COMMENT ? comment : undefined };
}

function sentencesIn(text: string): string[] {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text);
  return [...segments].map(({ segment }) => segment.trim()).filter(Boolean);
}

const NUMBER = /[+-]?\d+(?:[.,]\d+)*/g;
const KEY = /\b[A-Z]{2,4}-\d+\b/g;
const FORBIDDEN = /[<>[\]{}*_`#|!]|https?:|www\.|@/i;
const BETTER = /\b(?:improv\w+|better|ros[e]|ris(?:es|ing)|up|gain\w*|recover\w*|climb\w*|grew|grow\w*|increas\w+)\b/i;
const WORSE = /\b(?:slip\w*|worse\w*|f[ae]ll(?:s|ing|en)?|declin\w+|drop\w*|down|deteriorat\w+|decreas\w+)\b/i;

/** English words of the numbers from two on; `one` is mostly no number. */
const NUMBER_WORDS = new Map(Array.from({ length: 98 }, (_, index) => [toCardinal(index + 2), String(index + 2)]));

function holds(sentence: string, situation: Situation): boolean {
  if (FORBIDDEN.test(sentence)) return false;
  const figures = figuresOf(situation).split('\n');
  const keys = new Set(figures.flatMap((figure) => figure.match(KEY) ?? []));
  if ((sentence.match(KEY) ?? []).some((key) => !keys.has(key))) return false;
  const said = subjectsIn(sentence);
  const numbers = new Set(
    figures.filter((figure) => subjectsIn(figure).some((subject) => said.includes(subject))).flatMap(numbersIn),
  );
  if (numbersIn(sentence).some((number) => !numbers.has(number))) return false;
  return isRightWay(sentence, situation);
}

/** The keys in a text and the beginnings of its longer words: what it may be about. */
function subjectsIn(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  return [...(text.match(KEY) ?? []), ...words.map((word) => word.slice(0, 6))];
}

/** The numbers in a text, without their signs; those of keys are no numbers. */
function numbersIn(text: string): string[] {
  const plain = text.replace(KEY, ' ');
  const digits = (plain.match(NUMBER) ?? []).map((number) => number.replace(/^[+-]/, '').replaceAll(',', ''));
  const words = plain.toLowerCase().match(/[a-z]+(?:-[a-z]+)?/g) ?? [];
  return [...digits, ...words.flatMap((word) => NUMBER_WORDS.get(word) ?? [])];
}

/** Whether KPIs that are said to get better or worse do. */
function isRightWay(sentence: string, { kpis }: Situation): boolean {
  const [better, worse] = [BETTER.test(sentence), WORSE.test(sentence)];
  if (!better && !worse) return true;
  const named = kpis.filter(({ name }) => sentence.toLowerCase().includes(name.toLowerCase()));
  // Something else than a KPI that is named has no direction in the figures.
  if (named.length === 0) return false;
  const ways = new Set(named.map(({ isBetter }) => isBetter));
  return (!better || ways.has(true)) && (!worse || ways.has(false));
}

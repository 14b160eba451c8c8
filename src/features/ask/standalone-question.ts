import type { LanguageModel } from '../../models/language-model.ts';
import type { Spent } from '../../models/model-use.ts';
import type { Prompt } from '../../models/prompts.ts';
import { newFence, threadAsText } from './fence.ts';
import { namesItsSubject } from './readings.ts';
import type { ThreadMessage } from './thread.ts';

/** A search question that is longer than this is none, in characters. */
const MAX_LENGTH = 400;

/** Ways to go on with what was said before. */
const GOING_ON = /^\s*(?:and|but|so|then|or|also|why|ok|okay|what (?:about|if|else)|how (?:about|come))\b/i;

/** Words that stand for something that was said before. */
const POINTING =
  /\b(?:it|its|they|them|their|that|this|these|those|there|he|she|one|ones|same|above|previous|former|latter|second|third|afterwards)\b/i;

/** Whether an English question is understood only with what was said before it. */
export function leansOnThread(question: string): boolean {
  return GOING_ON.test(question) || pointsBack(question) || !namesItsSubject(question);
}

/** Whether a question has a word in the place of something that was said before. */
export function pointsBack(question: string): boolean {
  return POINTING.test(question);
}

/** The longest question, in words, that is taken to follow on what was said before though it shows nothing of it. */
const SHORT = 9;

/** Whether an English question may follow on what was said before it. */
export function mayFollowOn(question: string): boolean {
  return leansOnThread(question) || isShort(question);
}

export function isShort(question: string): boolean {
  return question.trim().split(/\s+/).length <= SHORT;
}

/**
 * Makes a question into one that search can work with.
 *
 * @returns the question itself where the model wrote something else than a question
 * @throws ModelFailure
 */
export async function standaloneQuestion(
  model: LanguageModel,
  prompt: Prompt,
  question: string,
  thread: readonly ThreadMessage[],
  deadline: AbortSignal,
  onSpent: (spent: Spent) => void,
): Promise<string> {
  const values = { fence: newFence(), thread: threadAsText(thread), question };
  const written = (await model.write(prompt, values, deadline, { onSpent })).trim().replace(/^["'“]|["'”]$/g, '');
  return written.length <= MAX_LENGTH && !written.includes('\n') ? written : question;
}

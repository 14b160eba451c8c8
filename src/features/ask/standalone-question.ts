import type { LanguageModel } from '../../models/language-model.ts';
import type { Prompt } from '../../models/prompts.ts';
import { newFence, threadAsText } from './fence.ts';
import { namesItsSubject } from './readings.ts';
import type { ThreadMessage } from './thread.ts';

/** A search question that is longer than this is none, in characters. */
const MAX_LENGTH = 400;

/** Words that lean on what was said before. */
const LEANING =
  /^\s*(?:and|but|so|then|or|also|why|ok|okay|what (?:about|if|else)|how (?:about|come))\b|\b(?:it|its|they|them|their|that|this|these|those|there|he|she|one|ones|same|above|previous|former|latter|second|third)\b/i;

/** Whether an English question is understood only with what was said before it. */
export function leansOnThread(question: string): boolean {
  return LEANING.test(question) || !namesItsSubject(question);
}

/** The longest follow-up, in words, that is taken to leave its topic out. */
const SHORT = 9;

/** Whether a question needs what was spoken of before put behind it, where no model can rewrite it. */
export function leavesOutTopic(question: string): boolean {
  return question.trim().split(/\s+/).length <= SHORT && leansOnThread(question);
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
): Promise<string> {
  const values = { fence: newFence(), thread: threadAsText(thread), question };
  const written = (await model.write(prompt, values, deadline)).trim().replace(/^["'“]|["'”]$/g, '');
  return written.length <= MAX_LENGTH && !written.includes('\n') ? written : question;
}

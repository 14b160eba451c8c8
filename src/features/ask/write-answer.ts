import type { LanguageModel } from '../../models/language-model.ts';
import type { Spent } from '../../models/model-use.ts';
import type { Prompt } from '../../models/prompts.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { checkAnswer } from './check-sentence.ts';
import { factsIn } from './facts.ts';
import { fenced, newFence, threadAsText } from './fence.ts';
import type { LanguageDetector } from './language.ts';
import type { ThreadMessage } from './thread.ts';
import { wordingOf } from './wording.ts';

/** Passages that a model reads for one answer. */
const MAX_PASSAGES = 8;

/** The share of its sentences that has to pass, so that what is left is an answer. */
const MIN_PASSED = 0.5;

/** What became of a written answer. */
export type Written =
  | {
      readonly kind: 'written';
      /** Markdown with citation marks `[1]`, counted as in `sources`. */
      readonly text: string;
      readonly sources: readonly Passage[];
      readonly model: string;
      readonly promptVersion: string;
    }
  /** The model says that the passages do not answer the question. */
  | { readonly kind: 'not-found' }
  /** The answer is to be extracted. `because` is the beginning of a sentence: "The model did not answer in time". */
  | { readonly kind: 'not-written'; readonly because: string };

export interface WritingTask {
  readonly question: string;
  readonly thread: readonly ThreadMessage[];
  /** The best first. All of them may be sent to the model. */
  readonly passages: readonly Passage[];
  readonly deadline: AbortSignal;
  /** Told of the checked text so far, in Markdown. */
  readonly showDraft: (markdown: string) => void;
  readonly onSpent: (spent: Spent) => void;
}

/**
 * Has a model write an answer, and lets through what its sources vouch for, sentence by sentence.
 *
 * @throws ModelFailure
 */
export async function writeAnswer(
  model: LanguageModel,
  prompt: Prompt,
  languages: LanguageDetector,
  { question, thread, passages, deadline, showDraft, onSpent }: WritingTask,
): Promise<Written> {
  const given = passages.slice(0, MAX_PASSAGES);
  const language = languages.languageOf(question);
  const read = given.map((passage) => ({
    document: passage.documentKey,
    facts: factsIn(textOf(passage), language),
    wording: languages.languageOf(passage.body) === 'en' ? wordingOf(passage) : undefined,
  }));
  const fence = newFence();
  const values = {
    fence,
    passages: given.map((passage, index) => `[${index + 1}]\n${fenced(fence, textOf(passage))}`).join('\n\n'),
    thread: threadAsText(thread),
    question,
  };
  const isEnglish = (sentence: string) => languages.isEnglish(sentence, question);
  let shown = '';
  const onText = (soFar: string) => {
    const { text } = checkAnswer(soFar, read, language, false, isEnglish);
    if (text.length <= shown.length || !languages.isReadable(soFar, question)) return;
    shown = text;
    showDraft(text);
  };
  const whole = await model.write(prompt, values, deadline, { onText, onSpent });
  if (/^\W*NOT FOUND\b/.test(whole)) return { kind: 'not-found' };
  if (!languages.isReadable(whole, question)) {
    return { kind: 'not-written', because: 'The model answered in another language' };
  }
  const { text, sources: cited, passed, failed } = checkAnswer(whole, read, language, true, isEnglish);
  if (passed === 0 || passed / (passed + failed) < MIN_PASSED) {
    return { kind: 'not-written', because: 'The sources do not bear out what the model wrote' };
  }
  const sources = cited.flatMap((index) => given[index] ?? []);
  return { kind: 'written', text, sources, model: model.name, promptVersion: `${prompt.id} ${prompt.version}` };
}

/** A passage as the model reads it, and as sentences are held against it. */
function textOf({ documentKey, title, headingPath, body }: Passage): string {
  return `${documentKey} ${title}\n${headingPath}\n\n${body}`;
}

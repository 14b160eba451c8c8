import { literally } from '../../chat/text.ts';
import type { Answer } from './answer.ts';

interface Nearest {
  readonly key: string;
  readonly title: string;
}

/** An answer that declines, in these words. */
export function declined(text: string): Answer {
  return {
    declined: true,
    clarify: false,
    text,
    citations: [],
    nearest: undefined,
    worthPassingOn: false,
    model: null,
    promptVersion: null,
  };
}

/**
 * Nothing was found that fits.
 *
 * @param nearest the document that comes closest
 * @param because what kept a model from making the question into one for the search; see `Written`
 */
export function nothingFound(nearest: Nearest | undefined, because?: string): Answer {
  const failure = because ? `${because}, so I searched with your own words. ` : '';
  const nothing = `${failure}I have nothing on that, neither in the guidance nor in the evidence you may see.`;
  return withNearest(declined(nothing), nearest);
}

/** Names the document that comes closest, and lets the question be passed on. */
export function withNearest(answer: Answer, nearest: Nearest | undefined): Answer {
  const closest = nearest ? ` Closest: ${literally(nearest.title)} (${nearest.key}).` : '';
  return {
    ...answer,
    text: `${answer.text}${closest}`,
    nearest: nearest && { id: nearest.key, title: nearest.title },
    worthPassingOn: true,
  };
}

/** Sets a wrong number right before anything else is said. */
export function noSuchNumber(numbers: readonly string[]): string {
  const hasClause = numbers.some((number) => /^\d/.test(number));
  const range = hasClause ? 'Its requirements are clauses 4 to 10' : 'Annex A has 38 controls, from A.2.2 to A.10.4';
  return `There is no ${numbers.join(' and no ')} in ISO/IEC 42001:2023. ${range}; the number may belong to another standard, such as ISO/IEC 27001.`;
}

const NO_VERBATIM_TEXT =
  "I can't give you the standard's own text: it is copyrighted, and ISO and the national bodies sell it.";

/** Said before an answer to somebody who wanted the standard's own text. */
export const IN_OUR_WORDS = `${NO_VERBATIM_TEXT} In our words:`;

/** The same where no clause or control was named. */
export const NAME_A_PLACE = `${NO_VERBATIM_TEXT} Name a clause or control, and I say it in our words.`;

/** Words that nearly every English question has one of, and other languages have not. */
const ENGLISH =
  /\b(the|is|are|what|whats|who|how|does|we|our|to|of|and|for|can|must|when|why|which|it|my|you|with|there|any|this|that|if|somebody|someone|something|please|pls|next|same|need|needs|where|explain|tell|define|should|could|have|has|did)\b/i;

/** Whether a question is surely in a language that nobody here can read without a language model. */
export function isForeign(question: string): boolean {
  return question.trim().split(/\s+/).length > 2 && !ENGLISH.test(question);
}

export const ENGLISH_ONLY =
  'I have nothing on that, or I did not understand it: without a language model I read English only. Ask again in English, or ask ' +
  'your administrator for a language model.';

import type { Fit, FoundDocument } from '../../retrieval/search-documents.ts';
import type { NamedNumbers } from './numbers.ts';

/** A question of so few telling words can mean whatever fits about as well as the best. */
const FEW_WORDS = 1;
const AS_GOOD = 0.85;

/** More readings than these are no help. */
const MAX_READINGS = 4;

/** The longest question, in words, that is taken to point at something outside of itself. */
const SHORT = 9;

/** Words that ask something of a subject without naming one. */
const SUBJECTLESS = new Set(
  `a an the and or so is are was do does did can could may must should have has need we i you our us my me to for of in on with at by
  from it that this them those these they there one thing things stuff what whats which who how when where why often long much many
  take takes happens happen next step steps ok okay enough sufficient right allowed valid still apply applies difference different same
  deadline cost costs price proof evidence keep skip fill report review fix close done work works ready due late year every not dont
  if then now about like again also really please pls else other another say said tell know ask stricter better`.split(
    /\s+/,
  ),
);

/** Even a single word is plain enough for these: the page on it says what it is. */
const ASKS_WHAT_IT_IS = /^\s*(what('s| is| are)|what does .* mean|define|explain|meaning of)\b/i;

/** Points at something that only what was said before can tell. */
const DANGLING = [
  /\b(that|this|it|them|those|these|there|that one|this one|the other one)[\s?.!]*$/i,
  /^(is|are|does|do|did|can|may|must|was) (it|this|that|they|those|he|she)\b/i,
  /\bthe (thing|one|stuff)\b/i,
];

/** The documents of which one is meant, where the question does not say which; undefined where it is plain enough. */
export function readingsOf(
  question: string,
  named: NamedNumbers,
  documents: readonly FoundDocument[],
  fit: Fit | undefined,
): readonly FoundDocument[] | undefined {
  const [best] = documents;
  if (!best || named.invented.length > 0) return undefined;
  const [heading, ...otherHeadings] = named.headings;
  if (heading && otherHeadings.length === 0 && isAllPartsOf(named, heading)) {
    return fit && fit.words > named.places.length + FEW_WORDS
      ? undefined
      : documents.slice(0, Math.min(MAX_READINGS, named.places.length));
  }
  if (named.places.length > 0) return undefined;
  if (!namesItsSubject(question)) return documents.slice(0, MAX_READINGS - 1);
  if (!fit || fit.words > FEW_WORDS || ASKS_WHAT_IT_IS.test(question)) return undefined;
  const near = documents.filter(({ score }) => score >= best.score * AS_GOOD).slice(0, MAX_READINGS);
  return near.length > 1 ? near : undefined;
}

/** Whether a question can be understood by itself. */
export function namesItsSubject(question: string): boolean {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? [];
  if (words.every((word) => SUBJECTLESS.has(word.replace(/['’].*/, '')))) return false;
  return words.length > SHORT || !DANGLING.some((pattern) => pattern.test(question.trim()));
}

function isAllPartsOf({ places }: NamedNumbers, heading: string): boolean {
  return places.every(({ id }) => id.startsWith(`${heading}.`));
}

import type { Fit, FoundDocument } from '../../retrieval/search-documents.ts';
import { structure } from '../../standard/structure.ts';
import type { NamedNumbers } from './numbers.ts';

/** Words beside a number that still say nothing of what is asked about it. */
const FEW_WORDS = 1;

/**
 * A short question with so few words that can name its subject, and with so many words at all, can mean whatever fits this well
 * beside the best.
 */
const VAGUE = [
  { subject: 1, words: 7, fits: 0.85 },
  { subject: 2, words: 5, fits: 0.9 },
];

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
  if then now about like again also really please pls else other another say said tell know ask stricter better as well too don doesn
  didn isn aren wasn exactly good fine bad acceptable overdue send give get find look see us new system systems tool tools project model
  had happened made want wants already yet models bot chatbot something somebody someone anything question questions help going matter`.split(
    /\s+/,
  ),
);

/** Even a single word is plain enough for these: the page on it says what it is. */
const ASKS_WHAT_IT_IS = /^\s*(what(['’]?s| is| are)|what does .* mean|define|explain|meaning of)\b/i;

/** Sets two things side by side, names an annex, or speaks to Steward itself: all are plain enough. */
const IS_PLAIN = /\b(difference|differ|versus|vs|annex|you|your)\b/i;

/** Ends in a word that points at something said before. */
const POINTS_BACK =
  /\b(that|this|it|them|those|these|there|that one|this one|the other one)( (off|up|out|too|also|again|as well))?[\s?.!]*$/i;

/** Speaks of something that only what was said before can tell. */
const DANGLING = [
  /^(is|are|does|do|did|can|may|must|was) (it|this|that|they|those|he|she)\b(?! (true|ok|allowed|enough|possible|necessary|mandatory)\b.{8})/i,
  /^(it|that|this|they|those|these) (?!department|director|manager|security|team|people|policy)\w+/i,
  /\b(the|this|that) (thing|one|stuff)\b(?!.*:)|^(?!.*\bor\b).*\bwhich one\b|^(the )?same (as|for|with|in)\b/i,
  /\b(number|point|item) (one|two|three|four|five|\d)\b/i,
  // A figure is to be judged, and nobody knows of what.
  /\b\d+ ?(%|percent|points)?[\s\w]*[\s,]+(ok|okay|good|enough|fine|acceptable)[\s?.!]*$/i,
];

/** Ends the part of a question in which something is named that the next part may point at. */
const PART = /[.:;,?!–-]\s+|\s+(?:and|but)\s+/i;

/** Words that mean one of several matters as long as nothing says which. */
const MEANINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'assessment assessments': ['6.1.2', '6.1.4'],
    'review reviews': ['9.3.1', 'A.2.4', '8.2'],
    'documentation documents docs papers': ['7.5.1', 'A.6.2.7', 'A.8.2'],
    training: ['7.2', 'A.7.2', 'A.6.2.4'],
    'test tests testing': ['A.6.2.4', 'A.6.2.6', 'A.7.4'],
    'control controls': ['6.1.3', 'statement-of-applicability', 'annex-a'],
    'complaint complaints complained complains': ['A.8.3', 'A.3.3', '10.2'],
    'supplier suppliers vendor vendors': ['A.10.3', 'A.10.2', '8.1'],
    'customer customers client clients': ['A.10.4', 'A.8.2', '4.2'],
    'owner owners': ['5.3', 'A.3.2', 'residual-risk'],
    'approval approvals approved approve': ['A.6.2.5', '6.1.3', '7.5.2'],
    resources: ['7.1', 'A.4.2'],
    'objectives goals aims targets': ['6.2', 'A.6.1.2', 'A.9.3'],
    'policy policies': ['5.2', 'A.2.2', 'A.2.4'],
    'audit audits': ['9.2.2', 'certification-stages'],
    monitoring: ['9.1', 'A.6.2.6'],
    'incident incidents': ['A.8.4', '10.2'],
    'report reports reporting': ['A.3.3', 'A.8.3', 'A.8.5'],
    'roles responsibilities': ['5.3', 'A.3.2', 'A.10.2'],
    'risk risks': ['6.1.2', '6.1.3', '8.2'],
    impact: ['6.1.4', 'A.5.4', 'A.5.5'],
    data: ['A.7.2', 'A.7.4', 'A.4.3'],
    transparency: ['C.2.11', 'A.8.2', 'C.3.2'],
    'score scores': ['6.1.2', '9.1'],
    'change changes changed': ['6.3', '8.1', '8.2'],
    'plan plans': ['6.1.3', 'A.6.2.5', 'A.8.4'],
  }).flatMap(([words, keys]) => words.split(' ').map((word) => [word, keys] as const)),
);

/** A role has one meaning in the standard and another one in the EU AI Act. */
const ASKS_FOR_ROLE = /\b(are|am) (we|i) (an? )?(provider|deployer|user|distributor|importer)s?[\s?.!]*$/i;
const ROLES = ['which-role-are-we', 'ai-provider', 'ai-customer', 'eu-ai-act'];

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
  const [place] = named.places;
  const twins = controlsOfSameNumber(question, named);
  if (place && twins.length > 0) return atLeastTwo(keyed(documents, [place.id, ...twins]).slice(0, MAX_READINGS));
  if (place) return undefined;
  if (!namesItsSubject(question)) return documents.slice(0, MAX_READINGS - 1);
  if (ASKS_FOR_ROLE.test(question)) return atLeastTwo(keyed(documents, ROLES));
  const subject = subjectWords(question);
  const meanings = subject.length === 1 && !ASKS_WHAT_IT_IS.test(question) && MEANINGS.get(subject[0] ?? '');
  if (meanings) return atLeastTwo(keyed(documents, meanings));
  if (ASKS_WHAT_IT_IS.test(question) || IS_PLAIN.test(question)) return undefined;
  const words = question.trim().split(/\s+/).length;
  const vague = VAGUE.find((kind) => subject.length <= kind.subject && words <= kind.words);
  return vague && atLeastTwo(documents.filter(({ score }) => score >= best.score * vague.fits).slice(0, MAX_READINGS));
}

/** Whether a question can be understood by itself. */
export function namesItsSubject(question: string): boolean {
  if (subjectWords(question).length === 0) return false;
  const text = question.trim();
  if (text.split(/\s+/).length > SHORT) return true;
  const [last = '', ...before] = text.split(PART).toReversed();
  const pointsBack = POINTS_BACK.test(last) && before.every((part) => subjectWords(part).length === 0);
  return !pointsBack && !DANGLING.some((pattern) => pattern.test(text));
}

/** The different words of a question that can name its subject. */
function subjectWords(question: string): string[] {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? [];
  return [...new Set(words.map((word) => word.replace(/['’].*/, '')))].filter((word) => !SUBJECTLESS.has(word));
}

/**
 * The controls that may be meant by a clause's number, that of one or that of their heading: nothing but the number says what a
 * question is about, and it is without a letter. None where the clause is meant.
 */
export function controlsOfSameNumber(question: string, { places }: NamedNumbers): string[] {
  const [place, ...others] = places;
  if (place?.kind !== 'clause' || others.length > 0 || /\b(clause|section|chapter|paragraph)/i.test(question))
    return [];
  if (subjectWords(question.replace(place.id, ' ')).length > 0) return [];
  return structure.controls.map(({ id }) => id).filter((id) => `${id}.`.startsWith(`A.${place.id}.`));
}

function keyed(documents: readonly FoundDocument[], keys: readonly string[]): FoundDocument[] {
  return documents.filter(({ key }) => keys.includes(key));
}

function atLeastTwo(documents: readonly FoundDocument[]): readonly FoundDocument[] | undefined {
  return documents.length > 1 ? documents : undefined;
}

function isAllPartsOf({ places }: NamedNumbers, heading: string): boolean {
  return places.every(({ id }) => id.startsWith(`${heading}.`));
}

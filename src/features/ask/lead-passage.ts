import type { Passage } from '../../retrieval/passage.ts';
import { sectionsFor } from '../../retrieval/question-kind.ts';
import type { FittingPassage, FoundDocument } from '../../retrieval/search-documents.ts';
import { wordsOf } from './shorten.ts';

/** How well a section serves as an answer to a question that did not ask for it. Those not named serve well. */
const SERVES: Readonly<Record<string, number>> = {
  'In short': 0.7,
  Why: 0.25,
  'What an auditor asks': 0.4,
  'Common mistakes': 0.35,
  'What to do': 0.9,
  Evidence: 0.8,
  Who: 0.75,
  'How often': 0.75,
};

/** An answer to another question misleads more than the page in short, so it has to hold this much of the question asked. */
const ENOUGH = 0.5;
const MISLEADING = 0.75;

/** "Yes" or "no" to a question that asked for neither. */
const OUT_OF_PLACE = 0.7;
const YES_OR_NO = /^(yes|no)\b/i;
const ASKS_YES_OR_NO =
  /(^|[.!?,:;] )(is|are|am|do|does|did|can|may|must|should|shall|will|would|could|has|have|need)(n't|nt)? |\b(true|right|ok|okay|enough|allowed|mandatory|correct)\s*\?*$/i;

/** What an answer to the same kind of question is worth, and one to a question of another kind. */
const SAME_KIND = 1.3;
const OTHER_KIND = 0.7;

/** The section of steps, where steps are asked for. */
const STEPS = 3;

/** Questions that begin alike are of one kind. */
const BEGINNINGS = [
  /\b(who|whose|whom)\b/i,
  /\b(how often|when|interval|frequency)\b/i,
  /\bhow long\b/i,
  /\bwhy\b/i,
  /(?<!-)\b(evidence|proof|prove)\b/i,
  /\bexamples?\b/i,
];

const FEW_PEOPLE =
  /\b(small|tiny|(only|just) (\d+|two|three|four|five|a few|a handful)( people| of us|$)|\d+ people)\b/i;
const FOR_FEW_PEOPLE = /\bsmall\b/i;

const ASKS_FOR_STEPS = /\b(steps?|check-?list|walk me through|step[- ]by[- ]step|to-?do list)\b/i;

/** Whether a passage answers the kind of question that is asked: by its section, or under `Answers` by its own question. */
export function isOfKind(question: string, { section, headingPath }: Passage): boolean {
  if (FEW_PEOPLE.test(question) && FOR_FEW_PEOPLE.test(headingPath)) return true;
  if (ASKS_FOR_STEPS.test(question)) return headingPath === 'What to do';
  if (section !== 'Answers') return sectionsFor(question).some((asked) => asked === section);
  return beginningOf(question)?.test(headingPath) ?? false;
}

function beginningOf(question: string): RegExp | undefined {
  return BEGINNINGS.find((pattern) => pattern.test(question));
}

/** Sections that are asked for by their kind alone: "what would you show for 4.1?", "9.3, how often?" */
const BY_KIND: readonly { readonly pattern: RegExp; readonly section: string }[] = [
  { pattern: /\b(who|whose)\b/i, section: 'Who' },
  { pattern: /\b(evidence|proof|prove|show|records?)\b/i, section: 'Evidence' },
  { pattern: /\b(how often|when|intervals?|frequency)\b/i, section: 'How often' },
  { pattern: /\bauditors?\b/i, section: 'What an auditor asks' },
  { pattern: /\b(mistakes?|pitfalls?|wrong)\b/i, section: 'Common mistakes' },
  { pattern: /\b(steps?|how (do|can|should|to))\b/i, section: 'What to do' },
  { pattern: /\b(why|point of)\b/i, section: 'Why' },
];

/** The section that a question asks for which names a place and nothing else; undefined where it asks what stands there. */
export function sectionAsked(question: string): string | undefined {
  return BY_KIND.find(({ pattern }) => pattern.test(question))?.section;
}

/** Whether steps are asked for, whatever else is. */
export function asksForSteps(question: string): boolean {
  return ASKS_FOR_STEPS.test(question);
}

/** Under `Answers`, the question that a passage answers. */
const OWN_QUESTION = /^Answers > (.*)$/;

/** Of the words of either question this share is common to both, where they are plainly the same; more of what is asked before a "no". */
const ALIKE = 0.5;
const MUCH_ALIKE = 0.7;

/** A passage with so much of the question may be read as an answer to it, if it is no "yes" or "no" to another one. */
const FITTING = 0.7;

/**
 * The question that a passage answers, where whoever asked could take it for an answer to another one: somebody who asks in own
 * words has to see what the "no" belongs to.
 */
export function questionAnswered(question: string, passage: FittingPassage): string | undefined {
  const { headingPath, isAsked, coverage, body } = passage;
  const own = OWN_QUESTION.exec(headingPath)?.[1];
  const isLeaning = LEANS_ON_QUESTION.test(body);
  if (own === undefined || isAsked || (coverage >= FITTING && !isLeaning)) return undefined;
  const [asked, answered] = [wordsOf(question), wordsOf(own)];
  const common = [...asked].filter((word) => answered.has(word)).length;
  const least = isLeaning ? asked.size * MUCH_ALIKE : Math.min(asked.size, answered.size) * ALIKE;
  return common > 0 && common >= least ? undefined : own;
}

/** Says little without the question before it. */
const LEANS_ON_QUESTION =
  /^(yes|no|not|usually|mostly|mainly|seldom|often|sometimes|perhaps|possibly|only|both|neither|at|in|because|as|if|where|before|after|for|by|it|they|you may)\b/i;

/** The passage of a document that answers best: it fits the question, and is of a kind that answers it. */
export function leadPassage(question: string, { passages }: FoundDocument): FittingPassage | undefined {
  return passages.toSorted((a, b) => worthOf(question, b) - worthOf(question, a))[0];
}

/** How well a passage answers: comparable among the passages of one search. */
export function worthOf(question: string, passage: FittingPassage): number {
  const { score, section, body, coverage } = passage;
  const isOpen = !ASKS_YES_OR_NO.test(question);
  return (
    score *
    kindFactor(question, passage) *
    (section === 'Answers' && coverage < ENOUGH ? MISLEADING : 1) *
    (isOpen && YES_OR_NO.test(body) ? OUT_OF_PLACE : 1) *
    (isTable(body) ? 0.8 : 1)
  );
}

function kindFactor(question: string, passage: FittingPassage): number {
  const { section } = passage;
  const isAnswer = section === 'Answers';
  if (!isOfKind(question, passage)) return isAnswer && beginningOf(question) ? OTHER_KIND : (SERVES[section] ?? 1);
  if (ASKS_FOR_STEPS.test(question)) return STEPS;
  return isAnswer ? SAME_KIND : 1;
}

function isTable(markdown: string): boolean {
  return /^\|/m.test(markdown);
}

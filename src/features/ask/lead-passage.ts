import { sectionsFor } from '../../retrieval/question-kind.ts';
import type { FittingPassage, FoundDocument } from '../../retrieval/search-documents.ts';

/** How well a section serves as an answer to a question that did not ask for it. Those not named serve well. */
const SERVES: Readonly<Record<string, number>> = {
  Why: 0.4,
  'What an auditor asks': 0.5,
  'Common mistakes': 0.45,
  'What to do': 0.9,
  Evidence: 0.8,
};

/** An answer to another question misleads more than the page in short, so it has to hold this much of the question asked. */
const ENOUGH = 0.5;
const MISLEADING = 0.6;

/** "Yes" or "no" to a question that asked for neither. */
const OUT_OF_PLACE = 0.7;
const YES_OR_NO = /^(yes|no)\b/i;
const ASKS_YES_OR_NO =
  /(^|[.!?,:;] )(is|are|am|do|does|did|can|may|must|should|shall|will|would|could|has|have|need)(n't|nt)? |\b(true|right|ok|okay|enough|allowed|mandatory|correct)\s*\?*$/i;

/** The passage of a document that answers best: it fits the question, and is of a kind that answers it. */
export function leadPassage(question: string, { passages }: FoundDocument): FittingPassage | undefined {
  const asked: readonly string[] = sectionsFor(question);
  const isOpen = !ASKS_YES_OR_NO.test(question);
  const value = ({ score, section, body, coverage }: FittingPassage) =>
    score *
    (asked.includes(section) ? 1 : (SERVES[section] ?? 1)) *
    (section === 'Answers' && coverage < ENOUGH ? MISLEADING : 1) *
    (isOpen && YES_OR_NO.test(body) ? OUT_OF_PLACE : 1) *
    (isTable(body) ? 0.8 : 1);
  return passages.toSorted((a, b) => value(b) - value(a))[0];
}

function isTable(markdown: string): boolean {
  return /^\|/m.test(markdown);
}

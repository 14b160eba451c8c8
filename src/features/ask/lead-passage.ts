import type { Passage } from '../../retrieval/passage.ts';
import { sectionsFor } from '../../retrieval/question-kind.ts';
import type { FoundDocument } from '../../retrieval/search-documents.ts';

/** How well a section serves as an answer to a question that did not ask for it. Those not named serve well. */
const SERVES: Readonly<Record<string, number>> = {
  Why: 0.75,
  'What an auditor asks': 0.8,
  'Common mistakes': 0.8,
  'What to do': 0.9,
};

/** The passage of a document that answers best: it fits the question, and is of a kind that answers it. */
export function leadPassage(question: string, { passages }: FoundDocument): Passage | undefined {
  const asked: readonly string[] = sectionsFor(question);
  const value = ({ score, section, body }: Passage) =>
    score * (asked.includes(section) ? 1 : (SERVES[section] ?? 1)) * (isTable(body) ? 0.8 : 1);
  return passages.toSorted((a, b) => value(b) - value(a))[0];
}

function isTable(markdown: string): boolean {
  return /^\|/m.test(markdown);
}

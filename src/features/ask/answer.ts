import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { search } from '../../retrieval/search.ts';
import { structure } from '../../standard/structure.ts';
import { extractAnswer } from './extract.ts';

/** What Steward knows about a question. */
export interface Answer {
  /** Nothing good enough was found; `text` says so and names the nearest topic. */
  readonly declined: boolean;
  /** The question has several readings; `text` asks which one is meant. */
  readonly clarify: boolean;
  /** Markdown. Citation marks are `[1]`, counted as in `citations`. */
  readonly text: string;
  /** By weight, the most important first. For a declined question: none. */
  readonly citations: readonly AnswerCitation[];
  /** The page that comes closest, where nothing good enough was found. */
  readonly nearest: { readonly id: string; readonly title: string } | undefined;
  /** The language model that wrote it; null where it was extracted. */
  readonly model: string | null;
  /** Which prompt it was written with; null where it was extracted. */
  readonly promptVersion: string | null;
}

export interface AnswerCitation {
  /** A clause, control, annex or page id. */
  readonly id: string;
  /** The `document_version` that was read. */
  readonly versionId: number;
  readonly title: string;
  /** The file the passage stands in, relative to the project. */
  readonly path: string | null;
  readonly excerpt: string;
}

/** Passages considered for one answer. */
const CANDIDATES = 20;

/** Where less of the question than this stands in the best passage, it is about something else. Chosen by `evaluate`. */
const MIN_COVERAGE = 0.5;

/** Answers a question from what everybody in the audience may see. */
export async function answerQuestion(db: Db, question: string, audience: Audience): Promise<Answer> {
  const invented = inventedNumbers(question);
  if (invented.length > 0) return refuseInvented(invented);
  const { passages, coverage } = await search(db, question, audience, CANDIDATES);
  const [best] = passages;
  if (!best || coverage < MIN_COVERAGE) return decline(best && { id: best.documentKey, title: best.title });
  const { text, sources } = extractAnswer(passages);
  const citations = sources.map((source) => ({
    id: source.documentKey,
    versionId: source.versionId,
    title: source.title,
    path: source.path ?? null,
    excerpt: source.body,
  }));
  return { declined: false, clarify: false, text, citations, nearest: undefined, model: null, promptVersion: null };
}

function decline(nearest: Answer['nearest']): Answer {
  const closest = nearest ? ` Closest: ${literally(nearest.title)} (${nearest.id}).` : '';
  return {
    declined: true,
    clarify: false,
    text: `I have nothing on that, neither in the guidance nor in the evidence you may see.${closest}`,
    citations: [],
    nearest,
    model: null,
    promptVersion: null,
  };
}

/** Numbers of Annexes A to D that do not exist; not where the question is about another standard's. */
function inventedNumbers(question: string): string[] {
  if (/27001|27002|27701|\b9001\b/.test(question)) return [];
  const numbers = [...question.matchAll(/\b[A-D]\.\d+(?:\.\d+)*/gi)].map(([number]) => number.toUpperCase());
  return [...new Set(numbers)].filter((number) => !structure.find(number) && !/^[BC]\.\d+$/.test(number));
}

function refuseInvented(numbers: readonly string[]): Answer {
  const text =
    `There is no ${numbers.join(' and no ')} in ISO/IEC 42001:2023. Annex A has 38 controls, from A.2.2 to A.10.4. Perhaps the ` +
    'number belongs to another standard, such as ISO/IEC 27001. Ask about the subject in words and I look it up.';
  return { declined: true, clarify: false, text, citations: [], nearest: undefined, model: null, promptVersion: null };
}

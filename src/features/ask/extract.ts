import type { Passage } from '../../retrieval/passage.ts';

/** Sentences of an extracted answer at most. */
const MAX_SENTENCES = 6;

/** Passages that may speak in one answer. */
const MAX_SOURCES = 3;

/** A later passage speaks only if it fits at least this well, compared with the first. */
const RELATIVE_SCORE = 0.6;

export interface ExtractedAnswer {
  /** Markdown with citation marks `[1]`, counted as in `sources`. */
  readonly text: string;
  readonly sources: readonly Passage[];
}

/** Makes an answer from the passages that fit best: the first one speaks, others add what it lacks. */
export function extractAnswer(passages: readonly Passage[]): ExtractedAnswer {
  const [best] = passages;
  if (!best) return { text: '', sources: [] };
  const sources = distinctDocuments(passages)
    .filter((passage) => passage.score >= best.score * RELATIVE_SCORE)
    .slice(0, MAX_SOURCES);
  return { text: `${firstSentences(best.body, MAX_SENTENCES)} [1]`, sources };
}

function distinctDocuments(passages: readonly Passage[]): Passage[] {
  const seen = new Set<string>();
  return passages.filter(({ documentKey }) => !seen.has(documentKey) && seen.add(documentKey));
}

/** Cuts Markdown after so many sentences or list items. */
export function firstSentences(markdown: string, limit: number): string {
  const segments = markdown.split(/(?<=[.!?]["”)]?)\s+(?=[A-Z"“(*-])|\n(?=\s*(?:[-*]|\d+\.)\s)/);
  if (segments.length <= limit) return markdown;
  let end = 0;
  for (const segment of segments.slice(0, limit)) end = markdown.indexOf(segment, end) + segment.length;
  return markdown.slice(0, end);
}

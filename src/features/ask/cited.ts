import type { Passage } from '../../retrieval/passage.ts';
import type { Answer } from './answer.ts';

/** An answer from its sources. @param before what is said before it */
export function cited({ text, sources }: { text: string; sources: readonly Passage[] }, before?: string): Answer {
  const citations = sources.map((source) => ({
    id: source.documentKey,
    versionId: source.versionId,
    chunkId: source.chunkId,
    kind: source.kind,
    title: source.title,
    path: source.path ?? null,
    excerpt: source.body,
  }));
  return {
    declined: false,
    clarify: false,
    text: before ? `${before}\n\n${text}` : text,
    citations,
    nearest: undefined,
    worthPassingOn: false,
    model: null,
    promptVersion: null,
  };
}

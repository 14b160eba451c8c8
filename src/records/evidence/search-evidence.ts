import type { Db } from '../../database/database.ts';
import type { Passage } from '../../retrieval/passage.ts';
import type { Query } from '../../retrieval/query.ts';
import { search } from '../../retrieval/search.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import type { Reading } from './read-evidence.ts';

/** A passage of evidence, and whether its document speaks for today. */
export interface EvidencePassage extends Passage {
  readonly isStale: boolean;
}

export interface FoundEvidence {
  /** The best first. */
  readonly passages: readonly EvidencePassage[];
  /** The question as ranking saw it. */
  readonly query: Query;
}

/** The passages of evidence that fit a question best, among those that everybody in the audience may see. */
export async function searchEvidence(
  db: Db,
  question: string,
  { audience, today }: Reading,
  limit: number,
  vectors: Vectors | undefined,
): Promise<FoundEvidence> {
  const { passages, query } = await search(db, question, audience, limit, vectors, 'evidence');
  return { passages: passages.map((passage) => ({ ...passage, isStale: isStale(passage, today) })), query };
}

/** Whether a passage is of a document that is valid no longer. */
export function isStale({ validUntil }: Pick<Passage, 'validUntil'>, today: string): boolean {
  return validUntil !== null && validUntil < today;
}

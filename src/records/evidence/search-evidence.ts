import type { Db } from '../../database/database.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { search } from '../../retrieval/search.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import type { Reading } from './read-evidence.ts';

/** A passage of evidence, and whether its document speaks for today. */
export interface EvidencePassage extends Passage {
  readonly isStale: boolean;
}

/** The passages of evidence that fit a question best, among those that everybody in the audience may see. */
export async function searchEvidence(
  db: Db,
  question: string,
  { audience, today }: Reading,
  limit: number,
  vectors: Vectors | undefined,
): Promise<EvidencePassage[]> {
  const { passages } = await search(db, question, audience, limit, vectors, 'evidence');
  return passages.map((passage) => ({ ...passage, isStale: isStale(passage, today) }));
}

/** Whether a passage is of a document that is valid no longer. */
export function isStale({ validUntil }: Pick<Passage, 'validUntil'>, today: string): boolean {
  return validUntil !== null && validUntil < today;
}

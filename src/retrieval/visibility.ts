import { type RawBuilder, sql } from 'kysely';
import type { Audience } from '../people/audience.ts';
import { type Corpus, isIn } from './corpus.ts';

/**
 * The condition on `document` that everybody in the audience may see it. Stands inside every query that reads documents.
 *
 * @param corpus where only its documents are meant
 */
export function isVisible(audience: Audience, corpus?: Corpus): RawBuilder<boolean> {
  const isMeant = corpus ? sql`${isIn(corpus)} and ` : sql``;
  return sql<boolean>`(${isMeant}(document.kind = 'guidance' or (not ${audience.guidanceOnly}::boolean and (
    document.visibility = any(${audience.visibilities}::text[])
    or document.owner_id = ${audience.person ?? null}::uuid
    or document.visibility = 'named' and exists (
      select from document_reader reader
      where reader.document_id = document.id and reader.person_id = ${audience.person ?? null}::uuid)))))`;
}

import { type RawBuilder, sql } from 'kysely';
import type { Audience } from '../people/audience.ts';

/** The condition on `document` that everybody in the audience may see it. Stands inside every query that reads documents. */
export function isVisible(audience: Audience): RawBuilder<boolean> {
  return sql<boolean>`(document.kind = 'guidance' or (not ${audience.guidanceOnly}::boolean and (
    document.visibility = any(${audience.visibilities}::text[])
    or document.owner_id = ${audience.person ?? null}::uuid
    or document.visibility = 'named' and exists (
      select from document_reader reader
      where reader.document_id = document.id and reader.person_id = ${audience.person ?? null}::uuid))))`;
}

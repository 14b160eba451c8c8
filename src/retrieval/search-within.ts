import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Passage } from './passage.ts';
import { readQuestion } from './query.ts';
import { type FittingPassage, fitOf, termScoresOf } from './search-documents.ts';
import { isVisible } from './visibility.ts';

/**
 * All passages of some documents, by how well they fit a question by words; also those that do not fit, with a score of 0.
 *
 * @returns by the key of its document, the passages in their order; without documents that somebody in the audience may not see
 */
export async function searchWithin(
  db: Db,
  keys: readonly string[],
  question: string,
  audience: Audience,
): Promise<Map<string, FittingPassage[]>> {
  const [query, passages] = await Promise.all([
    readQuestion(db, question, 'knowledge'),
    passagesOf(db, keys, audience),
  ]);
  const termScores = await termScoresOf(db, query, passages, 'knowledge');
  const fitting = passages.map((passage) => {
    const terms = termScores.get(passage.chunkId) ?? new Map<string, number>();
    const score = [...terms.values()].reduce((sum, each) => sum + each, 0);
    return { ...passage, score, ...fitOf(query, terms) };
  });
  return Map.groupBy(fitting, ({ documentKey }) => documentKey);
}

async function passagesOf(db: Db, keys: readonly string[], audience: Audience): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    select chunk.id as "chunkId", document.key as "documentKey", document.kind, version.id as "versionId",
      coalesce(version.metadata->>'citedAs', version.title) as title, version.metadata->>'path' as path,
      coalesce(version.metadata->'explains', '[]') as explains, version.valid_until as "validUntil",
      chunk.section, chunk.heading_path as "headingPath", chunk.body, 0 as score
    from document
    join document_version version on version.document_id = document.id
    join chunk on chunk.version_id = version.id
    where document.key = any(${keys}::text[]) and version.superseded_at is null and ${isVisible(audience)}
    order by chunk.document_id, chunk.position`.execute(db);
  return rows;
}

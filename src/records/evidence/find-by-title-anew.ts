import type { Db } from '../../database/database.ts';
import { indexAnew } from './store-version.ts';

/** Has current versions found by the title that they have now, and by the former one no longer. @param versions of documents */
export async function findByTitleAnew(db: Db, versions: readonly number[]): Promise<void> {
  if (versions.length === 0) return;
  const current = await db
    .selectFrom('document_version')
    .innerJoin('document', 'document.id', 'document_version.document_id')
    .select(['document_version.id', 'document.key', 'title'])
    .where('document_version.id', 'in', [...versions])
    .where('superseded_at', 'is', null)
    .execute();
  for (const { id, key, title } of current) await indexAnew(db, id, { key, title });
}

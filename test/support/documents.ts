import type { Db } from '../../src/database/database.ts';
import { indexPassages, refreshStatistics } from '../../src/retrieval/index-passages.ts';

/** Stores a document of one passage that everybody in the organisation may see. */
export async function storeDocument(
  db: Db,
  { key, title, body, kind = 'evidence' }: { key: string; title: string; body: string; kind?: 'evidence' | 'guidance' },
): Promise<void> {
  const document = await db
    .insertInto('document')
    .values({ key, kind, visibility: 'everyone' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const version = await db
    .insertInto('document_version')
    .values({ document_id: document.id, title, sha256: Buffer.alloc(32), metadata: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const chunk = await db
    .insertInto('chunk')
    .values({
      version_id: version.id,
      document_id: document.id,
      position: 0,
      section: 'In short',
      heading_path: '',
      body,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await indexPassages(
    db,
    [{ chunkId: chunk.id, text: { name: `${key}. ${title}`, phrasings: '', body } }],
    kind === 'evidence' ? 'evidence' : 'knowledge',
  );
  await refreshStatistics(db);
}

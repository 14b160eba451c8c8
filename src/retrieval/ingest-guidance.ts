import { createHash } from 'node:crypto';
import type { Db } from '../database/database.ts';
import type { GuidanceFile } from '../standard/guidance.ts';
import { indexPassages, PHRASING_END, refreshStatistics } from './index-passages.ts';
import { learnPageWeights } from './page-weights.ts';

/** Pages from one report of progress to the next: about a second's work on the embedded database. */
const PAGES_A_REPORT = 20;

/**
 * Brings the stored guidance to what the files say. Pages that did not change are left alone.
 *
 * @param outOfScope questions that no page answers
 * @param onProgress told how many of the pages that are to be stored are stored, now and then
 * @returns how many pages were stored now
 */
export async function ingestGuidance(
  db: Db,
  files: readonly GuidanceFile[],
  outOfScope: readonly string[],
  onProgress: (stored: number, total: number) => void = () => {},
): Promise<number> {
  const { changed, gone } = await compareGuidance(db, files);
  for (const [index, file] of changed.entries()) {
    await db.transaction().execute((transaction) => storePage(transaction, file));
    if ((index + 1) % PAGES_A_REPORT === 0) onProgress(index + 1, changed.length);
  }
  if (gone.length > 0)
    await db.deleteFrom('document').where('kind', '=', 'guidance').where('key', 'in', gone).execute();
  if (changed.length > 0 || gone.length > 0) await refreshStatistics(db);
  await learn(db, files, outOfScope);
  return changed.length;
}

/** Learns from the pages and questions, where it was not they that were learned from last. */
async function learn(db: Db, files: readonly GuidanceFile[], outOfScope: readonly string[]): Promise<void> {
  const source = sha256([...files.map(({ text }) => text), ...outOfScope].join('\0'));
  const last = await db.selectFrom('index_statistics').select('learned_from').executeTakeFirst();
  if (last?.learned_from?.equals(source)) return;
  await learnPageWeights(
    db,
    files.map(({ page }) => page),
    outOfScope,
  );
  await db.updateTable('index_statistics').set({ learned_from: source }).execute();
}

/** The pages whose stored text is not that of the file, and the ids of stored pages that have no file any more. */
export async function compareGuidance(db: Db, files: readonly GuidanceFile[]) {
  const stored = await db
    .selectFrom('document')
    .innerJoin('document_version', 'document_version.document_id', 'document.id')
    .select(['key', 'sha256'])
    .where('kind', '=', 'guidance')
    .where('superseded_at', 'is', null)
    .execute();
  const hashes = new Map(stored.map((row) => [row.key, row.sha256.toString('hex')]));
  return {
    changed: files.filter((file) => hashes.get(file.page.id) !== sha256(file.text).toString('hex')),
    gone: [...hashes.keys()].filter((key) => !files.some((file) => file.page.id === key)),
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function storePage(db: Db, { page, text, path }: GuidanceFile): Promise<void> {
  const document = await db
    .insertInto('document')
    .values({ key: page.id, kind: 'guidance', visibility: 'everyone' })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ kind: 'guidance' }))
    .returning('id')
    .executeTakeFirstOrThrow();
  // Passages of a superseded version are of no use to search; its text stays in the project's history.
  await db.deleteFrom('document_version').where('document_id', '=', document.id).execute();
  const { passages, ...frontMatter } = page;
  const version = await db
    .insertInto('document_version')
    .values({
      document_id: document.id,
      title: page.title,
      sha256: sha256(text),
      metadata: JSON.stringify({ ...frontMatter, path }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const chunks = await db
    .insertInto('chunk')
    .values(
      passages.map((passage, position) => ({
        version_id: version.id,
        document_id: document.id,
        position,
        section: passage.section,
        heading_path: [passage.section, passage.heading].filter(Boolean).join(' > '),
        body: passage.body,
      })),
    )
    .returning(['id', 'position'])
    .execute();
  const name = [page.id, page.title, ...page.subjects].join('. ');
  await indexPassages(
    db,
    chunks.map(({ id, position }) => {
      const passage = passages[position];
      const phrasings = [passage?.heading ?? '', ...(passage?.phrasings ?? [])].join(PHRASING_END);
      return { chunkId: id, text: { name, phrasings, body: passage?.body ?? '' } };
    }),
    'knowledge',
  );
}

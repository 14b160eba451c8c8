import type { Db } from '../../database/database.ts';
import { readContent } from './content.ts';
import type { EvidenceItem } from './evidence.ts';
import { type Reading, readVersions } from './read-evidence.ts';

/**
 * The file of an item as it was handed in. Whoever gives it to somebody records that: `recordOpened`.
 *
 * @param number of the file, from 1; the latest where it is left out
 * @returns undefined where there is none, and where somebody in the audience may not see it
 */
export async function readFileOf(
  db: Db,
  key: string,
  reading: Reading,
  number?: number,
): Promise<{ item: EvidenceItem; bytes: Buffer } | undefined> {
  const versions = await readVersions(db, key, reading);
  const item = versions.find((version) => number === undefined || version.number === number);
  const bytes = item && (await readContent(db, Buffer.from(item.file.sha256, 'hex')));
  return item && bytes && { item, bytes };
}

import { createHash } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import type { DocumentReader } from '../../documents/document-reader.ts';
import { type Change, governedChange } from '../../event-log/governed-change.ts';
import { addEvidence } from './change-evidence.ts';
import { storeContent } from './content.ts';
import type { Readership } from './evidence.ts';
import { safeFileName } from './file-name.ts';
import { proposeEvidence } from './propose/propose.ts';
import type { NamedSystem } from './propose/systems.ts';
import { keyOfContent } from './read-evidence.ts';

export interface IngestParts {
  readonly db: Db;
  readonly reader: DocumentReader;
  /** The AI systems that files may be about. */
  readonly systems: readonly NamedSystem[];
  /** In whose name files are added, and who answers for them. */
  readonly owner: string;
  readonly visibility: Exclude<Readership['visibility'], 'named'>;
}

/**
 * Adds a file of an archive as evidence, with what is proposed of it. One transaction stores all of it or nothing.
 *
 * @returns the item's key, and whether it was there before
 * @throws UnreadableDocument
 */
export async function ingestFile(
  { db, reader, systems, owner, visibility }: IngestParts,
  name: string,
  bytes: Buffer,
): Promise<{ key: string; isNew: boolean }> {
  const known = await keyOfContent(db, createHash('sha256').update(bytes).digest());
  if (known) return { key: known, isNew: false };
  const parsed = await reader.read(bytes);
  const fileName = safeFileName(name);
  const proposal = await proposeEvidence(db, fileName, parsed, systems);
  return governedChange(db, { kind: 'system' }, async (change) => {
    const sha256 = await storeContent(change.db, bytes);
    // Whoever stored the same file at the same moment is done by now.
    const meanwhile = await keyOfContent(change.db, sha256);
    if (meanwhile) return { key: meanwhile, isNew: false };
    const { key } = await addEvidence(onBehalfOf(change, owner), {
      ...proposal,
      effectiveOn: proposal.effectiveOn,
      validUntil: proposal.validUntil,
      owner,
      visibility,
      readers: [],
      file: { ...parsed, sha256, name: fileName },
    });
    return { key, isNew: true };
  });
}

/** The same change, whose entries say in whose name it is made. */
function onBehalfOf(change: Change, person: string): Change {
  return { ...change, record: (event) => change.record({ ...event, onBehalfOf: person }) };
}

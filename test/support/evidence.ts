import type { Db } from '../../src/database/database.ts';
import type { DocumentPassage } from '../../src/documents/document.ts';
import type { Actor } from '../../src/event-log/entry.ts';
import { type Change, governedChange } from '../../src/event-log/governed-change.ts';
import type { Audience } from '../../src/people/audience.ts';
import { addEvidence, type NewEvidence, type StoredEvidence } from '../../src/records/evidence/change-evidence.ts';
import { storeContent } from '../../src/records/evidence/content.ts';
import type { EvidenceFile } from '../../src/records/evidence/evidence.ts';

export const TODAY = '2026-11-24';

/** What the committee may see, without a person. */
export const COMMITTEE: Audience = {
  guidanceOnly: false,
  visibilities: ['everyone', 'committee', 'auditors'],
  person: undefined,
};

export async function addPerson(db: Db, name: string): Promise<string> {
  const { id } = await db.insertInto('person').values({ display_name: name }).returning('id').executeTakeFirstOrThrow();
  return id;
}

export function actor(person: string): Actor {
  return { kind: 'person', person, via: 'web', authenticated: true };
}

/** Stores a file as if it had been handed in and read. */
export async function aFile(db: Db, name: string, text: string, passages?: DocumentPassage[]): Promise<EvidenceFile> {
  return {
    sha256: await storeContent(db, Buffer.from(text)),
    name,
    mediaType: 'text/plain',
    passages: passages ?? [{ section: 'Page 1', heading: undefined, text }],
    isTextCut: false,
  };
}

/** Adds an item for everyone, effective since the beginning of the year. */
export async function anItem(
  db: Db,
  owner: string,
  { text = 'We tested it.', ...facts }: Partial<NewEvidence> & { text?: string } = {},
): Promise<StoredEvidence> {
  const file = facts.file ?? (await aFile(db, 'test.txt', text));
  return changing(db, owner, (change) =>
    addEvidence(change, {
      title: 'A test',
      kind: 'test_report',
      requirements: [],
      systems: [],
      effectiveOn: '2026-01-01',
      validUntil: undefined,
      visibility: 'everyone',
      readers: [],
      owner,
      ...facts,
      file,
    }),
  );
}

export function changing<T>(db: Db, person: string, work: (change: Change) => Promise<T>): Promise<T> {
  return governedChange(db, actor(person), work);
}

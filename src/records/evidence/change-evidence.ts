import { sql } from 'kysely';
import type { EventDetail } from '../../event-log/entry.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { EvidenceFacts, EvidenceFile, EvidenceItem, Readership } from './evidence.ts';
import { dropPassages, movePassages, storePassages, storeVersion, supersede } from './store-version.ts';

export interface NewEvidence extends EvidenceFacts, Readership {
  /** The person who answers for it. */
  readonly owner: string;
  readonly file: EvidenceFile;
}

/** What people call an item, and its current version. */
export interface StoredEvidence {
  readonly key: string;
  readonly document: number;
  readonly version: number;
  readonly number: number;
}

export async function addEvidence(change: Change, evidence: NewEvidence): Promise<StoredEvidence> {
  const { owner, visibility, file } = evidence;
  const { id: document, key } = await change.db
    .insertInto('document')
    .values({ key: sql<string>`'EV-' || nextval('evidence_number')`, kind: 'evidence', visibility, owner_id: owner })
    .returning(['id', 'key'])
    .executeTakeFirstOrThrow();
  const addedBy = change.actor.kind === 'person' ? change.actor.person : owner;
  await change.db
    .insertInto('evidence')
    .values({ document_id: document, added_by: addedBy, added_at: change.at })
    .execute();
  await storeReaders(change, document, evidence);
  const place = { document, key, number: 1, file };
  const version = await storeVersion(change, place, evidence);
  await storePassages(change.db, { ...evidence, ...place, version }, file.passages);
  change.record({
    action: 'evidence.added',
    subject: key,
    detail: { ...factsDetail(place.number, file.sha256, evidence), owner, ...readershipDetail(evidence) },
  });
  return { key, document, version, number: 1 };
}

/** Puts another file in the place of the current one, which is kept. @returns undefined where the item was changed meanwhile */
export async function replaceFile(
  change: Change,
  item: EvidenceItem,
  facts: EvidenceFacts,
  file: EvidenceFile,
): Promise<StoredEvidence | undefined> {
  if (!(await supersede(change, item.version))) return undefined;
  await dropPassages(change.db, item.version);
  const { document, key } = item;
  const place = { document, key, number: item.number + 1, file };
  const version = await storeVersion(change, place, facts);
  await storePassages(change.db, { title: facts.title, document, key, version }, file.passages);
  change.record({
    action: 'evidence.replaced',
    subject: key,
    detail: { ...factsDetail(place.number, file.sha256, facts), from: item.version },
  });
  return { key, document, version, number: place.number };
}

/** Says something else of the same file. @returns undefined where the item was changed meanwhile */
export async function reviseEvidence(
  change: Change,
  item: EvidenceItem,
  facts: EvidenceFacts,
): Promise<StoredEvidence | undefined> {
  return revise(change, item, facts, 'evidence.revised');
}

/** Somebody looked at the same file and found that it still holds. @returns undefined where the item was changed meanwhile */
export async function renewEvidence(
  change: Change,
  item: EvidenceItem,
  validUntil: string,
  because: string,
): Promise<StoredEvidence | undefined> {
  return revise(change, item, { ...item, validUntil }, 'evidence.renewed', { because });
}

async function revise(
  change: Change,
  item: EvidenceItem,
  facts: EvidenceFacts,
  action: string,
  more: EventDetail = {},
) {
  if (!(await supersede(change, item.version))) return undefined;
  const { document, key, number, file, isTextCut } = item;
  const sha256 = Buffer.from(file.sha256, 'hex');
  const version = await storeVersion(change, { document, key, number, file: { ...file, sha256, isTextCut } }, facts);
  await movePassages(change.db, item, { version, title: facts.title });
  const detail = { ...factsDetail(number, sha256, facts), from: item.version, ...more };
  change.record({ action, subject: key, detail });
  return { key, document, version, number };
}

/** Makes somebody else answer for an item. @returns whether that changed anything */
export async function handOver(
  change: Change,
  item: Pick<EvidenceItem, 'key' | 'document' | 'owner'>,
  owner: string,
): Promise<boolean> {
  const given = await change.db
    .updateTable('document')
    .set({ owner_id: owner })
    .where('id', '=', item.document)
    .where('owner_id', '=', item.owner.id)
    .where('owner_id', '<>', owner)
    .returning('id')
    .executeTakeFirst();
  if (!given) return false;
  change.record({ action: 'evidence.handed-over', subject: item.key, detail: { from: item.owner.id, to: owner } });
  return true;
}

/** Says anew who may see an item. */
export async function changeReadership(change: Change, item: EvidenceItem, readership: Readership): Promise<void> {
  const { visibility } = readership;
  await change.db.updateTable('document').set({ visibility }).where('id', '=', item.document).execute();
  await storeReaders(change, item.document, readership);
  change.record({
    action: 'evidence.visibility-changed',
    subject: item.key,
    detail: { from: item.visibility, ...readershipDetail(readership) },
  });
}

/** Takes an item out of search and of all counts; its files are kept. @returns whether it was still in use as it was seen */
export async function withdrawEvidence(change: Change, item: EvidenceItem, because: string): Promise<boolean> {
  if (!(await supersede(change, item.version))) return false;
  await dropPassages(change.db, item.version);
  await change.db
    .updateTable('evidence')
    .set({
      withdrawn_at: change.at,
      withdrawn_by: change.actor.kind === 'person' ? change.actor.person : null,
      withdrawn_because: because,
    })
    .where('document_id', '=', item.document)
    .execute();
  change.record({ action: 'evidence.withdrawn', subject: item.key, detail: { because } });
  return true;
}

/** Somebody opened or fetched a file. */
export function recordOpened(
  change: Change,
  { key, number, file }: Pick<EvidenceItem, 'key' | 'number' | 'file'>,
): void {
  change.record({ action: 'evidence.opened', subject: key, detail: { number, sha256: file.sha256 } });
}

async function storeReaders(change: Change, document: number, { visibility, readers }: Readership): Promise<void> {
  await change.db.deleteFrom('document_reader').where('document_id', '=', document).execute();
  const named = visibility === 'named' ? [...new Set(readers)] : [];
  if (named.length === 0) return;
  const rows = named.map((person) => ({ document_id: document, person_id: person }));
  await change.db.insertInto('document_reader').values(rows).execute();
}

/** All that is said of a version, so that its entry in the log alone tells it. */
function factsDetail(number: number, sha256: Buffer, facts: EvidenceFacts): EventDetail {
  const { title, kind, requirements, systems, effectiveOn, validUntil } = facts;
  return {
    number,
    sha256: sha256.toString('hex'),
    title,
    kind,
    requirements: requirements.map(({ id }) => id),
    systems: systems.map(({ id }) => id),
    effectiveOn: effectiveOn ?? null,
    validUntil: validUntil ?? null,
  };
}

function readershipDetail({ visibility, readers }: Readership): EventDetail {
  return visibility === 'named' ? { visibility, readers: [...readers] } : { visibility };
}

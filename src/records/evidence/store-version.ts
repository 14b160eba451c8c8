import { sql } from 'kysely';
import { literally, plainText, typedText } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DocumentPassage } from '../../documents/document.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { countPassages, indexPassages, removePassages } from '../../retrieval/index-passages.ts';
import type { EvidenceFacts, EvidenceFile, EvidenceItem } from './evidence.ts';
import { KIND_NAMES } from './kinds.ts';

/** Where a version stands, and the file it is of. */
export interface VersionPlace {
  readonly document: number;
  readonly key: string;
  readonly number: number;
  readonly file: Omit<EvidenceFile, 'passages'>;
}

/**
 * Ends a version. The row lock makes two changes at once follow one another, and the second finds it superseded.
 *
 * @returns whether it was the current one
 */
export async function supersede(change: Change, version: number): Promise<boolean> {
  const superseded = await change.db
    .updateTable('document_version')
    .set({ superseded_at: change.at })
    .where('id', '=', version)
    .where('superseded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return superseded !== undefined;
}

/** Stores what is known of an item from now on, without the passages. @returns the `document_version` */
export async function storeVersion(change: Change, place: VersionPlace, facts: EvidenceFacts): Promise<number> {
  const { document, number, file } = place;
  const { title, kind, requirements, systems, effectiveOn, validUntil } = facts;
  const { id } = await change.db
    .insertInto('document_version')
    .values({
      document_id: document,
      title,
      sha256: file.sha256,
      metadata: JSON.stringify(metadataOf(place, facts)),
      effective_on: effectiveOn ?? null,
      valid_until: validUntil ?? null,
      created_at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await change.db
    .insertInto('evidence_version')
    .values({
      version_id: id,
      document_id: document,
      number,
      kind,
      content: file.sha256,
      file_name: file.name,
      media_type: file.mediaType,
      is_text_cut: file.isTextCut,
      made_by: change.actor.kind === 'person' ? change.actor.person : null,
    })
    .execute();
  if (requirements.length > 0) {
    const rows = requirements.map(({ id: requirement, reason }) => ({ version_id: id, requirement, reason }));
    await change.db.insertInto('document_requirement').values(rows).execute();
  }
  if (systems.length > 0) {
    const rows = systems.map(({ id: system, reason }) => ({ version_id: id, system, reason }));
    await change.db.insertInto('document_system').values(rows).execute();
  }
  return id;
}

/** What a citation and a reader show. */
function metadataOf(
  { number, file }: VersionPlace,
  { title, kind, requirements, effectiveOn, validUntil }: EvidenceFacts,
) {
  const dates = [
    effectiveOn && `effective ${writtenDay(effectiveOn)}`,
    validUntil && `valid until ${writtenDay(validUntil)}`,
  ];
  const summary = [`${KIND_NAMES[kind]}, v${number}`, ...dates.filter(Boolean), file.name].join(', ');
  return {
    citedAs: `${title}, v${number}`,
    summary: literally(summary),
    neighbours: requirements.map(({ id }) => id),
  };
}

/** Makes a file's passages those that search finds of an item. */
export async function storePassages(
  db: Db,
  { key, title, document, version }: Pick<EvidenceItem, 'key' | 'title' | 'document' | 'version'>,
  passages: readonly DocumentPassage[],
): Promise<void> {
  if (passages.length === 0) return;
  const chunks = await db
    .insertInto('chunk')
    .values(
      passages.map(({ section, heading, text }, position) => ({
        version_id: version,
        document_id: document,
        position,
        section,
        heading_path: [section, heading].filter(Boolean).join(' > '),
        body: typedText(text),
      })),
    )
    .returning(['id', 'position'])
    .execute();
  const indexed = chunks.map(({ id, position }) => ({
    chunkId: id,
    text: indexedText(key, title, passages[position]?.heading, passages[position]?.text ?? ''),
  }));
  await indexPassages(db, indexed, 'evidence');
  await countPassages(
    db,
    chunks.map(({ id }) => id),
    'new',
    'evidence',
  );
}

/** Takes the passages of a version out of search; its file tells them at any time. */
export async function dropPassages(db: Db, version: number): Promise<void> {
  await removePassages(db, version, 'evidence');
}

/** Hands the passages of a version on to the one that took its place. Those of another title are found by that. */
export async function movePassages(db: Db, from: EvidenceItem, to: { version: number; title: string }): Promise<void> {
  await db.updateTable('chunk').set({ version_id: to.version }).where('version_id', '=', from.version).execute();
  if (from.title !== to.title) await indexAnew(db, to.version, { key: from.key, title: to.title });
}

/** Has the passages of a version found by another title. */
export async function indexAnew(
  db: Db,
  version: number,
  { key, title }: Pick<EvidenceItem, 'key' | 'title'>,
): Promise<void> {
  const chunks = await db
    .selectFrom('chunk')
    .select(['id', 'section', 'heading_path', 'body'])
    .where('version_id', '=', version)
    .execute();
  if (chunks.length === 0) return;
  const ids = chunks.map(({ id }) => id);
  await countPassages(db, ids, 'leaving', 'evidence');
  await sql`delete from evidence_posting where chunk_id = any(${ids}::bigint[])`.execute(db);
  await indexPassages(
    db,
    chunks.map(({ id, section, heading_path, body }) => {
      const heading = heading_path.slice(section.length + ' > '.length);
      return { chunkId: id, text: indexedText(key, title, heading, plainText(body)) };
    }),
    'evidence',
  );
  await countPassages(db, ids, 'new', 'evidence');
}

function indexedText(key: string, title: string, heading: string | undefined, text: string) {
  return { name: `${key}. ${title}`, phrasings: '', body: [heading, text].filter(Boolean).join('\n') };
}

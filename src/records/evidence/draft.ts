import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../database/database.ts';
import type { ParsedDocument } from '../../documents/document.ts';
import { storeContent } from './content.ts';
import type { EvidenceFile } from './evidence.ts';
import { safeFileName } from './file-name.ts';
import { Proposal } from './propose/proposal.ts';

/** A file that somebody handed in, with what is proposed of it, until they confirm it. */
export interface EvidenceDraft {
  readonly id: string;
  readonly file: EvidenceFile;
  readonly proposal: Proposal;
  readonly owner: { readonly id: string; readonly name: string };
  /** The item whose file it takes the place of: EV-12. */
  readonly replaces: string | undefined;
}

export interface NewDraft {
  /** Who handed it in, and answers for it unless they say otherwise. */
  readonly person: string;
  /** Of the file, as they call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedDocument;
  readonly proposal: Proposal;
  /** The document whose file it takes the place of. */
  readonly replaces: number | undefined;
}

const Passages = z.array(z.object({ section: z.string(), heading: z.string().nullish(), text: z.string() }));

/** Keeps a file, as it came and as it was read. @returns the draft's id */
export async function keepDraft(db: Db, draft: NewDraft): Promise<string> {
  const { person, name, bytes, parsed, proposal, replaces } = draft;
  return db.transaction().execute(async (transaction) => {
    const content = await storeContent(transaction, bytes);
    const { id } = await transaction
      .insertInto('evidence_draft')
      .values({
        person_id: person,
        owner_id: person,
        content,
        file_name: safeFileName(name),
        media_type: parsed.mediaType,
        is_text_cut: parsed.isTextCut,
        passages: JSON.stringify(parsed.passages),
        proposal: JSON.stringify(proposal),
        replaces: replaces ?? null,
        created_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** @returns undefined where there is none, it was confirmed or dropped, or it is somebody else's */
export async function readDraft(db: Db, id: string, person: string): Promise<EvidenceDraft | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await db
    .selectFrom('evidence_draft')
    .innerJoin('person as owner', 'owner.id', 'evidence_draft.owner_id')
    .leftJoin('document', 'document.id', 'evidence_draft.replaces')
    .select(['content', 'file_name', 'media_type', 'is_text_cut', 'passages', 'proposal'])
    .select(['owner.id as ownerId', 'owner.display_name as ownerName', 'document.key as replaces'])
    .where('evidence_draft.id', '=', id)
    .where('evidence_draft.person_id', '=', person)
    .executeTakeFirst();
  if (!row) return undefined;
  const file = {
    sha256: row.content,
    name: row.file_name,
    mediaType: row.media_type,
    passages: Passages.parse(row.passages).map((passage) => ({ ...passage, heading: passage.heading ?? undefined })),
    isTextCut: row.is_text_cut,
  };
  return {
    id,
    file,
    proposal: Proposal.parse(row.proposal),
    owner: { id: row.ownerId, name: row.ownerName },
    replaces: row.replaces ?? undefined,
  };
}

/** What a person says otherwise of a draft; what is left out stays. */
export interface DraftChange {
  readonly proposal?: Proposal;
  readonly owner?: string;
  /** Null where it is an item of its own. */
  readonly replaces?: number | null;
}

/** @returns whether the draft was still there, and is this person's */
export async function changeDraft(
  db: Db,
  id: string,
  person: string,
  { proposal, owner, replaces }: DraftChange,
): Promise<boolean> {
  const changed = await db
    .updateTable('evidence_draft')
    .set({
      ...(proposal ? { proposal: JSON.stringify(proposal) } : {}),
      ...(owner ? { owner_id: owner } : {}),
      ...(replaces === undefined ? {} : { replaces }),
    })
    .where('id', '=', id)
    .where('person_id', '=', person)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Ends a draft that is confirmed. @returns whether it was still there: of two who confirm at once, one does */
export async function claimDraft(db: Db, id: string): Promise<boolean> {
  const claimed = await db.deleteFrom('evidence_draft').where('id', '=', id).returning('id').executeTakeFirst();
  return claimed !== undefined;
}

/** Clears away a draft that its person does not want, with its file. */
export async function discardDraft(db: Db, id: string, person: string): Promise<void> {
  await clear(db, sql`id = ${id}::uuid and person_id = ${person}::uuid`);
}

/** Clears away what nobody confirmed. @returns how many drafts */
export async function clearDrafts(db: Db, before: Date): Promise<number> {
  return clear(db, sql`created_at < ${before}`);
}

/** Clears away what people handed in and did not confirm, in the transaction of their erasure. */
export async function clearDraftsOf(db: Db, people: readonly string[]): Promise<void> {
  await clearIn(db, sql`person_id = any(${people}::uuid[])`);
}

function clear(db: Db, which: RawBuilder<unknown>): Promise<number> {
  return db.transaction().execute((transaction) => clearIn(transaction, which));
}

async function clearIn(db: Db, which: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ content: Buffer }>`
    delete from evidence_draft where ${which} returning content`.execute(db);
  await sql`delete from content where sha256 = any(${rows.map(({ content }) => content)}::bytea[])
    and not exists (select from evidence_version where content = sha256)
    and not exists (select from evidence_draft where content = sha256)`.execute(db);
  return rows.length;
}

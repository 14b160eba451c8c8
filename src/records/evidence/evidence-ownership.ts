import { sql } from 'kysely';
import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { Ownership } from '../../people/ownership.ts';
import { isVisible } from '../../retrieval/visibility.ts';
import type { Reading } from './read-evidence.ts';

/** Items that are told one by one. */
const MAX_LISTED = 10;

/** Evidence that is not withdrawn, and whoever answers for it. */
export const ownedEvidence: Ownership = {
  async owners(db) {
    const { rows } = await sql<{ owner: string }>`select distinct owner_id as owner ${inUse}`.execute(db);
    return rows.map(({ owner }) => owner);
  },
  async list(db, person) {
    const { rows } = await sql<{ key: string; title: string; visibility: string; total: number }>`
      select key, title, visibility, count(*) over () as total ${inUse} and owner_id = ${person}::uuid
      order by document.id limit ${MAX_LISTED}`.execute(db);
    const more = (rows[0]?.total ?? 0) - rows.length;
    return [
      ...rows.map(({ key, title, visibility }) => ({
        // What is for named people is nobody else's to read.
        what:
          visibility === 'named'
            ? `${key}, evidence of theirs for named people`
            : `${key} ${literally(title)}, evidence of theirs`,
        next: NEXT,
      })),
      ...(more > 0 ? [{ what: `${more.toLocaleString('en')} more items of evidence of theirs`, next: NEXT }] : []),
    ];
  },
};

const NEXT = 'hand it over with `/aims evidence hand over`';

const inUse = sql`from document join evidence on evidence.document_id = document.id
  join document_version version on version.document_id = document.id and version.superseded_at is null
  where document.owner_id is not null`;

/** Somebody who answers for evidence. */
export interface EvidenceOwner {
  readonly id: string;
  readonly name: string;
  readonly items: number;
  /** All their accounts are deactivated. */
  readonly hasLeft: boolean;
}

/** Whoever left first, then by how much they answer for: what the reader may see, and all of whoever left. */
export async function evidenceOwners(db: Db, { audience }: Reading, limit: number): Promise<EvidenceOwner[]> {
  const { rows } = await sql<EvidenceOwner>`
    with gone as (
      select person_id from person_identity group by person_id having bool_and(standing = 'deactivated'))
    select owned.owner_id as id, person.display_name as name, owned.items, owned.owner_id in (select person_id from gone) as "hasLeft"
    from (
      select owner_id, count(*) as items ${inUse}
        and (owner_id in (select person_id from gone) or ${isVisible(audience)})
      group by owner_id) as owned
    join person on person.id = owned.owner_id
    order by "hasLeft" desc, owned.items desc, name limit ${limit}`.execute(db);
  return rows;
}

/** What somebody hands over: the items that the reader may see, and all of whoever left. */
export async function itemsToHandOver(db: Db, { id, name, hasLeft }: EvidenceOwner, { audience }: Reading) {
  const { rows } = await sql<{ key: string; document: number }>`
    select key, document.id as document ${inUse} and owner_id = ${id}::uuid and (${hasLeft}::boolean or ${isVisible(audience)})
    order by document.id`.execute(db);
  return rows.map((row) => ({ ...row, owner: { id, name } }));
}

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { isVisible } from '../../retrieval/visibility.ts';
import { requirementsWithin } from '../../standard/structure.ts';
import type { EvidenceItem, EvidenceState, EvidenceVisibility, Mapping } from './evidence.ts';
import type { EvidenceKind } from './kinds.ts';

/** Which items are meant. What is left out does not matter. */
export interface EvidenceFilter {
  readonly kinds?: readonly EvidenceKind[];
  /** A clause, a control, or what stands above several of them: A.7.4, A.7, 9.2. */
  readonly requirements?: readonly string[];
  readonly systems?: readonly string[];
  /** The owner's id. */
  readonly owner?: string;
  readonly states?: readonly EvidenceState[];
  /** Still current, and valid until this day or an earlier one. */
  readonly lapsingBy?: string;
  /** Effective on this day or later, and on this day or earlier; an item without an effective date counts by when it was added. */
  readonly from?: string;
  readonly to?: string;
  /** As things were at a moment in the past. */
  readonly asOf?: Date;
}

/** Who asks, and on which day. */
export interface Reading {
  readonly audience: Audience;
  /** YYYY-MM-DD, in the organisation's time zone. */
  readonly today: string;
}

export interface EvidencePage {
  readonly limit: number;
  readonly offset: number;
}

/** The items that everybody in the audience may see, the newest first, and how many there are in all. */
export async function listEvidence(
  db: Db,
  reading: Reading,
  filter: EvidenceFilter,
  { limit, offset }: EvidencePage,
): Promise<{ total: number; items: EvidenceItem[] }> {
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total ${selected(reading, filter)}`.execute(db);
  const total = counted[0]?.total ?? 0;
  if (total === 0) return { total, items: [] };
  const { rows } = await sql<Row>`
    select ${columns(reading, filter.asOf)} ${selected(reading, filter)}
    order by document.id desc limit ${limit} offset ${offset}`.execute(db);
  return { total, items: rows.map(asItem) };
}

/** @returns undefined where there is no such item, and where somebody in the audience may not see it */
export async function readEvidence(db: Db, key: string, reading: Reading): Promise<EvidenceItem | undefined> {
  const { rows } = await sql<Row>`
    select ${columns(reading)} ${selected(reading, {})} and document.key = ${key}`.execute(db);
  return rows[0] && asItem(rows[0]);
}

/** All versions of an item, the newest first; none where it may not be seen. */
export async function readVersions(db: Db, key: string, reading: Reading): Promise<EvidenceItem[]> {
  const { rows } = await sql<Row>`
    select ${columns(reading)} ${source}
    where document.key = ${key} and ${isVisible(reading.audience)}
    order by version.id desc`.execute(db);
  return rows.map(asItem);
}

/** All versions of the items that are meant, item by item, the first version first. Those behind `asOf` are left out. */
export async function readAllVersions(db: Db, reading: Reading, filter: EvidenceFilter): Promise<EvidenceItem[]> {
  const { rows } = await sql<Row>`
    select ${columns(reading, filter.asOf)} ${source}
    where document.id in (select document.id ${selected(reading, filter)})
      ${filter.asOf ? sql`and version.created_at <= ${filter.asOf}` : sql``}
    order by document.id, version.id`.execute(db);
  return rows.map(asItem);
}

/** The names of the people whom an item is for, where it is for named people. */
export async function readReaders(db: Db, { document }: EvidenceItem): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('document_reader')
    .innerJoin('person', 'person.id', 'person_id')
    .select(['person.id', 'display_name as name'])
    .where('document_id', '=', document)
    .orderBy('display_name')
    .execute();
}

/**
 * Finds an item that has this very file, in any version. One that may not be seen is as if it were not there.
 *
 * @param sha256 of the file's bytes
 */
export async function findSameFile(
  db: Db,
  sha256: Buffer,
  reading: Reading,
): Promise<{ item: EvidenceItem; isCurrent: boolean } | undefined> {
  const { rows } = await sql<Row & { isCurrent: boolean }>`
    select ${columns(reading)}, version.superseded_at is null as "isCurrent" ${source}
    where evidence_version.content = ${sha256} and ${isVisible(reading.audience)}
    order by version.superseded_at is null desc, version.id desc limit 1`.execute(db);
  const [row] = rows;
  return row && { item: asItem(row), isCurrent: row.isCurrent };
}

/**
 * Items that a file may be a new version of: those whose file has the same name, and behind them those of the same title. The
 * newest first.
 */
export async function findEarlier(
  db: Db,
  reading: Reading,
  { title, fileName }: { readonly title: string; readonly fileName: string },
  limit: number,
): Promise<EvidenceItem[]> {
  const { rows } = await sql<Row>`
    select ${columns(reading)} ${source}
    where version.superseded_at is null and ${isVisible(reading.audience)}
      and version.id in (
        select version_id from evidence_version where file_name = ${fileName}
        union select id from document_version where superseded_at is null and lower(title) = lower(${title}))
    order by evidence_version.file_name = ${fileName} desc, document.id desc limit ${limit}`.execute(db);
  return rows.map(asItem);
}

/** What a query reads from. */
const source = sql`
  from document
  join evidence on evidence.document_id = document.id
  join evidence_version on evidence_version.document_id = document.id
  join document_version version on version.id = evidence_version.version_id
  join content on content.sha256 = evidence_version.content
  join person owner on owner.id = document.owner_id`;

/** Items, each in the version that is the last one, or was at a moment. */
function selected({ audience, today }: Reading, filter: EvidenceFilter): RawBuilder<unknown> {
  const { kinds, requirements, systems, owner, states, lapsingBy, from, to, asOf } = filter;
  const conditions = [
    sql`${isVisible(audience)}`,
    asOf
      ? sql`version.created_at <= ${asOf} and (version.superseded_at is null or version.superseded_at > ${asOf})`
      : sql`(version.superseded_at is null or version.superseded_at = evidence.withdrawn_at)`,
    ...(kinds ? [sql`evidence_version.kind = any(${kinds}::text[])`] : []),
    ...(requirements
      ? [
          sql`version.id in (select version_id from document_requirement
            where requirement = any(${requirements.flatMap(requirementsWithin)}::text[]))`,
        ]
      : []),
    ...(systems
      ? [sql`version.id in (select version_id from document_system where system = any(${systems}::text[]))`]
      : []),
    ...(owner ? [sql`document.owner_id = ${owner}::uuid`] : []),
    ...(states ? [sql`${stateOn(today, asOf)} = any(${states}::text[])`] : []),
    ...(lapsingBy
      ? [sql`version.superseded_at is null and version.valid_until between ${today}::date and ${lapsingBy}::date`]
      : []),
    ...(from ? [sql`${speaksFrom} >= ${from}::date`] : []),
    ...(to ? [sql`${speaksFrom} <= ${to}::date`] : []),
  ];
  return sql`${source} where ${sql.join(conditions, sql` and `)}`;
}

const speaksFrom = sql`coalesce(version.effective_on, (evidence.added_at at time zone 'UTC')::date)`;

/** The state of a version that is not superseded by another, on a day. */
function stateOn(today: string, asOf?: Date): RawBuilder<EvidenceState> {
  return sql<EvidenceState>`case when version.superseded_at = evidence.withdrawn_at and ${isPast(asOf)} then 'withdrawn'
    when version.valid_until < ${today}::date then 'stale' else 'current' end`;
}

/** Whether a version had ended at a moment; what came later was not known then. */
function isPast(asOf: Date | undefined): RawBuilder<unknown> {
  return asOf ? sql`version.superseded_at <= ${asOf}` : sql`version.superseded_at is not null`;
}

interface Row {
  key: string;
  document: number;
  version: number;
  number: number;
  title: string;
  kind: EvidenceKind;
  requirements: Mapping[];
  systems: Mapping[];
  effectiveOn: string | null;
  validUntil: string | null;
  ownerId: string;
  ownerName: string;
  visibility: EvidenceVisibility;
  sha256: string;
  fileName: string;
  mediaType: string;
  size: number;
  isTextCut: boolean;
  addedAt: Date;
  versionAt: Date;
  supersededAt: Date | null;
  state: EvidenceState;
  withdrawnBecause: string | null;
}

function columns({ today }: Reading, asOf?: Date): RawBuilder<unknown> {
  return sql`document.key, document.id as document, version.id as version, evidence_version.number, version.title,
    evidence_version.kind, version.effective_on as "effectiveOn", version.valid_until as "validUntil",
    owner.id as "ownerId", owner.display_name as "ownerName", document.visibility,
    encode(evidence_version.content, 'hex') as sha256, evidence_version.file_name as "fileName",
    evidence_version.media_type as "mediaType", content.size, evidence_version.is_text_cut as "isTextCut",
    evidence.added_at as "addedAt", version.created_at as "versionAt",
    case when ${isPast(asOf)} then version.superseded_at end as "supersededAt", ${stateOn(today, asOf)} as state,
    case when version.superseded_at = evidence.withdrawn_at and ${isPast(asOf)} then evidence.withdrawn_because
      end as "withdrawnBecause",
    (select coalesce(jsonb_agg(jsonb_build_object('id', requirement, 'reason', reason) order by requirement), '[]')
      from document_requirement where version_id = version.id) as requirements,
    (select coalesce(jsonb_agg(jsonb_build_object('id', system, 'reason', reason) order by system), '[]')
      from document_system where version_id = version.id) as systems`;
}

function asItem(row: Row): EvidenceItem {
  const { ownerId, ownerName, sha256, fileName, mediaType, size, ...rest } = row;
  return {
    ...rest,
    effectiveOn: row.effectiveOn ?? undefined,
    validUntil: row.validUntil ?? undefined,
    withdrawnBecause: row.withdrawnBecause ?? undefined,
    supersededAt: row.supersededAt ?? undefined,
    owner: { id: ownerId, name: ownerName },
    file: { sha256, name: fileName, mediaType, size },
  };
}

/** The item that has this very file, whoever may see it: for programs that must not store anything twice. */
export async function keyOfContent(db: Db, sha256: Buffer): Promise<string | undefined> {
  const row = await db
    .selectFrom('evidence_version')
    .innerJoin('document', 'document.id', 'evidence_version.document_id')
    .select('key')
    .where('content', '=', sha256)
    .executeTakeFirst();
  return row?.key;
}

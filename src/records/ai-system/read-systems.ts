import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../database/database.ts';
import {
  type AiSystem,
  type Content,
  type FieldChange,
  type Named,
  type Stage,
  SYSTEM_STATES,
  type SystemAct,
  type SystemState,
  type SystemVersion,
} from './ai-system.ts';
import { FactsFormat } from './facts.ts';
import { inForce } from './in-force.ts';
import type { AiRole, Tier } from './triage/proposal.ts';

const override = <V extends z.ZodType>(value: V) =>
  z.object({ value, reason: z.string(), by: z.string(), at: z.string() }).optional();

/** Content as it is stored. Only Steward writes it, so that what does not fit is a fault. */
const ContentFormat = z.object({
  name: z.string(),
  texts: z.record(z.string(), z.string()),
  facts: FactsFormat,
  overrides: z.object({
    tier: override(z.string()),
    roles: override(z.array(z.string())),
    impactAssessment: override(z.string()),
    controls: override(z.array(z.string())),
  }),
});

export function contentOf(json: unknown): Content {
  return ContentFormat.parse(json) as unknown as Content;
}

/** Systems that have all of these. */
export interface SystemFilter {
  /** All but discarded ones by default. */
  readonly states?: readonly SystemState[];
  readonly stage?: Stage;
  /** A person's id; null for those without an owner. */
  readonly owner?: string | null;
  readonly tier?: Tier;
  readonly role?: AiRole;
  /** Options of the fact `personalData`, of which one is enough. */
  readonly personalData?: readonly string[];
  /** Those whose impact has to be assessed. */
  readonly assessmentDue?: boolean;
  /** Approved systems whose review is due on this day or was before. YYYY-MM-DD */
  readonly reviewDueOn?: string;
}

export async function readSystem(db: Db, id: number): Promise<AiSystem | undefined> {
  const row = await systems(db).where('ai_system.id', '=', id).executeTakeFirst();
  return row && asSystem(row);
}

/** By number. @param limit of systems */
export async function listSystems(
  db: Db,
  filter: SystemFilter,
  limit: number,
): Promise<{ total: number; systems: AiSystem[] }> {
  const { total } = await db
    .selectFrom('ai_system')
    .where(matches(filter))
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await systems(db).where(matches(filter)).orderBy('ai_system.id').limit(limit).execute();
  return { total, systems: rows.map(asSystem) };
}

/** How complete the records are of what was submitted and is not retired, 0 to 1; undefined where there is none. */
export async function completenessInAll(db: Db): Promise<number | undefined> {
  const { average } = await db
    .selectFrom('ai_system')
    .select(sql<number | null>`avg(completeness)::float8`.as('average'))
    .where('state', 'in', ['submitted', 'approved'])
    .executeTakeFirstOrThrow();
  return average ?? undefined;
}

/** All versions of a system, the newest first. */
export async function historyOf(db: Db, id: number): Promise<SystemVersion[]> {
  const rows = await db
    .selectFrom('ai_system_version as version')
    .leftJoin('person', 'person.id', 'by_id')
    .select(['version', 'act', 'state', 'content', 'changes', 'reason', 'at', 'by_id', 'display_name'])
    .where('system_id', '=', id)
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    act: row.act as SystemAct,
    state: row.state as SystemState,
    content: contentOf(row.content),
    changes: row.changes as unknown as readonly FieldChange[],
    reason: row.reason ?? undefined,
    by: named(row.by_id, row.display_name),
    at: row.at,
  }));
}

export function named(id: string | null, name: string | null): Named | undefined {
  return id === null ? undefined : { id, name: name ?? '' };
}

function systems(db: Db) {
  return db
    .selectFrom('ai_system')
    .leftJoin('person as owner', 'owner.id', 'owner_id')
    .leftJoin('person as submitter', 'submitter.id', 'submitted_by')
    .leftJoin('person as reviewer', 'reviewer.id', 'reviewer_id')
    .leftJoin('person as creator', 'creator.id', 'created_by')
    .select(['ai_system.id', 'state', 'version', 'content', 'stage', 'completeness', 'assessment_due', 'review_on'])
    .select(['ai_system.created_at', 'changed_at', 'owner_id', 'submitted_by', 'reviewer_id', 'created_by'])
    .select(['owner.display_name as owner_name', 'submitter.display_name as submitter_name'])
    .select(['reviewer.display_name as reviewer_name', 'creator.display_name as creator_name']);
}

function asSystem(row: Awaited<ReturnType<ReturnType<typeof systems>['execute']>>[number]): AiSystem {
  const content = contentOf(row.content);
  return {
    id: row.id,
    content,
    owner: named(row.owner_id, row.owner_name),
    state: row.state as SystemState,
    version: row.version,
    stage: (row.stage ?? undefined) as Stage | undefined,
    ...inForce(content),
    isAssessmentDue: row.assessment_due,
    reviewOn: row.review_on ?? undefined,
    completeness: row.completeness,
    submittedBy: named(row.submitted_by, row.submitter_name),
    reviewer: named(row.reviewer_id, row.reviewer_name),
    createdBy: named(row.created_by, row.creator_name),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** The conditions of a filter, each met by an index. */
function matches({ states = NOT_DISCARDED, ...filter }: SystemFilter) {
  const conditions = [sql`ai_system.state = any(${states})`];
  if (filter.stage) conditions.push(sql`stage = ${filter.stage}`);
  if (filter.owner) conditions.push(sql`owner_id = ${filter.owner}`);
  if (filter.owner === null) conditions.push(sql`owner_id is null`);
  if (filter.assessmentDue) conditions.push(sql`assessment_due`);
  if (filter.tier) conditions.push(sql`tier = ${filter.tier}`);
  if (filter.role) conditions.push(sql`roles @> array[${filter.role}]`);
  if (filter.personalData) conditions.push(sql`personal_data && ${filter.personalData}`);
  if (filter.reviewDueOn) {
    conditions.push(sql`ai_system.state = 'approved' and review_on <= ${filter.reviewDueOn}`);
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

const NOT_DISCARDED = SYSTEM_STATES.filter((state) => state !== 'discarded');

/** Everybody who owns a system. */
export async function ownersOf(db: Db): Promise<Named[]> {
  return db
    .selectFrom('ai_system')
    .innerJoin('person', 'person.id', 'owner_id')
    .select(['person.id', 'display_name as name'])
    .distinct()
    .execute();
}

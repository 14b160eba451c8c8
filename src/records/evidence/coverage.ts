import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { isVisible } from '../../retrieval/visibility.ts';
import { type Requirement, structure } from '../../standard/structure.ts';
import { type EvidenceKind, REQUIRED_KINDS } from './kinds.ts';
import type { Reading } from './read-evidence.ts';

/** How much evidence there is for something, that everybody in the audience may see. */
export interface Coverage {
  readonly current: number;
  readonly stale: number;
}

export interface RequirementCoverage extends Coverage {
  readonly requirement: Requirement;
}

export interface SystemCoverage extends Coverage {
  /** AIS-12. */
  readonly system: string;
}

const NONE: Coverage = { current: 0, stale: 0 };

/** Every audited clause and every control, in their order, with the evidence for it. */
export async function requirementCoverage(db: Db, reading: Reading): Promise<RequirementCoverage[]> {
  const counted = await countBy(db, reading, 'document_requirement', 'requirement');
  return [...structure.auditableClauses, ...structure.controls].map((requirement) => ({
    requirement,
    ...(counted.get(requirement.id) ?? NONE),
  }));
}

/** @param systems those that are to be told of also where they have no evidence, in their order */
export async function systemCoverage(db: Db, reading: Reading, systems: readonly string[]): Promise<SystemCoverage[]> {
  const counted = await countBy(db, reading, 'document_system', 'system');
  return systems.map((system) => ({ system, ...(counted.get(system) ?? NONE) }));
}

/**
 * The kinds that every AI management system has something to show of, and of which there is nothing current.
 *
 * @param system of an AI system; undefined for all evidence
 */
export async function missingKinds(db: Db, { audience, today }: Reading, system?: string): Promise<EvidenceKind[]> {
  const { rows } = await sql<{ kind: EvidenceKind }>`
    select distinct evidence_version.kind
    from evidence_version
    join document_version version on version.id = evidence_version.version_id
    join document on document.id = evidence_version.document_id
    where version.superseded_at is null and coalesce(version.valid_until >= ${today}::date, true)
      and evidence_version.kind = any(${REQUIRED_KINDS}::text[])
      and (${system ?? null}::text is null
        or version.id in (select version_id from document_system where system = ${system ?? null}::text))
      and ${isVisible(audience)}`.execute(db);
  const present = new Set(rows.map(({ kind }) => kind));
  return REQUIRED_KINDS.filter((kind) => !present.has(kind));
}

async function countBy(
  db: Db,
  { audience, today }: Reading,
  table: 'document_requirement' | 'document_system',
  column: 'requirement' | 'system',
): Promise<Map<string, Coverage>> {
  const { rows } = await sql<{ id: string; current: number; stale: number }>`
    select ${sql.ref(`mapping.${column}`)} as id,
      count(*) filter (where coalesce(version.valid_until >= ${today}::date, true)) as current,
      count(*) filter (where version.valid_until < ${today}::date) as stale
    from ${sql.table(table)} as mapping
    join document_version version on version.id = mapping.version_id
    join document on document.id = version.document_id
    where version.superseded_at is null and ${isVisible(audience)}
    group by 1`.execute(db);
  return new Map(rows.map(({ id, current, stale }) => [id, { current, stale }]));
}

import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { structure } from '../../standard/structure.ts';
import { inForce } from '../ai-system/in-force.ts';
import { contentOf } from '../ai-system/read-systems.ts';
import type { Counted, Moment, Records } from './kpi.ts';
import { IN_REGISTER } from './measure-systems.ts';

/** KPIs of the evidence. */
export async function evidenceRecords(db: Db, { today }: Moment): Promise<Records> {
  const { rows: items } = await sql<{ key: string; isCurrent: boolean }>`
    select document.key, coalesce(version.valid_until >= ${today}::date, true) as "isCurrent"
    from document join document_version version on version.document_id = document.id
    where document.kind = 'evidence' and version.superseded_at is null order by document.id`.execute(db);
  const { rows: covered } = await sql<{ requirement: string }>`
    select distinct mapping.requirement
    from document_requirement mapping
    join document_version version on version.id = mapping.version_id
    join document on document.id = version.document_id
    where document.kind = 'evidence' and version.superseded_at is null
      and coalesce(version.valid_until >= ${today}::date, true)`.execute(db);
  // Where nobody has begun to collect, there is nothing to measure.
  if (items.length === 0) return {};
  const hasEvidence = new Set(covered.map(({ requirement }) => requirement));
  const count = (ids: readonly string[]): Counted[] => ids.map((id) => [id, hasEvidence.has(id) ? 1 : 0]);
  const relevant = await relevantControls(db);
  return {
    'evidence-freshness': items.map(({ key, isCurrent }) => [key, isCurrent ? 1 : 0]),
    'control-coverage': count(structure.controls.map(({ id }) => id).filter((id) => relevant.has(id))),
    'clause-coverage': count(structure.auditableClauses.map(({ id }) => id)),
  };
}

/** The controls that are relevant for a system of the register, as proposed or decided. */
async function relevantControls(db: Db): Promise<Set<string>> {
  const systems = await db.selectFrom('ai_system').select('content').where('state', 'in', IN_REGISTER).execute();
  return new Set(systems.flatMap(({ content }) => inForce(contentOf(content)).controls));
}

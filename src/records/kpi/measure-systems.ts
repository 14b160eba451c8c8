import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { type SystemState, systemKey } from '../ai-system/ai-system.ts';
import { daysBefore, type Moment, type Records } from './kpi.ts';

/** What the register counts: not what is still being told, and not what is over. */
export const IN_REGISTER: readonly SystemState[] = ['submitted', 'sent_back', 'approved'];

/** Days of decisions that count for the time they take. */
const DECISIONS = 90;

/** KPIs of the register of AI systems. */
export async function systemRecords(db: Db, moment: Moment): Promise<Records> {
  const { today } = moment;
  const systems = await db
    .selectFrom('ai_system')
    .select(['id', 'state', 'completeness', 'impact_depth', 'assessment_due', 'review_on'])
    .where('state', 'in', IN_REGISTER)
    .orderBy('id')
    .execute();
  const isInTime = ({ review_on }: { review_on: string | null }) => review_on === null || review_on >= today;
  return {
    'register-completeness': systems.map(({ id, completeness }) => [systemKey(id), completeness >= 1 ? 1 : 0]),
    'impact-assessment-currency': systems
      .filter(({ impact_depth }) => impact_depth !== 'none')
      .map((system) => [systemKey(system.id), !system.assessment_due && isInTime(system) ? 1 : 0]),
    'review-currency': systems
      .filter(({ state }) => state === 'approved')
      .map((system) => [systemKey(system.id), isInTime(system) ? 1 : 0]),
    'review-time': await decisions(db, daysBefore(moment, DECISIONS)),
  };
}

/** Decisions since a moment, and the days they took from when the system came to wait for one. */
async function decisions(db: Db, since: Date): Promise<(readonly [string, number])[]> {
  const { rows } = await sql<{ system: number; days: number }>`
    select decision.system_id as system,
      extract(epoch from decision.at - (
        select max(begun.at) from ai_system_version begun
        left join ai_system_version earlier on earlier.system_id = begun.system_id and earlier.version = begun.version - 1
        where begun.system_id = decision.system_id and begun.version < decision.version
          and begun.state = 'submitted' and earlier.state is distinct from 'submitted'))::float8 / 86400 as days
    from ai_system_version decision
    join ai_system_version before on before.system_id = decision.system_id and before.version = decision.version - 1
    where decision.at > ${since} and before.state = 'submitted' and decision.act in ('approved', 'sent_back', 'retired')
    order by decision.at, decision.system_id`.execute(db);
  return rows.map(({ system, days }) => [systemKey(system), days]);
}

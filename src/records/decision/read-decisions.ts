import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import type { Named } from '../ai-system/ai-system.ts';
import { named } from '../ai-system/read-systems.ts';
import { isRecordVisible } from '../record-visibility.ts';
import { type Reference, referenceOf } from '../reference.ts';
import type { Decision, Withdrawal } from './decision.ts';

/** Decisions that have all of these. */
export interface DecisionFilter {
  readonly about?: Reference;
  /** Recorded since. */
  readonly since?: Date;
  /** Without those that were taken back. */
  readonly inForce?: true;
}

/** @returns undefined where there is no such decision, and where somebody in the audience may not see it */
export async function readDecision(db: Db, id: number, audience: Audience): Promise<Decision | undefined> {
  const rows = await decisions(db, audience).where('decision.id', '=', id).execute();
  return (await withParticipants(db, rows))[0];
}

/** The decisions that everybody in the audience may see, the newest first, and how many there are in all. */
export async function listDecisions(
  db: Db,
  audience: Audience,
  filter: DecisionFilter,
  limit: number,
): Promise<{ total: number; decisions: Decision[] }> {
  const { total } = await db
    .selectFrom('decision')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where(isDecisionVisible(audience))
    .where(matches(filter))
    .executeTakeFirstOrThrow();
  const rows = await decisions(db, audience)
    .where(matches(filter))
    .orderBy('decision.id', 'desc')
    .limit(limit)
    .execute();
  return { total, decisions: await withParticipants(db, rows) };
}

/** The condition on `decision` that everybody in the audience may see it. */
function isDecisionVisible(audience: Audience) {
  const person = audience.person ?? null;
  return isRecordVisible(audience, 'decision.visibility', [
    sql<boolean>`decision.recorded_by = ${person}::uuid`,
    sql<boolean>`exists (select from decision_participant took
      where took.decision_id = decision.id and took.person_id = ${person}::uuid)`,
  ]);
}

function decisions(db: Db, audience: Audience) {
  return db
    .selectFrom('decision')
    .leftJoin('person as recorder', 'recorder.id', 'recorded_by')
    .leftJoin('person as withdrawer', 'withdrawer.id', 'withdrawn_by')
    .select([
      'decision.id',
      'text',
      'outcome',
      'reason',
      'about_kind',
      'about_ref',
      'others',
      'decided_on',
      'visibility',
    ])
    .select(['recorded_by', 'recorded_at', 'withdrawn_by', 'withdrawn_at', 'withdrawn_because'])
    .select(['recorder.display_name as recorder_name', 'withdrawer.display_name as withdrawer_name'])
    .where(isDecisionVisible(audience));
}

type Row = Awaited<ReturnType<ReturnType<typeof decisions>['execute']>>[number];

async function withParticipants(db: Db, rows: readonly Row[]): Promise<Decision[]> {
  if (rows.length === 0) return [];
  const participants = await db
    .selectFrom('decision_participant')
    .innerJoin('person', 'person.id', 'person_id')
    .select(['decision_id', 'person.id', 'display_name as name'])
    .where(
      'decision_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('display_name')
    .execute();
  const byDecision = Map.groupBy(participants, ({ decision_id }) => decision_id);
  return rows.map((row) => asDecision(row, byDecision.get(row.id) ?? []));
}

function asDecision(row: Row, participants: readonly Named[]): Decision {
  return {
    id: row.id,
    text: row.text,
    outcome: row.outcome,
    reason: row.reason ?? undefined,
    about: referenceOf(row.about_kind, row.about_ref),
    participants: participants.map(({ id, name }) => ({ id, name })),
    others: row.others ?? undefined,
    decidedOn: row.decided_on,
    visibility: row.visibility,
    recordedBy: named(row.recorded_by, row.recorder_name),
    recordedAt: row.recorded_at,
    withdrawn: withdrawalOf(row),
  };
}

function withdrawalOf({ withdrawn_at: at, ...row }: Row): Withdrawal | undefined {
  if (at === null) return undefined;
  return { at, by: named(row.withdrawn_by, row.withdrawer_name), because: row.withdrawn_because ?? '' };
}

function matches({ about, since, inForce }: DecisionFilter) {
  const conditions = [sql`true`];
  if (about) conditions.push(sql`about_kind = ${about.kind} and about_ref = ${about.ref}`);
  if (since) conditions.push(sql`recorded_at >= ${since}`);
  if (inForce) conditions.push(sql`withdrawn_at is null`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

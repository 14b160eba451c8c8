import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { systemKey } from './ai-system.ts';
import type { Decided } from './change-systems.ts';
import { type Facts, parseFacts } from './facts.ts';
import type { Intake } from './intake.ts';
import { significantChanges } from './significant-change.ts';

/** What somebody decided in the place of proposals before the interview was submitted. */
export interface EarlyDecision {
  readonly decided: Decided;
  readonly reason: string;
  /** The person's id. */
  readonly by: string;
  readonly at: Date;
}

/** Keeps a decision until the submission; another one takes its place. @param by the person's id */
export async function keepDecision(
  change: Change,
  { id, system }: Pick<Intake, 'id' | 'system'>,
  { decided, reason, facts }: Pick<EarlyDecision, 'decided' | 'reason'> & { readonly facts: Facts },
  by: string,
): Promise<void> {
  const json = { decided: JSON.stringify(decided), facts: JSON.stringify(facts) };
  const kept = { ...json, reason, by_id: by, at: change.at };
  await change.db
    .insertInto('intake_decision')
    .values({ intake_id: id, ...kept })
    .onConflict((conflict) => conflict.column('intake_id').doUpdateSet(kept))
    .execute();
  change.record({ action: 'intake.decided', subject: systemKey(system), detail: { reason, decided } });
}

/**
 * What was decided on an interview.
 *
 * @param facts as they are answered now; a decision on others lapses
 */
export async function decisionOn(db: Db, intake: number, facts: Facts): Promise<EarlyDecision | undefined> {
  const row = await db
    .selectFrom('intake_decision')
    .select(['decided', 'reason', 'facts', 'by_id', 'at'])
    .where('intake_id', '=', intake)
    .executeTakeFirst();
  if (!row || significantChanges(parseFacts(row.facts), facts).length > 0) return undefined;
  return { decided: row.decided as Decided, reason: row.reason, by: row.by_id, at: row.at };
}

/** The decision was recorded with the submission. */
export async function forgetDecision(db: Db, intake: number): Promise<void> {
  await db.deleteFrom('intake_decision').where('intake_id', '=', intake).execute();
}

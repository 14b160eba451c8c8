import { createHash } from 'node:crypto';
import type { Change } from '../../event-log/governed-change.ts';
import { personOf } from '../ai-system/store-version.ts';
import type { RecordVisibility } from '../record-visibility.ts';
import type { Reference } from '../reference.ts';
import { type DecisionOutcome, decisionKey } from './decision.ts';

export interface NewDecision {
  readonly text: string;
  readonly outcome: DecisionOutcome;
  readonly reason: string | undefined;
  readonly about: Reference | undefined;
  /** The ids of people who took part. */
  readonly participants: readonly string[];
  /** Who else took part, in somebody's words. */
  readonly others: string | undefined;
  /** YYYY-MM-DD */
  readonly decidedOn: string;
  readonly visibility: RecordVisibility;
}

/** @returns the decision's number */
export async function recordDecision(change: Change, decision: NewDecision): Promise<number> {
  const { text, outcome, reason, about, others, decidedOn, visibility } = decision;
  const participants = [...new Set(decision.participants)];
  const { id } = await change.db
    .insertInto('decision')
    .values({
      ...{ text, outcome, reason: reason ?? null, others: others ?? null, decided_on: decidedOn, visibility },
      ...{ about_kind: about?.kind ?? null, about_ref: about?.ref ?? null },
      ...{ recorded_by: personOf(change), recorded_at: change.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (participants.length > 0) {
    await change.db
      .insertInto('decision_participant')
      .values(participants.map((person) => ({ decision_id: id, person_id: person })))
      .execute();
  }
  change.record({
    action: 'decision.recorded',
    subject: decisionKey(id),
    detail: {
      ...{ text: sha256(text), reason: reason ? sha256(reason) : null, others: others ? sha256(others) : null },
      ...{ outcome, participants, decidedOn, visibility, about: about ? `${about.kind} ${about.ref}` : null },
    },
  });
  return id;
}

/** Takes back what was recorded by mistake. @returns false where that was done already */
export async function withdrawDecision(change: Change, id: number, because: string): Promise<boolean> {
  const withdrawn = await change.db
    .updateTable('decision')
    .set({ withdrawn_at: change.at, withdrawn_by: personOf(change), withdrawn_because: because })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!withdrawn) return false;
  change.record({ action: 'decision.withdrawn', subject: decisionKey(id), detail: { because: sha256(because) } });
  return true;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

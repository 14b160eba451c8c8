import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { type Topic, topicOf } from './answer.ts';

/** Why an answer did not help. */
export const UNHELPFUL_REASONS = ['wrong', 'incomplete', 'not_asked', 'hard', 'outdated'] as const;

export type UnhelpfulReason = (typeof UNHELPFUL_REASONS)[number];

export const REASON_NAMES: Readonly<Record<UnhelpfulReason, string>> = {
  wrong: 'Wrong',
  incomplete: 'Incomplete',
  not_asked: 'Not what I asked',
  hard: 'Hard to understand',
  outdated: 'Out of date',
};

export function isUnhelpfulReason(text: string): text is UnhelpfulReason {
  return (UNHELPFUL_REASONS as readonly string[]).includes(text);
}

/** What a person says about an answer. */
export type Feedback =
  | { readonly isHelpful: true }
  | { readonly isHelpful: false; readonly reason: UnhelpfulReason; readonly comment: string | undefined };

/**
 * Keeps what a person says about an answer, in the place of what they said before.
 *
 * @returns `same` where they had said just that and nothing was changed
 */
export async function rateAnswer(
  change: Change,
  answer: number,
  person: string,
  feedback: Feedback,
): Promise<'first' | 'changed' | 'same'> {
  const before = await change.db
    .selectFrom('answer_feedback')
    .select(['is_helpful', 'reason', 'comment'])
    .where('answer_id', '=', answer)
    .where('person_id', '=', person)
    .forUpdate()
    .executeTakeFirst();
  const reason = feedback.isHelpful ? null : feedback.reason;
  const comment = feedback.isHelpful ? null : (feedback.comment ?? null);
  if (before && before.is_helpful === feedback.isHelpful && before.reason === reason && before.comment === comment) {
    return 'same';
  }
  const said = {
    is_helpful: feedback.isHelpful,
    reason,
    comment,
    at: change.at,
    closed_at: null,
    closed_by: null,
  };
  await change.db
    .insertInto('answer_feedback')
    .values({ answer_id: answer, person_id: person, ...said })
    .onConflict((conflict) => conflict.columns(['answer_id', 'person_id']).doUpdateSet(said))
    .execute();
  change.record({
    action: 'answer.rated',
    subject: `answer:${answer}`,
    detail: { helpful: feedback.isHelpful, reason },
  });
  return before ? 'changed' : 'first';
}

export interface Unhelpful {
  readonly reason: UnhelpfulReason;
  readonly comment: string | null;
}

/** An answer that did not help, and that the compliance lead is not done with. */
export interface UnhelpfulAnswer {
  readonly answer: number;
  readonly question: string;
  readonly topic: Topic | undefined;
  /** What people said, the first one first. */
  readonly reasons: readonly Unhelpful[];
  /** When the first of them said so. */
  readonly at: Date;
}

/** @param limit of answers; the longest waiting first */
export async function unhelpfulAnswers(db: Db, limit: number): Promise<{ total: number; answers: UnhelpfulAnswer[] }> {
  const rows = await openFeedback(db)
    .innerJoin('answer', 'answer.id', 'answer_feedback.answer_id')
    .select(['answer_id', 'question', 'topic', 'topic_title', 'reason', 'comment', 'answer_feedback.at'])
    .orderBy('answer_feedback.at')
    .execute();
  const byAnswer = [...Map.groupBy(rows, (row) => row.answer_id).values()];
  const answers = byAnswer.slice(0, limit).flatMap((said) => {
    const [first] = said;
    if (!first) return [];
    const reasons = said.map(({ reason, comment }) => ({ reason: reason as UnhelpfulReason, comment }));
    return { answer: first.answer_id, question: first.question, topic: topicOf(first), reasons, at: first.at };
  });
  return { total: byAnswer.length, answers };
}

/** What people said against an answer and the compliance lead is not done with, the first one first. */
export async function unhelpfulOf(db: Db, answer: number): Promise<Unhelpful[]> {
  const rows = await openFeedback(db)
    .select(['reason', 'comment'])
    .where('answer_id', '=', answer)
    .orderBy('at')
    .execute();
  return rows.map(({ reason, comment }) => ({ reason: reason as UnhelpfulReason, comment }));
}

/** The compliance lead is done with what people said about an answer. @returns whether anything was open */
export async function closeFeedback(change: Change, answer: number): Promise<boolean> {
  const closed = await change.db
    .updateTable('answer_feedback')
    .set({ closed_at: change.at, closed_by: change.actor.kind === 'person' ? change.actor.person : null })
    .where('answer_id', '=', answer)
    .where('is_helpful', '=', false)
    .where('closed_at', 'is', null)
    .returning('person_id')
    .execute();
  if (closed.length === 0) return false;
  change.record({ action: 'answer.feedback-closed', subject: `answer:${answer}`, detail: { closed: closed.length } });
  return true;
}

function openFeedback(db: Db) {
  return db.selectFrom('answer_feedback').where('is_helpful', '=', false).where('closed_at', 'is', null);
}

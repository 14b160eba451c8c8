import type { Db } from '../../database/database.ts';
import type { DigestContent } from './digest.ts';

/** What was decided since a digest was made is named so in `settled`. */
export function decisionMark({ id }: { readonly id: number }): string {
  return `decision:${id}`;
}

/** The same for an action item that is not late any more. */
export function itemMark({ id }: { readonly id: number }): string {
  return `item:${id}`;
}

/**
 * What of a digest is settled by now: decided, done, or given more time. What was settled once stays so; it stands in the next digest
 * if it comes up again. @param today YYYY-MM-DD
 */
export async function settledSince(db: Db, { situation, settled }: DigestContent, today: string): Promise<string[]> {
  const { decisions, overdue } = situation;
  const decided = await decidedAmong(
    db,
    decisions.first.map(({ id }) => id),
  );
  const done = await notLateAmong(
    db,
    overdue.first.map(({ id }) => id),
    today,
  );
  const marks = [...decided.map((id) => decisionMark({ id })), ...done.map((id) => itemMark({ id }))];
  return [...new Set([...settled, ...marks])].sort();
}

async function decidedAmong(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('ai_system')
    .select('id')
    .where('id', 'in', [...ids])
    .where('state', '<>', 'submitted')
    .execute();
  return rows.map(({ id }) => id);
}

async function notLateAmong(db: Db, ids: readonly number[], today: string): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('action_item')
    .select('id')
    .where('id', 'in', [...ids])
    .where((where) => where.or([where('state', '<>', 'open'), where('due_on', '>=', today)]))
    .execute();
  return rows.map(({ id }) => id);
}

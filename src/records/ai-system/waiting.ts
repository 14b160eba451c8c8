import type { Db } from '../../database/database.ts';
import type { AiSystem, OpenPoint } from './ai-system.ts';
import { readOpenPoint } from './open-points.ts';
import { readSystem } from './read-systems.ts';

/** A system that waits for somebody. */
export interface WaitingSystem {
  readonly system: AiSystem;
  /** Since the last change of its record. */
  readonly since: Date;
  /** Whether it is an example person's. */
  readonly isExample: boolean;
}

/** Systems that were submitted before a moment and are not decided, the longest waiting first. */
export async function waitingReviews(db: Db, before: Date): Promise<WaitingSystem[]> {
  const rows = await db
    .selectFrom('ai_system')
    .leftJoin('person', 'person.id', 'submitted_by')
    .select(['ai_system.id', 'changed_at', 'is_example'])
    .where('state', '=', 'submitted')
    .where('changed_at', '<', before)
    .orderBy('changed_at')
    .execute();
  return withSystems(db, rows);
}

/** Approved systems whose review is due on a day or was before. @param today YYYY-MM-DD */
export async function dueReviews(db: Db, today: string): Promise<WaitingSystem[]> {
  const rows = await db
    .selectFrom('ai_system')
    .leftJoin('person', 'person.id', 'submitted_by')
    .select(['ai_system.id', 'changed_at', 'is_example'])
    .where('state', '=', 'approved')
    .where('review_on', '<=', today)
    .orderBy('review_on')
    .execute();
  return withSystems(db, rows);
}

/** Questions that somebody was asked before a moment and that are open, the longest waiting first. */
export async function waitingPoints(db: Db, before: Date): Promise<OpenPoint[]> {
  const rows = await db
    .selectFrom('open_point')
    .select('id')
    .where('state', '=', 'open')
    .where('person_id', 'is not', null)
    .where('raised_at', '<', before)
    .orderBy('raised_at')
    .execute();
  const points = await Promise.all(rows.map(({ id }) => readOpenPoint(db, id)));
  return points.filter((point) => point !== undefined);
}

async function withSystems(
  db: Db,
  rows: readonly { id: number; changed_at: Date; is_example: boolean | null }[],
): Promise<WaitingSystem[]> {
  const systems = await Promise.all(rows.map(({ id }) => readSystem(db, id)));
  return rows.flatMap(({ changed_at: since, is_example }, index) => {
    const system = systems[index];
    return system ? [{ system, since, isExample: is_example ?? false }] : [];
  });
}

import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { TopicId } from './topics.ts';

/** What a reviewer wants to know of a topic. */
export interface ReviewComment {
  readonly topic: TopicId;
  readonly comment: string;
  /** The reviewer's name. */
  readonly by: string;
}

/** Asks for one thing on each of some topics. @param by the reviewer's id */
export async function comment(
  change: Change,
  system: number,
  topics: readonly TopicId[],
  text: string,
  by: string,
): Promise<void> {
  if (topics.length === 0) return;
  await change.db
    .insertInto('review_comment')
    .values(topics.map((topic) => ({ system_id: system, topic, comment: text, by_id: by, at: change.at })))
    .execute();
}

/** Those that nobody has answered yet. */
export async function openComments(db: Db, system: number): Promise<ReviewComment[]> {
  const rows = await db
    .selectFrom('review_comment')
    .innerJoin('person', 'person.id', 'by_id')
    .select(['topic', 'comment', 'display_name'])
    .where('system_id', '=', system)
    .where('closed_at', 'is', null)
    .orderBy('review_comment.id')
    .execute();
  return rows.map((row) => ({ topic: row.topic as TopicId, comment: row.comment, by: row.display_name }));
}

/** The topic was answered again. */
export async function closeComments(change: Change, system: number, topic: TopicId): Promise<void> {
  await change.db
    .updateTable('review_comment')
    .set({ closed_at: change.at })
    .where('system_id', '=', system)
    .where('topic', '=', topic)
    .where('closed_at', 'is', null)
    .execute();
}

import type { Db } from '../../database/database.ts';
import { type Facts, parseFacts } from './facts.ts';
import type { TopicId } from './topics.ts';

/** What somebody said on a topic while they were asked about another one. */
export interface SaidBefore {
  readonly topic: TopicId;
  /** Their words. */
  readonly text: string;
  readonly facts: Facts;
}

/** Keeps what was said early, until its topic is asked. @param by the person's id */
export async function keepSaidBefore(db: Db, intake: number, said: readonly SaidBefore[], by: string): Promise<void> {
  for (const { topic, text, facts } of said) {
    const kept = { text, facts: JSON.stringify(facts), by_id: by, at: new Date() };
    await db
      .insertInto('intake_said')
      .values({ intake_id: intake, topic, ...kept })
      .onConflict((conflict) => conflict.columns(['intake_id', 'topic']).doUpdateSet(kept))
      .execute();
  }
}

export async function saidBefore(db: Db, intake: number, topic: TopicId): Promise<SaidBefore | undefined> {
  const row = await db
    .selectFrom('intake_said')
    .select(['text', 'facts'])
    .where('intake_id', '=', intake)
    .where('topic', '=', topic)
    .executeTakeFirst();
  return row && { topic, text: row.text, facts: parseFacts(row.facts) };
}

/** What was said on a topic early is no longer wanted: the topic is answered. */
export async function forgetSaidBefore(db: Db, intake: number, topic: TopicId): Promise<void> {
  await db.deleteFrom('intake_said').where('intake_id', '=', intake).where('topic', '=', topic).execute();
}

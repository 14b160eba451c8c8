import { randomUUID } from 'node:crypto';
import type { Db } from '../../database/database.ts';
import type { TopicId } from './topics.ts';

/** What somebody is asked at the moment. */
export type Asked = AskedName | AskedTopic;

/** The name of a system that they want to register. */
export interface AskedName extends AskedSince {
  readonly stage: 'name';
}

export interface AskedTopic extends AskedSince {
  /**
   * `answer` the topic's question; `again` the same in other words; `choose` the facts beside it; `confirm` what they said of it
   * before.
   */
  readonly stage: 'answer' | 'again' | 'choose' | 'confirm';
  readonly intake: number;
  readonly topic: TopicId;
  /** The version of the answer that they were shown; 0 where there was none. */
  readonly seen: number;
}

interface AskedSince {
  /** Names the card that asks. */
  readonly card: string;
  readonly askedAt: Date;
}

/** What somebody is asked, of an interview that is not over. */
export async function askedOf(db: Db, person: string): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('interviewee')
    .leftJoin('intake', 'intake.id', 'intake_id')
    .select(['intake_id', 'topic', 'stage', 'seen', 'card', 'asked_at', 'intake.state'])
    .where('person_id', '=', person)
    .executeTakeFirst();
  if (!row) return undefined;
  const since = { card: row.card, askedAt: row.asked_at };
  if (row.intake_id === null) return { stage: 'name', ...since };
  if (row.state !== 'open' && row.state !== 'paused') return undefined;
  const stage = row.stage as AskedTopic['stage'];
  return { stage, intake: row.intake_id, topic: row.topic as TopicId, seen: row.seen, ...since };
}

/** Notes what somebody is asked from now on. @returns the name of the card that asks */
export async function noteAsked(
  db: Db,
  person: string,
  asked: Pick<AskedTopic, 'stage' | 'intake' | 'topic' | 'seen'> | Pick<AskedName, 'stage'>,
): Promise<string> {
  const card = `interview:${randomUUID()}`;
  const topic = asked.stage === 'name' ? { intake: null, topic: null, seen: 0 } : asked;
  const note = {
    ...{ intake_id: topic.intake, topic: topic.topic, stage: asked.stage, seen: topic.seen },
    ...{ card, asked_at: new Date() },
  };
  await db
    .insertInto('interviewee')
    .values({ person_id: person, ...note })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(note))
    .execute();
  return card;
}

/** Somebody is asked nothing any more. */
export async function askNothing(db: Db, person: string): Promise<void> {
  await db.deleteFrom('interviewee').where('person_id', '=', person).execute();
}

import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { type OpenPoint, systemKey } from './ai-system.ts';
import { named } from './read-systems.ts';
import { personOf } from './store-version.ts';
import type { TopicId } from './topics.ts';

export interface NewOpenPoint {
  readonly system: number;
  readonly topic: TopicId;
  readonly question: string;
  readonly why: string;
  /** The id of the person to ask. */
  readonly person: string | undefined;
}

/** Notes a question that stays open. @returns its id */
export async function raiseOpenPoint(change: Change, point: NewOpenPoint): Promise<number> {
  const { system, topic, question, why, person } = point;
  const { id } = await change.db
    .insertInto('open_point')
    .values({
      ...{ system_id: system, topic, question, why, person_id: person ?? null },
      ...{ raised_by: personOf(change), raised_at: change.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  change.record({
    action: 'open-point.raised',
    subject: systemKey(system),
    detail: { point: id, topic, question, why, person: person ?? null },
  });
  return id;
}

/** Names somebody else to ask. @param person the person's id @returns false where the question is no longer open */
export async function askSomebodyElse(change: Change, point: number, person: string): Promise<boolean> {
  const row = await claim(change, point);
  if (!row) return false;
  await change.db.updateTable('open_point').set({ person_id: person }).where('id', '=', point).execute();
  change.record({
    action: 'open-point.passed-on',
    subject: systemKey(row.system_id),
    detail: { point, person, personBefore: row.person_id },
  });
  return true;
}

/** Closes a question with its answer; without one it is dropped. @returns false where it is no longer open */
export async function closeOpenPoint(change: Change, point: number, answer: string | undefined): Promise<boolean> {
  const row = await claim(change, point);
  if (!row) return false;
  const state = answer === undefined ? 'dropped' : 'answered';
  await change.db
    .updateTable('open_point')
    .set({ state, answer: answer ?? null, closed_by: personOf(change), closed_at: change.at })
    .where('id', '=', point)
    .execute();
  change.record({
    action: `open-point.${state}`,
    subject: systemKey(row.system_id),
    detail: { point, topic: row.topic, answer: answer ?? null },
  });
  return true;
}

export async function readOpenPoint(db: Db, id: number): Promise<OpenPoint | undefined> {
  const row = await points(db).where('open_point.id', '=', id).executeTakeFirst();
  return row && asPoint(row);
}

/** All that were ever open on a system, the first raised first. */
export async function openPointsOf(db: Db, system: number): Promise<OpenPoint[]> {
  const rows = await points(db).where('system_id', '=', system).orderBy('open_point.id').execute();
  return rows.map(asPoint);
}

/** Those that wait for a person, the first raised first. */
export async function openPointsFor(db: Db, person: string): Promise<OpenPoint[]> {
  const rows = await points(db)
    .where('person_id', '=', person)
    .where('state', '=', 'open')
    .orderBy('open_point.id')
    .execute();
  return rows.map(asPoint);
}

/** The row lock makes two answers at once follow one another, and the second finds the question closed. */
function claim(change: Change, point: number) {
  return change.db
    .selectFrom('open_point')
    .select(['system_id', 'topic', 'person_id'])
    .where('id', '=', point)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
}

function points(db: Db) {
  return db
    .selectFrom('open_point')
    .leftJoin('person', 'person.id', 'person_id')
    .leftJoin('person as closer', 'closer.id', 'closed_by')
    .select(['open_point.id', 'system_id', 'topic', 'question', 'why', 'state', 'answer', 'raised_at'])
    .select(['person_id', 'person.display_name as person_name', 'closed_by', 'closer.display_name as closer_name']);
}

function asPoint(row: Awaited<ReturnType<ReturnType<typeof points>['execute']>>[number]): OpenPoint {
  return {
    id: row.id,
    system: row.system_id,
    topic: row.topic as TopicId,
    question: row.question,
    why: row.why,
    person: named(row.person_id, row.person_name),
    state: row.state as OpenPoint['state'],
    answer: row.answer ?? undefined,
    answeredBy: row.state === 'answered' ? named(row.closed_by, row.closer_name) : undefined,
    raisedAt: row.raised_at,
  };
}

import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { gapKey } from '../knowledge-gap.ts';
import { daysBefore, type Moment, type Records } from './kpi.ts';

/** Days of questions, of judgements on answers, and of answers by the compliance lead that count. */
const QUESTIONS = 7;
const JUDGEMENTS = 30;
const ANSWERED = 90;

/** What an answer is called where no person sees it: `answer:12`. */
export function answerKey(id: number): string {
  return `answer:${id}`;
}

/** @returns undefined for what is no answer's key */
export function parseAnswerKey(text: string): number | undefined {
  const digits = /^answer:([1-9]\d{0,14})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** KPIs of what people ask. */
export async function questionRecords(db: Db, moment: Moment): Promise<Records> {
  const answers = await db
    .selectFrom('answer')
    .select(['id', 'is_declined'])
    .where('at', '>', daysBefore(moment, QUESTIONS))
    .orderBy('id')
    .execute();
  const { rows: judged } = await sql<{ id: number; isUnhelpful: boolean }>`
    select answer_id as id, bool_or(not is_helpful) as "isUnhelpful" from answer_feedback
    where at > ${daysBefore(moment, JUDGEMENTS)} group by answer_id order by answer_id`.execute(db);
  const { rows: gaps } = await sql<{ id: number; days: number }>`
    select id, extract(epoch from closed_at - opened_at)::float8 / 86400 as days from knowledge_gap
    where closed_at > ${daysBefore(moment, ANSWERED)} and state = 'answered' order by id`.execute(db);
  const any = await db.selectFrom('answer').select('id').limit(1).executeTakeFirst();
  if (!any) return {};
  return {
    'questions-asked': answers.map(({ id }) => [answerKey(id), 1]),
    'questions-declined': answers.map(({ id, is_declined }) => [answerKey(id), is_declined ? 1 : 0]),
    'answers-unhelpful': judged.map(({ id, isUnhelpful }) => [answerKey(id), isUnhelpful ? 1 : 0]),
    'gap-answer-time': gaps.map(({ id, days }) => [gapKey(id), days]),
  };
}

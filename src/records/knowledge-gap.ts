import { sql } from 'kysely';
import type { Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { type Topic, topicOf } from './answer.ts';
import { fingerprint } from './same-question.ts';

/** A question that Steward could not answer and that somebody wants answered. */
export interface KnowledgeGap {
  readonly id: number;
  readonly question: string;
  readonly topic: Topic | undefined;
  readonly state: 'open' | 'answered' | 'withdrawn';
  readonly openedAt: Date;
  /** Who answered or withdrew it. */
  readonly closedBy: string | undefined;
  /** The key of the reviewed answer that closed it. */
  readonly reviewedAnswer: string | undefined;
  /** The first asker first. */
  readonly askers: readonly GapAsker[];
}

export interface GapAsker {
  /** The person's id. */
  readonly id: string;
  readonly name: string;
  /** As this person asked it. */
  readonly question: string;
  readonly platform: Platform;
}

/** What people call a gap. */
export function gapKey(id: number): string {
  return `GAP-${id}`;
}

/** @returns undefined for what is no gap's key */
export function parseGapKey(text: string): number | undefined {
  const digits = /^GAP-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export interface GapQuestion {
  /** The asker's id. */
  readonly asker: string;
  readonly platform: Platform;
  readonly question: string;
  readonly topic: Topic | undefined;
}

/**
 * Opens a gap, or joins the open one of the same question.
 *
 * @returns `already` where the asker had asked it before and nothing was changed
 */
export async function askGap(
  change: Change,
  { asker, platform, question, topic }: GapQuestion,
): Promise<{ id: number; outcome: 'opened' | 'joined' | 'already' }> {
  const print = await fingerprint(change.db, question);
  // Two people who ask the same at once open one gap.
  await sql`select pg_advisory_xact_lock(4200102)`.execute(change.db);
  const open = await change.db
    .selectFrom('knowledge_gap')
    .innerJoin('knowledge_gap_asker', 'gap_id', 'knowledge_gap.id')
    .select('knowledge_gap.id')
    .where('state', '=', 'open')
    .where('fingerprint', '=', print)
    // Nobody closes it before this asker is in it.
    .forUpdate('knowledge_gap')
    .executeTakeFirst();
  const { id } =
    open ??
    (await change.db
      .insertInto('knowledge_gap')
      .values({ question, topic: topic?.id ?? null, topic_title: topic?.title ?? null, opened_at: change.at })
      .returning('id')
      .executeTakeFirstOrThrow());
  const joined = await change.db
    .insertInto('knowledge_gap_asker')
    .values({ gap_id: id, person_id: asker, question, fingerprint: print, platform, asked_at: change.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('gap_id')
    .executeTakeFirst();
  if (!joined) return { id, outcome: 'already' };
  const action = open ? 'knowledge-gap.joined' : 'knowledge-gap.opened';
  change.record({ action, subject: gapKey(id), detail: { topic: topic?.id ?? null } });
  return { id, outcome: open ? 'joined' : 'opened' };
}

export async function readGap(db: Db, id: number): Promise<KnowledgeGap | undefined> {
  const row = await gaps(db).where('gap.id', '=', id).executeTakeFirst();
  return row && (await withAskers(db, [row]))[0];
}

/** @param limit of gaps; the longest waiting first */
export async function openGaps(db: Db, limit: number): Promise<{ total: number; gaps: KnowledgeGap[] }> {
  const { total } = await db
    .selectFrom('knowledge_gap')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow();
  const rows = await gaps(db).where('state', '=', 'open').orderBy('gap.id').limit(limit).execute();
  return { total, gaps: await withAskers(db, rows) };
}

/** A person's open questions, the longest waiting first. */
export async function openGapsOf(db: Db, person: string, limit: number): Promise<KnowledgeGap[]> {
  const rows = await gaps(db)
    .innerJoin('knowledge_gap_asker as mine', 'mine.gap_id', 'gap.id')
    .where('mine.person_id', '=', person)
    .where('state', '=', 'open')
    .orderBy('gap.id')
    .limit(limit)
    .execute();
  return withAskers(db, rows);
}

/** The keys of the reviewed answers that the same question got before, the newest first. */
export async function answersGivenBefore(db: Db, question: string): Promise<string[]> {
  const rows = await db
    .selectFrom('knowledge_gap as gap')
    .innerJoin('knowledge_gap_asker', 'gap_id', 'gap.id')
    .innerJoin('document', 'document.id', 'gap.document_id')
    .select(['key', 'gap.id'])
    .distinct()
    .where('fingerprint', '=', await fingerprint(db, question))
    .orderBy('gap.id', 'desc')
    .execute();
  return rows.map(({ key }) => key);
}

/** Keeps a gap as it is until the change is done. @returns it, where it is still open */
export async function claimGap(change: Change, id: number): Promise<KnowledgeGap | undefined> {
  const open = await change.db
    .selectFrom('knowledge_gap')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'open')
    .forUpdate()
    .executeTakeFirst();
  return open && readGap(change.db, id);
}

/** Closes a gap that was claimed, with the document that answers it or without an answer. */
export async function closeGap(
  change: Change,
  { id }: KnowledgeGap,
  answer: { readonly document: number; readonly key: string } | undefined,
): Promise<void> {
  await change.db
    .updateTable('knowledge_gap')
    .set({
      state: answer ? 'answered' : 'withdrawn',
      closed_at: change.at,
      closed_by: change.actor.kind === 'person' ? change.actor.person : null,
      document_id: answer?.document ?? null,
    })
    .where('id', '=', id)
    .execute();
  change.record({
    action: answer ? 'knowledge-gap.answered' : 'knowledge-gap.withdrawn',
    subject: gapKey(id),
    detail: answer ? { reviewedAnswer: answer.key } : {},
  });
}

function gaps(db: Db) {
  return db
    .selectFrom('knowledge_gap as gap')
    .leftJoin('person as closer', 'closer.id', 'gap.closed_by')
    .leftJoin('document', 'document.id', 'gap.document_id')
    .select(['gap.id', 'gap.question', 'topic', 'topic_title', 'state', 'opened_at'])
    .select(['closer.display_name as closedBy', 'document.key as reviewedAnswer']);
}

type GapRow = Awaited<ReturnType<ReturnType<typeof gaps>['execute']>>[number];

async function withAskers(db: Db, rows: readonly GapRow[]): Promise<KnowledgeGap[]> {
  if (rows.length === 0) return [];
  const askers = await db
    .selectFrom('knowledge_gap_asker')
    .innerJoin('person', 'person.id', 'person_id')
    .select(['gap_id', 'person_id as id', 'display_name as name', 'question', 'platform'])
    .where(
      'gap_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('asked_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    question: row.question,
    topic: topicOf(row),
    state: row.state,
    openedAt: row.opened_at,
    closedBy: row.closedBy ?? undefined,
    reviewedAnswer: row.reviewedAnswer ?? undefined,
    askers: askers
      .filter(({ gap_id }) => gap_id === row.id)
      .map(({ id, name, question, platform }) => ({ id, name, question, platform: platform as Platform })),
  }));
}

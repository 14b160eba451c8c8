import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Named } from '../ai-system/ai-system.ts';
import { named } from '../ai-system/read-systems.ts';
import { personOf } from '../ai-system/store-version.ts';
import { KPIS } from './catalogue.ts';
import type { Snapshot } from './kpi.ts';
import { quarterBefore, quarterOf } from './quarter.ts';
import { readSnapshots, takeSnapshot } from './snapshots.ts';

/** A look at all KPIs: of a quarter, or after a major event. */
export interface KpiReview {
  readonly id: number;
  /** 2026-Q3; undefined after an event. */
  readonly quarter: string | undefined;
  /** What happened, as it was typed. */
  readonly event: string | undefined;
  /** Undefined where Steward called it. */
  readonly calledBy: Named | undefined;
  /** YYYY-MM-DD */
  readonly calledOn: string;
  /** Undefined until somebody recorded what came of it. */
  readonly result: ReviewResult | undefined;
  /** What was looked at, in the order of the catalogue. */
  readonly snapshots: readonly Snapshot[];
}

export interface ReviewResult {
  /** YYYY-MM-DD */
  readonly heldOn: string;
  readonly participants: readonly Named[];
  /** Who else took part, in somebody's words. */
  readonly others: string | undefined;
  readonly outcome: string;
  readonly recordedBy: Named | undefined;
}

/** What people call it. */
export function reviewKey(id: number): string {
  return `KR-${id}`;
}

/** @returns undefined for what is no review's key */
export function parseReviewKey(text: string): number | undefined {
  const digits = /^KR-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Calls the review of the quarter that is over, unless it was called, or nothing was measured in it. @returns its number */
export async function callQuarterlyReview(change: Change, today: string): Promise<number | undefined> {
  // Two replicas call one.
  await sql`select pg_advisory_xact_lock(4200105)`.execute(change.db);
  if (!(await isReviewDue(change.db, today))) return undefined;
  return call(change, { quarter: quarterBefore(quarterOf(today)).key, event: null }, today);
}

/** Whether something was measured in the quarter that is over, and its review was not called. */
export async function isReviewDue(db: Db, today: string): Promise<boolean> {
  const { key, from, to } = quarterBefore(quarterOf(today));
  const called = await db.selectFrom('kpi_review').select('id').where('quarter', '=', key).executeTakeFirst();
  if (called) return false;
  const measured = await db
    .selectFrom('kpi_snapshot')
    .select('id')
    .where('taken_on', '>=', from)
    .where('taken_on', '<=', to)
    .limit(1)
    .executeTakeFirst();
  return measured !== undefined;
}

/** Calls a review after a major event. @param event what happened @returns its number */
export function callReviewAfter(change: Change, event: string, today: string): Promise<number> {
  return call(change, { quarter: null, event }, today);
}

async function call(
  change: Change,
  occasion: { quarter: string | null; event: string | null },
  today: string,
): Promise<number> {
  const snapshots = await takeSnapshot(change, today);
  const { id } = await change.db
    .insertInto('kpi_review')
    .values({ ...occasion, called_by: personOf(change), called_on: today, called_at: change.at })
    .returning('id')
    .executeTakeFirstOrThrow();
  await change.db
    .insertInto('kpi_review_snapshot')
    .values(snapshots.map((snapshot) => ({ review_id: id, snapshot_id: snapshot.id })))
    .execute();
  change.record({
    action: 'kpi-review.called',
    subject: reviewKey(id),
    detail: { quarter: occasion.quarter, isAfterEvent: occasion.event !== null },
  });
  return id;
}

export interface NewResult {
  /** YYYY-MM-DD */
  readonly heldOn: string;
  /** Ids of people. */
  readonly participants: readonly string[];
  readonly others: string | undefined;
  readonly outcome: string;
}

/** Records what came of a review. @returns false where that was done already, or there is none */
export async function recordReview(change: Change, review: number, result: NewResult): Promise<boolean> {
  const { heldOn, others, outcome } = result;
  const recorded = await change.db
    .updateTable('kpi_review')
    .set({
      held_on: heldOn,
      others: others ?? null,
      outcome,
      recorded_by: personOf(change),
      recorded_at: change.at,
    })
    .where('id', '=', review)
    .where('recorded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!recorded) return false;
  const participants = [...new Set(result.participants)];
  if (participants.length > 0) {
    const rows = participants.map((person) => ({ review_id: review, person_id: person }));
    await change.db.insertInto('kpi_review_participant').values(rows).execute();
  }
  change.record({
    action: 'kpi-review.recorded',
    subject: reviewKey(review),
    detail: { heldOn, participants, hasOthers: others !== undefined },
  });
  return true;
}

export async function readReview(db: Db, id: number): Promise<KpiReview | undefined> {
  const [review] = await asReviews(db, await reviews(db).where('review.id', '=', id).execute());
  return review;
}

/** The reviews that were called in a span of days, the first one first. Days are YYYY-MM-DD. */
export async function listReviews(db: Db, from: string, to: string): Promise<KpiReview[]> {
  const rows = await reviews(db)
    .where('called_on', '>=', from)
    .where('called_on', '<=', to)
    .orderBy('review.id')
    .execute();
  return asReviews(db, rows);
}

/** Reviews that were called before a moment and of which nothing is recorded. */
export async function openReviews(db: Db, before: Date): Promise<KpiReview[]> {
  const rows = await reviews(db)
    .where('recorded_at', 'is', null)
    .where('called_at', '<', before)
    .orderBy('review.id')
    .execute();
  return asReviews(db, rows);
}

function reviews(db: Db) {
  return db
    .selectFrom('kpi_review as review')
    .leftJoin('person as caller', 'caller.id', 'called_by')
    .leftJoin('person as recorder', 'recorder.id', 'recorded_by')
    .select(['review.id', 'quarter', 'event', 'called_by', 'called_on', 'held_on', 'others', 'outcome', 'recorded_by'])
    .select(['caller.display_name as callerName', 'recorder.display_name as recorderName']);
}

type Row = Awaited<ReturnType<ReturnType<typeof reviews>['execute']>>[number];

async function asReviews(db: Db, rows: readonly Row[]): Promise<KpiReview[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const participants = await db
    .selectFrom('kpi_review_participant')
    .innerJoin('person', 'person.id', 'person_id')
    .select(['review_id', 'person.id', 'display_name as name'])
    .where('review_id', 'in', ids)
    .orderBy('display_name')
    .execute();
  const links = await db.selectFrom('kpi_review_snapshot').selectAll().where('review_id', 'in', ids).execute();
  const snapshots = new Map(
    (
      await readSnapshots(
        db,
        links.map(({ snapshot_id }) => snapshot_id),
      )
    ).map((snapshot) => [snapshot.id, snapshot]),
  );
  const place = new Map(KPIS.map(({ id }, index) => [id, index]));
  return rows.map((row) => ({
    id: row.id,
    quarter: row.quarter ?? undefined,
    event: row.event ?? undefined,
    calledBy: named(row.called_by, row.callerName),
    calledOn: row.called_on,
    result:
      row.outcome === null || row.held_on === null
        ? undefined
        : {
            heldOn: row.held_on,
            participants: participants
              .filter(({ review_id }) => review_id === row.id)
              .map(({ id, name }) => ({ id, name })),
            others: row.others ?? undefined,
            outcome: row.outcome,
            recordedBy: named(row.recorded_by, row.recorderName),
          },
    snapshots: links
      .filter(({ review_id }) => review_id === row.id)
      .flatMap(({ snapshot_id }) => snapshots.get(snapshot_id) ?? [])
      .sort((a, b) => (place.get(a.kpi) ?? 0) - (place.get(b.kpi) ?? 0)),
  }));
}

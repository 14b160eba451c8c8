import { sql } from 'kysely';
import { mondayOf } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { KpiId } from './catalogue.ts';
import type { Counted, Snapshot } from './kpi.ts';
import { measure } from './measure.ts';
import { readSettings } from './settings.ts';

/**
 * Measures every KPI and keeps it with the records behind it. What is kept is never changed.
 *
 * @param today YYYY-MM-DD
 */
export async function takeSnapshot(change: Change, today: string): Promise<Snapshot[]> {
  const figures = await measure(change.db, { now: change.at, today });
  const settings = await readSettings(change.db);
  const rows = await change.db
    .insertInto('kpi_snapshot')
    .values(
      figures.map(({ kpi, formula, value, of, records, measuredOn }) => ({
        kpi,
        formula,
        value: value ?? null,
        part: of?.part ?? null,
        whole: of?.whole ?? null,
        target: settings.get(kpi)?.target ?? null,
        records: JSON.stringify(records),
        measured_on: measuredOn,
        taken_on: today,
        taken_at: change.at,
      })),
    )
    .returningAll()
    .execute();
  change.record({
    action: 'kpi.snapshot-taken',
    subject: 'kpi',
    detail: { on: today, values: Object.fromEntries(figures.map(({ kpi, value }) => [kpi, value ?? null])) },
  });
  return rows.map(asSnapshot);
}

/** Takes the snapshot of a week, unless there is one. @returns undefined where there is */
export async function takeWeeklySnapshot(change: Change, today: string): Promise<Snapshot[] | undefined> {
  // Two replicas take one.
  await sql`select pg_advisory_xact_lock(4200103)`.execute(change.db);
  const taken = await change.db
    .selectFrom('kpi_snapshot')
    .select('id')
    .where('taken_on', '>=', mondayOf(today))
    .limit(1)
    .executeTakeFirst();
  return taken ? undefined : takeSnapshot(change, today);
}

/** The last snapshot of each week in a span of days, of each KPI, the oldest first. Days are YYYY-MM-DD. */
export async function weeklySnapshots(db: Db, from: string, to: string): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('kpi_snapshot')
    .selectAll()
    .distinctOn(['kpi', sql`date_trunc('week', taken_on)`])
    .where('taken_on', '>=', from)
    .where('taken_on', '<=', to)
    .orderBy('kpi')
    .orderBy(sql`date_trunc('week', taken_on)`)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(asSnapshot);
}

/** The last snapshot of a KPI that was taken in a span of days. */
export async function lastSnapshot(db: Db, kpi: KpiId, from: string, to: string): Promise<Snapshot | undefined> {
  const row = await db
    .selectFrom('kpi_snapshot')
    .selectAll()
    .where('kpi', '=', kpi)
    .where('taken_on', '>=', from)
    .where('taken_on', '<=', to)
    .orderBy('taken_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && asSnapshot(row);
}

export async function readSnapshot(db: Db, id: number): Promise<Snapshot | undefined> {
  const row = await db.selectFrom('kpi_snapshot').selectAll().where('id', '=', id).executeTakeFirst();
  return row && asSnapshot(row);
}

/** Snapshots by their numbers. */
export async function readSnapshots(db: Db, ids: readonly number[]): Promise<Snapshot[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('kpi_snapshot').selectAll().where('id', 'in', ids).execute();
  return rows.map(asSnapshot);
}

/** The last snapshot of each KPI that was taken in a span of days. */
export async function lastSnapshots(db: Db, from: string, to: string): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('kpi_snapshot')
    .selectAll()
    .distinctOn('kpi')
    .where('taken_on', '>=', from)
    .where('taken_on', '<=', to)
    .orderBy('kpi')
    .orderBy('taken_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(asSnapshot);
}

interface Row {
  id: number;
  kpi: string;
  formula: number;
  value: number | null;
  part: number | null;
  whole: number | null;
  target: number | null;
  records: unknown;
  measured_on: string;
  taken_on: string;
  taken_at: Date;
}

function asSnapshot(row: Row): Snapshot {
  return {
    id: row.id,
    kpi: row.kpi as KpiId,
    formula: row.formula,
    value: row.value ?? undefined,
    of: row.part === null || row.whole === null ? undefined : { part: row.part, whole: row.whole },
    records: row.records as readonly Counted[],
    measuredOn: row.measured_on,
    target: row.target ?? undefined,
    takenOn: row.taken_on,
    takenAt: row.taken_at,
  };
}

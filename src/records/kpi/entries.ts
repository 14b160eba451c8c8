import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Named } from '../ai-system/ai-system.ts';
import { type KpiId, knownKpi, kpiOf } from './catalogue.ts';
import type { Figure } from './kpi.ts';

/** What somebody counted: a number, or so many of so many, where the KPI is a share. */
export type Counting = { readonly value: number } | { readonly part: number; readonly whole: number };

/** A value as it was entered. */
export interface KpiEntry {
  readonly id: number;
  readonly kpi: KpiId;
  readonly formula: number;
  readonly value: number;
  readonly of: { readonly part: number; readonly whole: number } | undefined;
  /** YYYY-MM-DD */
  readonly measuredOn: string;
  readonly note: string;
  readonly by: Named;
  readonly at: Date;
}

/** What people call a value that was entered. */
export function entryKey(id: number): string {
  return `KV-${id}`;
}

/** @returns undefined for what is no such key */
export function parseEntryKey(text: string): number | undefined {
  const digits = /^KV-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * Keeps a value that somebody entered; the one that was entered last holds.
 *
 * @param by the person's id
 * @param basedOn the number of the value that the person saw; 0 where there was none
 * @returns its number; undefined where another one was entered meanwhile, and nothing was kept
 */
export async function enterValue(
  change: Change,
  kpi: KpiId,
  entered: { readonly counting: Counting; readonly measuredOn: string; readonly note: string },
  { by, basedOn }: { readonly by: string; readonly basedOn: number },
): Promise<number | undefined> {
  // Two people who enter at once, or one who presses twice, follow one another.
  await sql`select pg_advisory_xact_lock(4200104)`.execute(change.db);
  if ((await lastEntry(change.db, kpi)) !== basedOn) return undefined;
  const { counting, measuredOn, note } = entered;
  const value = 'value' in counting ? counting.value : counting.part / counting.whole;
  const { version: formula } = knownKpi(kpi).formula;
  const { id } = await change.db
    .insertInto('kpi_entry')
    .values({
      kpi,
      formula,
      value,
      part: 'part' in counting ? counting.part : null,
      whole: 'part' in counting ? counting.whole : null,
      measured_on: measuredOn,
      note,
      by_id: by,
      at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  change.record({
    action: 'kpi.entered',
    subject: `kpi:${kpi}`,
    detail: { entry: entryKey(id), formula, ...counting, measuredOn },
  });
  return id;
}

/** The number of the value that was entered last, by whatever formula; 0 where there is none. */
export async function lastEntry(db: Db, kpi: KpiId): Promise<number> {
  const row = await db
    .selectFrom('kpi_entry')
    .select('id')
    .where('kpi', '=', kpi)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** The value that holds of each KPI that has one. One of an earlier formula holds no more: it counted something else. */
export async function latestEntries(db: Db): Promise<Map<KpiId, Figure>> {
  const rows = await entries(db).distinctOn('kpi').orderBy('kpi').orderBy('kpi_entry.id', 'desc').execute();
  const current = rows.map(asEntry).filter((entry) => entry.formula === kpiOf(entry.kpi)?.formula.version);
  return new Map(
    current.map(({ id, kpi, formula, value, of, measuredOn }) => [
      kpi,
      { kpi, formula, value, of, records: [[entryKey(id), value]] as const, measuredOn },
    ]),
  );
}

export async function readEntries(db: Db, ids: readonly number[]): Promise<KpiEntry[]> {
  if (ids.length === 0) return [];
  return (await entries(db).where('kpi_entry.id', 'in', ids).orderBy('kpi_entry.id').execute()).map(asEntry);
}

function entries(db: Db) {
  return db
    .selectFrom('kpi_entry')
    .innerJoin('person', 'person.id', 'by_id')
    .select(['kpi_entry.id', 'kpi', 'formula', 'value', 'part', 'whole', 'measured_on', 'note', 'at'])
    .select(['by_id', 'display_name']);
}

function asEntry(row: Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]): KpiEntry {
  return {
    id: row.id,
    kpi: row.kpi as KpiId,
    formula: row.formula,
    value: row.value,
    of: row.part === null || row.whole === null ? undefined : { part: row.part, whole: row.whole },
    measuredOn: row.measured_on,
    note: row.note,
    by: { id: row.by_id, name: row.display_name },
    at: row.at,
  };
}

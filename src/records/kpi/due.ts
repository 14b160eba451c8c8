import { daysLater, monthsLater } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { KPIS, type Kpi } from './catalogue.ts';
import { latestEntries } from './entries.ts';
import type { Frequency, KpiSettings } from './kpi.ts';
import { proposedSettings, readSettings } from './settings.ts';

/** A value that somebody is to enter. */
export interface DueEntry {
  readonly kpi: Kpi;
  readonly settings: KpiSettings;
  /** Since when; undefined where there never was one. YYYY-MM-DD */
  readonly since: string | undefined;
}

/** The KPIs of which a value is to be entered on a day, in the order of the catalogue. */
export async function dueEntries(db: Db, today: string): Promise<DueEntry[]> {
  const settings = await readSettings(db);
  const entries = await latestEntries(db);
  return KPIS.flatMap((kpi) => {
    if (kpi.source !== 'entered') return [];
    const decided = settings.get(kpi.id) ?? proposedSettings(kpi);
    if (decided.frequency === 'never') return [];
    const since = dueOn(entries.get(kpi.id)?.measuredOn, decided.frequency);
    return since === undefined || since <= today ? [{ kpi, settings: decided, since }] : [];
  });
}

/** The day on which the next value is due. @param last the day of the last one @returns undefined where there was none */
export function dueOn(last: string | undefined, frequency: Exclude<Frequency, 'never'>): string | undefined {
  if (last === undefined) return undefined;
  switch (frequency) {
    case 'weekly':
      return daysLater(last, 7);
    case 'monthly':
      return monthsLater(last, 1);
    case 'quarterly':
      return monthsLater(last, 3);
  }
}

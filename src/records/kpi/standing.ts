import { daysLater, mondayOf } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { KPIS, type Kpi } from './catalogue.ts';
import type { Figure, KpiSettings, Moment, Snapshot } from './kpi.ts';
import { measure } from './measure.ts';
import { proposedSettings, readSettings } from './settings.ts';
import { weeklySnapshots } from './snapshots.ts';
import { type Trend, trendOf } from './trend.ts';

/** Weeks that a history and a trend look back. */
const WEEKS = 12;

/** A KPI as it stands. */
export interface Standing {
  readonly kpi: Kpi;
  readonly settings: KpiSettings;
  readonly current: Figure;
  /** What was kept last in an earlier week by the same formula, within the last twelve. */
  readonly previous: Snapshot | undefined;
  /** From the previous value to the current one, in its unit; undefined where one of them was not measured. */
  readonly change: number | undefined;
  /** What was kept in each of the last twelve weeks, the oldest first, without the current value. Formulas may differ. */
  readonly history: readonly Snapshot[];
  /** Of the history and the current value, as far as the formula is the same. */
  readonly trend: Trend | undefined;
}

/** All KPIs as they stand at a moment, in the order of the catalogue. */
export async function readStandings(db: Db, moment: Moment): Promise<Standing[]> {
  return standingsOf(db, await measure(db, moment), moment.today);
}

/** The same for figures that were measured already, such as a snapshot. @param today YYYY-MM-DD */
export async function standingsOf(db: Db, figures: readonly Figure[], today: string): Promise<Standing[]> {
  const monday = mondayOf(today);
  const snapshots = await weeklySnapshots(db, daysLater(monday, -7 * WEEKS), daysLater(monday, -1));
  const settings = await readSettings(db);
  const current = new Map(figures.map((figure) => [figure.kpi, figure]));
  return KPIS.flatMap((kpi) => {
    const figure = current.get(kpi.id);
    if (!figure) return [];
    const history = snapshots.filter((snapshot) => snapshot.kpi === kpi.id);
    return standing(kpi, settings.get(kpi.id) ?? proposedSettings(kpi), figure, history);
  });
}

function standing(kpi: Kpi, settings: KpiSettings, current: Figure, history: readonly Snapshot[]): Standing {
  const comparable = history.filter(({ formula }) => formula === current.formula);
  const previous = comparable.at(-1);
  const change =
    current.value === undefined || previous?.value === undefined ? undefined : current.value - previous.value;
  const byWeek = new Map(comparable.map(({ takenOn, value }) => [mondayOf(takenOn), value]));
  const [first] = comparable;
  const weeks = first ? weeksBetween(mondayOf(first.takenOn), comparable.at(-1)?.takenOn ?? first.takenOn) : [];
  const values = [...weeks.map((week) => byWeek.get(week)), current.value];
  return { kpi, settings, current, previous, change, history, trend: trendOf(kpi.unit, values) };
}

/** The Mondays from one to that of a day, both included. */
function weeksBetween(monday: string, day: string): string[] {
  const weeks: string[] = [];
  for (let week = monday; week <= day; week = daysLater(week, 7)) weeks.push(week);
  return weeks;
}

import { daysLater, mondayOf } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Moment } from '../kpi/kpi.ts';
import { readStandings, type Standing } from '../kpi/standing.ts';
import { isBetter, meetsTarget } from '../kpi/trend.ts';
import type { KpiLine } from './situation.ts';

const WEEKS = 12;

/** The KPIs as a digest shows them, without those that the organisation does without. */
export async function kpiLines(db: Db, moment: Moment): Promise<KpiLine[]> {
  const standings = await readStandings(db, moment);
  return standings
    .filter(({ settings }) => settings.frequency !== 'never')
    .map((standing) => kpiLine(standing, moment.today));
}

function kpiLine({ kpi, settings, current, change, history }: Standing, today: string): KpiLine {
  const { value } = current;
  const { target } = settings;
  const monday = mondayOf(today);
  const kept = new Map(
    history
      .filter(({ formula }) => formula === current.formula)
      .map((snapshot) => [mondayOf(snapshot.takenOn), snapshot.value ?? null]),
  );
  const weeks = Array.from({ length: WEEKS }, (_, index) => kept.get(daysLater(monday, 7 * (index - WEEKS))) ?? null);
  return {
    id: kpi.id,
    name: kpi.name,
    unit: kpi.unit,
    value: value ?? null,
    target: target ?? null,
    change: change ?? null,
    isBetter: change === undefined ? null : (isBetter(kpi.direction, change) ?? null),
    isMet: meetsTarget(kpi.direction, value, target) ?? null,
    weeks: [...weeks, value ?? null],
  };
}

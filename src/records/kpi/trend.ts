import type { Direction, KpiUnit } from './kpi.ts';

export type Trend = 'rising' | 'falling' | 'steady';

/** What counts as a change of a share over the whole span: two percentage points. */
const SHARE_TOLERANCE = 0.02;

/** What counts as a change of any other value over the whole span: a tenth of its mean. */
const RELATIVE_TOLERANCE = 0.1;

/** Fewer values have no trend. */
const FEWEST = 3;

/**
 * Where values are going: the rise of the line that fits them best, over their whole span, against a tolerance.
 *
 * @param values at equal intervals, the oldest first; those that were not measured are left out
 * @returns undefined where there are too few
 */
export function trendOf(unit: KpiUnit, values: readonly (number | undefined)[]): Trend | undefined {
  const points = values.flatMap((value, at) => (value === undefined ? [] : [{ at, value }]));
  if (points.length < FEWEST) return undefined;
  const mean = average(points.map(({ value }) => value));
  const middle = average(points.map(({ at }) => at));
  const covariance = average(points.map(({ at, value }) => (at - middle) * (value - mean)));
  const variance = average(points.map(({ at }) => (at - middle) ** 2));
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0);
  const rise = (covariance / variance) * span;
  const tolerance = unit === 'share' ? SHARE_TOLERANCE : Math.abs(mean) * RELATIVE_TOLERANCE;
  if (Math.abs(rise) <= tolerance) return 'steady';
  return rise > 0 ? 'rising' : 'falling';
}

/** Whether a change is for the better; undefined where it is none, or where neither way is. */
export function isBetter(direction: Direction, change: number): boolean | undefined {
  if (direction === 'expected' || change === 0) return undefined;
  return direction === 'up' ? change > 0 : change < 0;
}

/** Whether a target is met; undefined without a value, a target, or a better way. */
export function meetsTarget(
  direction: Direction,
  value: number | undefined,
  target: number | undefined,
): boolean | undefined {
  if (value === undefined || target === undefined || direction === 'expected') return undefined;
  return direction === 'up' ? value >= target : value <= target;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

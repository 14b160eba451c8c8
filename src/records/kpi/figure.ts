import { type KpiId, knownKpi } from './catalogue.ts';
import type { Aggregate, Counted, Figure } from './kpi.ts';

/** The value of a KPI as it follows from its records. */
export function figureOf(kpi: KpiId, records: readonly Counted[], today: string): Figure {
  const { aggregate, formula } = knownKpi(kpi);
  return { kpi, formula: formula.version, ...resultOf(aggregate, records), records, measuredOn: today };
}

/** Nobody has measured it. */
export function notMeasured(kpi: KpiId, today: string): Figure {
  const { formula } = knownKpi(kpi);
  return { kpi, formula: formula.version, value: undefined, of: undefined, records: [], measuredOn: today };
}

function resultOf(aggregate: Aggregate, records: readonly Counted[]): Pick<Figure, 'value' | 'of'> {
  const values = records.map(([, value]) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  switch (aggregate) {
    case 'count':
      return { value: sum, of: undefined };
    case 'share':
      if (values.length === 0) return { value: undefined, of: undefined };
      return { value: sum / values.length, of: { part: sum, whole: values.length } };
    case 'median':
      return { value: median(values), of: undefined };
    case 'entered':
      throw new Error('An entered KPI has no records to be computed from.');
  }
}

/** @returns undefined of nothing */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

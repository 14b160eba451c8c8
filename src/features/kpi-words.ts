import type { KpiUnit } from '../records/kpi/kpi.ts';

/** A value: `72 %`, `4.5 days`, `12`. */
export function valueInWords(unit: KpiUnit, value: number): string {
  if (unit === 'share') return `${Math.round(value * 100)} %`;
  const rounded = rounding(value);
  return unit === 'count' ? String(rounded) : `${rounded} ${rounded === 1 ? unit.slice(0, -1) : unit}`;
}

/** A change: `+3`, `-6`, `0`; of a share in percentage points. */
export function changeInWords(unit: KpiUnit, change: number): string {
  const rounded = unit === 'share' ? Math.round(change * 100) : rounding(change);
  return rounded > 0 ? `+${rounded}` : String(rounded === 0 ? 0 : rounded);
}

function rounding(value: number): number {
  return Math.round(value * 10) / 10;
}

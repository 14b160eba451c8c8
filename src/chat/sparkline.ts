const BARS = '▁▂▃▄▅▆▇█';

/** Less of a span, as a share of the greatest value, is not drawn as if it were much. */
const LEAST_SPAN = 0.1;

/** Values over time as a line of characters, from the least to the greatest of them; a full stop where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const [least, greatest] = [Math.min(...known), Math.max(...known)];
  const span = Math.max(greatest - least, LEAST_SPAN * Math.max(Math.abs(least), Math.abs(greatest)), Number.MIN_VALUE);
  const foot = (least + greatest - span) / 2;
  const bar = (value: number) => BARS[Math.round(((value - foot) / span) * (BARS.length - 1))] ?? '';
  return values.map((value) => (value === null ? '.' : bar(value))).join('');
}

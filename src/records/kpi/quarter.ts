import { daysLater, monthsLater } from '../../clock.ts';

/** A quarter of a calendar year. */
export interface Quarter {
  /** 2026-Q4 */
  readonly key: string;
  /** Its first and its last day. YYYY-MM-DD */
  readonly from: string;
  readonly to: string;
}

/** The quarter that a day is in. @param day YYYY-MM-DD */
export function quarterOf(day: string): Quarter {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return quarter(year, Math.ceil(month / 3));
}

export function quarterBefore({ from }: Quarter): Quarter {
  return quarterOf(daysLater(from, -1));
}

/** A quarter as people name it: 2026-Q3, Q3 2026, Q3. @param today which year is meant where none is said: the last such quarter */
export function parseQuarter(text: string, today: string): Quarter | undefined {
  const current = quarterOf(today);
  if (/\b(last|previous) quarter\b/i.test(text)) return quarterBefore(current);
  if (/\bthis quarter\b/i.test(text)) return current;
  const [, before, number, after] = /(?:\b(\d{4})[- /]?)?\bQ([1-4])\b(?:[- /]?(\d{4})\b)?/i.exec(text) ?? [];
  if (!number) return undefined;
  const year = before ?? after;
  if (year) return quarter(Number(year), Number(number));
  const thisYear = quarter(Number(today.slice(0, 4)), Number(number));
  return thisYear.from <= today ? thisYear : quarter(Number(today.slice(0, 4)) - 1, Number(number));
}

function quarter(year: number, number: number): Quarter {
  const from = `${String(year).padStart(4, '0')}-${String(number * 3 - 2).padStart(2, '0')}-01`;
  return { key: `${from.slice(0, 4)}-Q${number}`, from, to: daysLater(monthsLater(from, 3), -1) };
}

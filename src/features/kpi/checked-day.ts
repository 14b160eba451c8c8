import { z } from 'zod';

/** What is wrong with a day that is to be today or earlier; undefined where nothing is. @param today YYYY-MM-DD */
export function checkedDay(day: string, today: string): string | undefined {
  if (!z.iso.date().safeParse(day).success) return 'Give the day as year-month-day, for example 2027-03-31.';
  return day > today ? 'That day has not come yet. Choose today or earlier.' : undefined;
}

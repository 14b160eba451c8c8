/** The organisation's calendar. Moments are `Date`; days are text, YYYY-MM-DD, in the organisation's time zone. */
export interface Clock {
  now(): Date;
  today(): string;
}

/** @param timeZone an IANA name, for example `Europe/Vienna` */
export function systemClock(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return { now: () => new Date(), today: () => format.format(new Date()) };
}

const WRITTEN = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });

/** A day as people write it: 24 Nov 2026. @param day YYYY-MM-DD */
export function writtenDay(day: string): string {
  return WRITTEN.format(new Date(`${day}T00:00:00Z`));
}

/** For how long something has been, in whole days: `since today`, `1 day`, `12 days`. */
export function age(since: Date, now: Date): string {
  const days = Math.floor((now.getTime() - since.getTime()) / (24 * 60 * 60 * 1000));
  if (days < 1) return 'since today';
  return days === 1 ? '1 day' : `${days} days`;
}

/**
 * How far this machine's clock is ahead of a server's, in milliseconds, to within a second or so.
 *
 * @param date the `Date` header of an answer that has just come
 * @returns undefined without a readable one
 */
export function aheadOf(date: string | null): number | undefined {
  const there = Date.parse(date ?? '');
  return Number.isNaN(there) ? undefined : Date.now() - there;
}

/** The same day so many months later; the last of the month where it has no such day. @param day YYYY-MM-DD */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The day so many days later, or earlier where they are negative. @param day YYYY-MM-DD */
export function daysLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** How many days lie between two days; negative where the second comes first. @param from YYYY-MM-DD @param to YYYY-MM-DD */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000));
}

/** The day so many working days later: Saturdays and Sundays do not count. @param day YYYY-MM-DD @param days whole ones */
export function workingDaysLater(day: string, days: number): string {
  let later = day;
  for (let left = days; left > 0; ) {
    later = daysLater(later, 1);
    const weekday = new Date(`${later}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return later;
}

/** The moment so many working days ago: Saturdays and Sundays do not count. @param days whole ones */
export function workingDaysAgo(now: Date, days: number): Date {
  const moment = new Date(now);
  for (let left = days; left > 0; ) {
    moment.setUTCDate(moment.getUTCDate() - 1);
    if (moment.getUTCDay() !== 0 && moment.getUTCDay() !== 6) left -= 1;
  }
  return moment;
}

/** The Monday of a day's week. Both YYYY-MM-DD */
export function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return daysLater(day, -((date.getUTCDay() + 6) % 7));
}

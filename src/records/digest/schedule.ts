import { Temporal } from 'temporal-polyfill';

/** When something happens every week. */
export interface Schedule {
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number;
  /** HH:MM on the wall. */
  readonly time: string;
  /** An IANA name. */
  readonly timeZone: string;
}

/** One of the moments of a schedule. */
export interface Occurrence {
  readonly at: Date;
  /** The ISO week to which the day belongs: 2026-W48. Each has one occurrence, whatever the clocks do. */
  readonly period: string;
}

/**
 * The last occurrence at a moment or before. Where clocks are put forward over the time, it is as much later as they are; where
 * they are put back, it is the first of the two.
 */
export function lastOccurrence(schedule: Schedule, now: Date): Occurrence {
  const occurrence = inWeekOf(schedule, now, 0);
  return occurrence.at <= now ? occurrence : inWeekOf(schedule, now, -1);
}

/** The first occurrence after a moment. */
export function nextOccurrence(schedule: Schedule, now: Date): Occurrence {
  const occurrence = inWeekOf(schedule, now, 0);
  return occurrence.at > now ? occurrence : inWeekOf(schedule, now, 1);
}

/** The week in which a moment is, there. */
export function periodAt({ timeZone }: Pick<Schedule, 'timeZone'>, moment: Date): string {
  return weekOf(dayThere(timeZone, moment));
}

function dayThere(timeZone: string, moment: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** @param weeks counted from the one in which the moment is, there */
function inWeekOf({ weekday, time, timeZone }: Schedule, moment: Date, weeks: number): Occurrence {
  const today = dayThere(timeZone, moment);
  const day = today.add({ days: 7 * weeks + weekday - today.dayOfWeek });
  const at = day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  return { at: new Date(at.epochMilliseconds), period: weekOf(day) };
}

function weekOf({ yearOfWeek = 0, weekOfYear = 0 }: Temporal.PlainDate): string {
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
}

const PERIOD = /^(\d{4})-W(\d{2})$/;

/** The number of a period's week: 48. */
export function weekNumber(period: string): number {
  return Number(PERIOD.exec(period)?.[2] ?? 0);
}

/** How many weeks a period is after another. */
export function weeksBetween(earlier: string, later: string): number {
  return Math.round(mondayOf(earlier).until(mondayOf(later), { largestUnit: 'days' }).days / 7);
}

function mondayOf(period: string): Temporal.PlainDate {
  const [, year = '1970', week = '1'] = PERIOD.exec(period) ?? [];
  // The 4th of January is always in the first week.
  const first = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 });
  return first.add({ days: 7 * (Number(week) - 1) + 1 - first.dayOfWeek });
}

/** A moment as people there write it: Mon 23 Nov 2026, 09:00. */
export function writtenMoment(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
}

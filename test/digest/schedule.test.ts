import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  lastOccurrence,
  nextOccurrence,
  type Schedule,
  weekNumber,
  weeksBetween,
} from '../../src/records/digest/schedule.ts';

const schedule: fc.Arbitrary<Schedule> = fc.record({
  weekday: fc.integer({ min: 1, max: 7 }),
  time: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
});

/** Also in the time in which islands crossed the date line, and zones changed by half hours. */
const moment = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

test.each([
  // Clocks go from 02:00 to 03:00 on 28 March 2027, and from 03:00 to 02:00 on 31 October, in Vienna.
  ['Europe/Vienna', 7, '02:30', '2027-03-27T12:00Z', '2027-03-28T01:30Z'],
  ['Europe/Vienna', 7, '02:30', '2027-10-30T12:00Z', '2027-10-31T00:30Z'],
  ['Europe/Vienna', 1, '09:00', '2027-03-22T08:00Z', '2027-03-29T07:00Z'],
  // Half an hour in Lord Howe.
  ['Australia/Lord_Howe', 7, '02:15', '2026-10-03T00:00Z', '2026-10-03T15:45Z'],
  // Samoa had no 30 December 2011.
  ['Pacific/Apia', 5, '09:00', '2011-12-29T12:00Z', '2011-12-30T19:00Z'],
  ['America/New_York', 1, '00:00', '2026-11-30T04:59Z', '2026-11-30T05:00Z'],
])('in %s, on day %i at %s, what follows %s is %s', (timeZone, weekday, time, now, next) => {
  expect(nextOccurrence({ timeZone, weekday, time }, new Date(now)).at.toISOString()).toBe(
    new Date(next).toISOString(),
  );
});

test('every week has one occurrence, in every time zone and at every change of its clocks', () => {
  fc.assert(
    fc.property(schedule, moment, (any, now) => {
      const next = nextOccurrence(any, now);
      const last = lastOccurrence(any, now);
      expect(last.at <= now && now < next.at).toBe(true);
      expect(weeksBetween(last.period, next.period)).toBe(1);
      // Asking again at any moment in between gives the same two.
      const between = new Date((last.at.getTime() + next.at.getTime()) / 2);
      expect(lastOccurrence(any, between)).toEqual(last);
      expect(nextOccurrence(any, between)).toEqual(next);
      expect(lastOccurrence(any, next.at)).toEqual(next);
      const apart = next.at.getTime() - last.at.getTime();
      expect(Math.abs(apart - 7 * DAY)).toBeLessThanOrEqual(DAY);
    }),
    { numRuns: 600 },
  );
});

test('it happens at that time on that day, unless the clocks leave the time out', () => {
  fc.assert(
    fc.property(schedule, moment, (any, now) => {
      const { at, period } = nextOccurrence(any, now);
      const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(any.timeZone);
      const isThere = there.toPlainTime().toString({ smallestUnit: 'minute' }) === any.time;
      if (!isThere) {
        // The clocks were put forward in the day before.
        const before = there.subtract({ hours: 26 });
        expect(there.offsetNanoseconds).toBeGreaterThan(before.offsetNanoseconds);
      } else if (there.dayOfWeek === any.weekday) {
        expect(weekNumber(period)).toBe(there.weekOfYear);
      }
    }),
    { numRuns: 300 },
  );
});

test('weeks are counted over the years', () => {
  expect(weeksBetween('2026-W53', '2027-W01')).toBe(1);
  expect(weeksBetween('2025-W52', '2026-W02')).toBe(2);
  expect(weeksBetween('2026-W48', '2026-W48')).toBe(0);
});

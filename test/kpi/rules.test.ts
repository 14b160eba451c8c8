import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysLater, mondayOf } from '../../src/clock.ts';
import { KPIS } from '../../src/records/kpi/catalogue.ts';
import { figureOf, median } from '../../src/records/kpi/figure.ts';
import type { Counted } from '../../src/records/kpi/kpi.ts';
import { parseQuarter, quarterBefore, quarterOf } from '../../src/records/kpi/quarter.ts';
import { isBetter, meetsTarget, trendOf } from '../../src/records/kpi/trend.ts';

const day = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('a figure says what is behind it, and nothing is not zero', () => {
  const records: Counted[] = [
    ['AIS-1', 1],
    ['AIS-2', 0],
    ['AIS-5', 1],
  ];
  expect(figureOf('register-completeness', records, '2026-11-25')).toMatchObject({
    formula: 1,
    value: 2 / 3,
    of: { part: 2, whole: 3 },
    records,
  });
  expect(figureOf('register-completeness', [], '2026-11-25').value).toBeUndefined();
  expect(figureOf('questions-asked', [], '2026-11-25').value).toBe(0);
  expect(figureOf('review-time', [['AIS-1', 3]], '2026-11-25').value).toBe(3);
  expect(figureOf('review-time', [], '2026-11-25').value).toBeUndefined();
});

test('the median lies between the values, and half are on each side', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (values) => {
      const middle = median(values) ?? Number.NaN;
      expect(values.filter((value) => value <= middle).length * 2).toBeGreaterThanOrEqual(values.length);
      expect(values.filter((value) => value >= middle).length * 2).toBeGreaterThanOrEqual(values.length);
    }),
  );
});

test.each([
  ['share', [0.5, 0.6, 0.7], 'rising'],
  ['share', [0.7, 0.6, 0.5], 'falling'],
  ['share', [0.7, 0.7, 0.71], 'steady'],
  ['share', [0.5, 0.7], undefined],
  ['share', [0.5, undefined, 0.6, undefined, 0.7], 'rising'],
  ['share', [undefined, undefined, undefined, 0.7], undefined],
  ['count', [0, 0, 0, 0], 'steady'],
  ['count', [100, 104, 99, 103], 'steady'],
  ['days', [10, 8, 9, 4], 'falling'],
] as const)('the trend of a %s that went %j is %s', (unit, values, trend) => {
  expect(trendOf(unit, values)).toBe(trend);
});

const shares = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }), { maxLength: 12 });

test('a trend read backwards is the other way round, and few values have none', () => {
  const opposite = { rising: 'falling', falling: 'rising', steady: 'steady' } as const;
  fc.assert(
    fc.property(shares, fc.constantFrom('share', 'days'), (values, unit) => {
      const trend = trendOf(unit, values);
      expect(trendOf(unit, values.toReversed())).toBe(trend && opposite[trend]);
      const measured = values.filter((value) => value !== undefined);
      if (measured.length < 3) expect(trend).toBeUndefined();
      else expect(trend).toBeDefined();
    }),
  );
});

test('what only goes up by more than the tolerance rises', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.03, max: 0.2, noNaN: true }), { minLength: 3, maxLength: 12 }), (steps) => {
      let sum = 0;
      const values = steps.map((step) => {
        sum += step;
        return sum;
      });
      expect(trendOf('share', values)).toBe('rising');
    }),
  );
});

test('better is as the direction says, and what has none is neither', () => {
  expect(isBetter('up', 0.1)).toBe(true);
  expect(isBetter('down', 0.1)).toBe(false);
  expect(isBetter('down', 0)).toBeUndefined();
  expect(isBetter('expected', 3)).toBeUndefined();
  expect(meetsTarget('up', 0.95, 0.95)).toBe(true);
  expect(meetsTarget('down', 0, 0)).toBe(true);
  expect(meetsTarget('down', 5.1, 5)).toBe(false);
  expect(meetsTarget('up', undefined, 0.95)).toBeUndefined();
});

test('weeks begin on Monday', () => {
  expect(mondayOf('2026-11-25')).toBe('2026-11-23');
  expect(mondayOf('2027-01-03')).toBe('2026-12-28');
  fc.assert(
    fc.property(day, (some) => {
      const monday = mondayOf(some);
      expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(monday <= some && some < daysLater(monday, 7)).toBe(true);
    }),
  );
});

test('quarters follow one another without a gap, and each day is in one', () => {
  fc.assert(
    fc.property(day, (some) => {
      const quarter = quarterOf(some);
      expect(quarter.from <= some && some <= quarter.to).toBe(true);
      expect(quarterOf(quarter.from)).toEqual(quarter);
      expect(quarterOf(quarter.to)).toEqual(quarter);
      expect(daysLater(quarterBefore(quarter).to, 1)).toBe(quarter.from);
      expect(parseQuarter(quarter.key, '2026-11-25')).toEqual(quarter);
    }),
  );
});

test.each([
  ['2026-Q3', '2026-Q3'],
  ['q3 2025', '2025-Q3'],
  ['Q4', '2026-Q4'],
  ['last quarter', '2026-Q3'],
  ['why was it 72 % in Q1?', '2026-Q1'],
  ['Q5', undefined],
  ['quick', undefined],
])('%j names the quarter %s', (text, key) => {
  expect(parseQuarter(text, '2026-11-25')?.key).toBe(key);
});

test('Q4 said in spring is that of the year before', () => {
  expect(parseQuarter('Q4', '2027-02-01')?.key).toBe('2026-Q4');
});

test('no KPI claims to be asked for by the standard, and each says what to do when it is missed', () => {
  for (const { formula, from, whenMissed } of KPIS) {
    for (const words of [formula.words, from, whenMissed]) {
      expect(words).not.toMatch(/\bISO\b|\brequired by\b/);
      expect(words.length).toBeGreaterThan(10);
    }
  }
});

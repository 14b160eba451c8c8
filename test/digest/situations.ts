import type { KpiLine, Listed, Situation } from '../../src/records/digest/situation.ts';

const JON = { id: '00000000-0000-0000-0000-000000000001', name: 'Jon Reyes' };
const DANA = { id: '00000000-0000-0000-0000-000000000002', name: 'Dana Okafor' };

const HEAD = {
  sequence: 4_812,
  hash: '9f3a52c1d04e7b8896a1f0c3de57b26489013facbe7d5260a4c9e83f71b5c21e',
  signature: 'qH0S1y3mZ5T2b8vXc9dLk4JrWnEoPpQsRtUuVvWwXxYyZzAaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTA==',
  key: '3f9a1c0b5d7e2468',
};

const none: Listed<never> = { total: 0, first: [] };

const list = <T>(first: readonly T[], total = first.length): Listed<T> => ({ total, first });

function kpi(name: string, values: readonly (number | null)[], target: number | null): KpiLine {
  const value = values.at(-1) ?? null;
  const before = values.at(-2) ?? null;
  const change = value === null || before === null ? null : value - before;
  return {
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    unit: 'share',
    value,
    target,
    change,
    isBetter: change ? change > 0 : null,
    isMet: value === null || target === null ? null : value >= target,
    weeks: values,
  };
}

const NORMAL: Situation = {
  day: '2026-11-23',
  since: '2026-11-16T08:00:00.000Z',
  isForEveryone: false,
  kpis: [
    kpi('Register completeness', [0.61, 0.64, 0.66, 0.7, 0.71, 0.75, 0.78, 0.8, 0.8, 0.82, 0.83, 0.84, 0.87], 0.95),
    kpi('Evidence freshness', [0.88, 0.87, 0.85, 0.85, 0.84, 0.82, 0.83, 0.8, 0.79, 0.78, 0.78, 0.77, 0.71], 0.9),
    kpi('Actions on time', [0.7, 0.72, 0.75, 0.78, 0.8, 0.79, 0.8, 0.81, 0.8, 0.8, 0.8, 0.8, 0.8], 0.9),
    kpi('Reviews in time', [0.9, 0.9, 0.92, 0.95, 0.95, 0.96, 1, 1, 1, 1, 1, 1, 1], 1),
    kpi('Fairness breach rate', [null, null, null], 0),
  ],
  systems: {
    added: list([
      { id: 30, name: 'Contract summariser' },
      { id: 31, name: 'Mia, shop chatbot' },
    ]),
    changed: list([{ id: 12, name: 'Invoice reader' }]),
    retired: list([{ id: 4, name: 'Old translator' }]),
  },
  decisions: list([
    { id: 31, name: 'Mia, shop chatbot', version: 3, since: '2026-11-19T10:00:00.000Z', isForCommittee: false },
    { id: 7, name: 'Applicant ranking', version: 5, since: '2026-11-14T10:00:00.000Z', isForCommittee: true },
  ]),
  overdue: list([
    { id: 12, text: 'Get the test report for Mia from the agency', owner: JON, dueOn: '2026-11-17' },
    { id: 15, text: 'Name a deputy for incident reports', owner: JON, dueOn: '2026-11-20' },
    { id: 18, text: 'Update the AI policy after the review', owner: DANA, dueOn: '2026-11-21' },
  ]),
  lapsing: list([
    { key: 'EV-112', title: 'Penetration test 2025', owner: JON, validUntil: '2026-11-28' },
    { key: 'EV-118', title: 'Supplier assessment of the agency', owner: DANA, validUntil: '2026-12-01' },
    { key: 'EV-120', title: 'Training record, autumn', owner: DANA, validUntil: '2026-12-04' },
  ]),
  questions: list([
    { id: 3, question: 'Is our chatbot vendor insured against AI damages?', since: '2026-11-18T09:00:00.000Z' },
    { id: 4, question: 'Who pays when a supplier loses our data?', since: '2026-11-20T09:00:00.000Z' },
    { id: 5, question: 'May we record job interviews?', since: '2026-11-22T09:00:00.000Z' },
  ]),
  dates: list([
    { day: '2026-11-30', what: 'review of AIS-3 Copilot' },
    { day: '2026-12-04', what: 'Sam Ito is auditor for the last day' },
  ]),
  head: HEAD,
};

const EMPTY: Situation = {
  ...NORMAL,
  kpis: [kpi('Register completeness', [null], 0.95), kpi('Evidence freshness', [null], 0.9)],
  systems: { added: none, changed: none, retired: none },
  decisions: none,
  overdue: none,
  lapsing: none,
  questions: none,
  dates: none,
  head: { ...HEAD, sequence: 1 },
};

/** Texts as hostile and as long as people can make them, and every list full. */
const TEXT = '**Ärzte & <b>“Mia”</b>** [x](http://evil.example) <!channel> @here 陳大文 👩‍👩‍👧‍👦 '.repeat(6);

const many = <T>(count: number, make: (index: number) => T): Listed<T> =>
  list(
    Array.from({ length: 40 }, (_, index) => make(index)),
    count,
  );

const LARGE: Situation = {
  ...NORMAL,
  kpis: Array.from({ length: 25 }, (_, index) =>
    kpi(`Indicator ${index} of ${TEXT.slice(0, 60)}`, NORMAL.kpis[index % 4]?.weeks ?? [], 0.9),
  ),
  systems: {
    added: many(300, (index) => ({ id: index + 1, name: TEXT })),
    changed: many(900, (index) => ({ id: index + 400, name: TEXT })),
    retired: many(50, (index) => ({ id: index + 2_000, name: TEXT })),
  },
  decisions: many(60, (index) => ({
    id: index + 1,
    name: TEXT,
    version: 1,
    since: '2026-01-01T00:00:00.000Z',
    isForCommittee: index % 2 === 0,
  })),
  overdue: many(200, (index) => ({
    id: index + 1,
    text: TEXT,
    owner: { id: `00000000-0000-0000-0000-0000000001${String(index).padStart(2, '0')}`, name: `Zoë O’Neill ${index}` },
    dueOn: '2026-01-01',
  })),
  lapsing: many(150, (index) => ({ key: `EV-${index + 1}`, title: TEXT, owner: JON, validUntil: '2026-12-01' })),
  questions: many(90, (index) => ({ id: index + 1, question: TEXT, since: '2026-11-01T00:00:00.000Z' })),
  dates: many(70, (index) => ({ day: '2026-12-01', what: `review of AIS-${index + 1}` })),
};

/** Where an organisation stands that has just begun, one as most are, and one of thousands of people. */
export function situation(size: 'empty' | 'normal' | 'large'): Situation {
  return { empty: EMPTY, normal: NORMAL, large: LARGE }[size];
}

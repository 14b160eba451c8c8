import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentPassage } from '../../src/documents/document.ts';
import { safeFileName } from '../../src/records/evidence/file-name.ts';
import { firstDay, proposeDates } from '../../src/records/evidence/propose/dates.ts';
import { proposeKind } from '../../src/records/evidence/propose/kind.ts';
import { proposeEvidence } from '../../src/records/evidence/propose/propose.ts';
import { namedRequirements } from '../../src/records/evidence/propose/requirements.ts';
import { proposeSystems } from '../../src/records/evidence/propose/systems.ts';
import { proposeTitle } from '../../src/records/evidence/propose/title.ts';
import { openTestDatabase } from '../support/database.ts';

const text = (body: string, section = 'Page 1', heading?: string): DocumentPassage[] => [
  { section, heading, text: body },
];

test.each([
  ['report_final (2).pdf', text('x', 'Page 1', 'Bias test of Mia'), 'Bias test of Mia'],
  ['policy.docx', text('x', 'AI policy'), 'AI policy'],
  ['AI_risk-register_v2.1 final.xlsx', text('x', 'Sheet Risks', 'Rows 2-3'), 'AI risk register'],
  ['modelCardMia.md', text('x', 'Beginning'), 'Model Card Mia'],
  ['2026-03-01_minutes.txt', text('x', 'Lines 1-4'), '2026-03-01 minutes'],
  ['.pdf', [], '.pdf'],
])('title of %s', (name, passages, title) => {
  expect(proposeTitle(name, passages)).toBe(title);
});

test.each([
  ['AI policy', 'x', 'policy'],
  ['Bias test results of Mia', 'x', 'bias_test'],
  ['Fairness report', 'x', 'bias_test'],
  ['Model evaluation report', 'x', 'test_report'],
  ['Minutes of the AI committee', 'x', 'minutes'],
  ['Meeting', 'Attendees: Jon, Dana', 'minutes'],
  ['Incident 2026-14', 'x', 'incident'],
  ['Supplier agreement', 'x', 'contract'],
  ['Awareness training for staff', 'x', 'training'],
  ['Risk register', 'x', 'assessment'],
  ['Internal audit 2026', 'x', 'audit_report'],
  ['Override log', 'Manual overrides of the week', 'oversight'],
  ['export', Array.from({ length: 6 }, (_, i) => `2026-01-01T10:0${i}:00 started`).join('\n'), 'log'],
  ['Holiday pictures', 'The sea', 'other'],
])('kind of %s', (title, body, kind) => {
  expect(proposeKind(title, 'file.pdf', text(body))).toBe(kind);
});

test.each([
  ['Effective from 1 March 2026. Next review due: 28 February 2027.', '2026-03-01', '2027-02-28'],
  ['Approved on 12.03.2026 by the board, valid until 12.03.2027', '2026-03-12', '2027-03-12'],
  ['Expires: Dec 31, 2026', undefined, '2026-12-31'],
  ['Date: 2026-05-04', '2026-05-04', undefined],
  ['Effective 3/4/2026', undefined, undefined],
  ['Effective 13/4/2026', '2026-04-13', undefined],
  ['Effective 2026-02-30', undefined, undefined],
  ['In force since 2026-05-01, valid until 2025-01-01', '2026-05-01', undefined],
  ['The retention period ends some day.', undefined, undefined],
])('dates of "%s"', (body, effectiveOn, validUntil) => {
  const dates = proposeDates(text(body));
  expect([dates.effectiveOn, dates.validUntil]).toEqual([effectiveOn, validUntil]);
});

test('a day that is found exists', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('1', '2', '0', '3', '.', '/', '-', ' ', 'march') }), (written) => {
      const day = firstDay(written);
      if (day) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
    }),
  );
});

test('systems that a document names', () => {
  const systems = [
    { id: 'AIS-1', name: 'Mia' },
    { id: 'AIS-12', name: 'Credit scoring' },
    { id: 'AIS-3', name: 'It' },
  ];
  expect(proposeSystems('Test of Mia', text('It went well. See AIS-12.'), systems)).toEqual([
    { id: 'AIS-1', reason: 'names Mia' },
    { id: 'AIS-12', reason: 'names AIS-12' },
  ]);
  expect(proposeSystems('Miami', text(''), systems)).toEqual([]);
});

test('numbers that a document names, of this standard alone', () => {
  const ids = (body: string) => namedRequirements('x', text(body)).map(({ id }) => id);
  expect(ids('Covers A.7.4 and B.6.2.8; see clause 9.2.1. There is no A.9.5.')).toEqual(['A.7.4', 'A.6.2.8', '9.2.1']);
  expect(ids('ISO/IEC 27001: A.8.2 privileged access')).toEqual([]);
  expect(ids('ISO/IEC 42001 and 27001: A.8.2')).toEqual(['A.8.2']);
});

test.each<[string, string, string]>([
  [
    'Data quality report of the loan model',
    'We measured the quality of the training data: completeness, accuracy and missing values per source, and set thresholds.',
    'A.7.4',
  ],
  ['Event log settings', 'Which events the AI system logs in operation, and how long the logs are kept.', 'A.6.2.8'],
  ['Management review 2026', 'Management reviewed the AI management system: inputs, results, decisions.', '9.3.3'],
  [
    'Impact assessment of Mia',
    'We assessed the impact of the AI system on individuals and groups: children, refunds decided automatically.',
    'A.5.4',
  ],
  [
    'Supplier agreement with ACME',
    'What the supplier of the AI component tells us, and who is responsible for what.',
    'A.10.3',
  ],
  ['AI policy', 'Approved by top management.', '5.2'],
  ['Staff training on AI', 'Who took part in the awareness course.', '7.3'],
  ['Internal audit programme', 'The audits of the year, their criteria, scope and auditors.', '9.2.2'],
])('what %s is evidence for', async (title, body, expected) => {
  const { db } = await openTestDatabase();
  const proposal = await proposeEvidence(db, 'x.pdf', { passages: text(body, 'Page 1', title) }, []);
  expect(proposal.requirements.map(({ id }) => id)).toContain(expected);
  for (const { reason } of proposal.requirements) expect(reason).toMatch(/^(names |its title|Page 1).+/);
});

describe('a text about something else', () => {
  test.each([
    ['Holiday menu', 'Soup, fish and ice cream on the terrace.'],
    ['Cleaning rota', 'Monday: windows. Tuesday: kitchen. Bring your own towels.'],
    ['Office lease', 'The rent is due on the first of the month.'],
    ['Quarterly sales report', 'We sold 300 bicycles in March, ten percent more than in the year before.'],
    ['Summer party', 'The party takes place at the lake; bring a towel and a friend.'],
  ])('%s proposes nothing', async (title, body) => {
    const { db } = await openTestDatabase();
    const proposal = await proposeEvidence(db, 'x.pdf', { passages: text(body, 'Page 1', title) }, []);
    expect(proposal.requirements).toEqual([]);
    expect(proposal.visibility).toBe('committee');
  });
});

test('the name of a file leads nowhere and keeps its ending', () => {
  expect(safeFileName('../../etc/passwd')).toBe('passwd');
  expect(safeFileName('C:\\temp\\a<b>.pdf')).toBe('ab.pdf');
  expect(safeFileName('..')).toBe('file');
  expect(safeFileName('con.txt')).toBe('_con.txt');
  expect(safeFileName(`${'x'.repeat(300)}.docx`)).toMatch(/^x+\.docx$/);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const safe = safeFileName(name);
      expect(safe.length).toBeGreaterThan(0);
      expect(safe.length).toBeLessThanOrEqual(121);
      expect(safe.isWellFormed()).toBe(true);
      expect(safe).not.toMatch(/[/\\\p{Cc}]|^\.|\.$/u);
      expect(safeFileName(safe)).toBe(safe);
    }),
  );
});

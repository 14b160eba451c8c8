import { expect, test } from 'vitest';
import { intakeReport, interviewCase, readChoices, readIntakeCases } from '../../src/evaluation/intake.ts';

test('free answers alone make no system seem harmless, and most of them can be told', async () => {
  const cases = await readIntakeCases('test/evaluation/interviews.jsonl');
  const results = await Promise.all(cases.map((one) => interviewCase(one, new Map(), undefined)));
  const report = intakeReport(cases, results);
  expect(cases.length).toBeGreaterThan(30);
  expect(report.tier_wrongly_low).toBe(0);
  expect(report.tier_right).toBeGreaterThanOrEqual(0.9);
  expect(report.undetermined).toBeLessThanOrEqual(0.3);
  expect(report.control_recall).toBeGreaterThanOrEqual(0.8);
  expect(report.control_precision).toBeGreaterThanOrEqual(0.5);
  expect(report.re_ask_recall).toBeGreaterThanOrEqual(0.8);
  expect(report.needless_re_asks_per_case).toBeLessThanOrEqual(3);
});

test('a purpose told vaguely makes nothing harmless that the other answers show to be otherwise', async () => {
  const cases = await readIntakeCases('test/evaluation/interviews.jsonl');
  const vague = [
    '',
    'software with some AI in it that we use for planning things',
    'an add-on that came with the last release, it does the sorting',
  ];
  for (const one of cases.filter(({ scored }) => ['high', 'prohibited'].includes(scored.tier_at_least))) {
    for (const answer of vague) {
      const interview = one.interview.map((said) => (said.q === 'I1' ? { ...said, answer } : said));
      const result = await interviewCase({ ...one, system: 'Tool', interview }, new Map(), undefined);
      expect(['minimal', 'limited'], `${one.system}: ${answer}`).not.toContain(result.eu_ai_act_tier);
    }
  }
});

test('choices in the form are facts', async () => {
  expect((await readChoices('test/evaluation/intake-choices.jsonl')).size).toBe(4);
});

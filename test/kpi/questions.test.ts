import { expect, test } from 'vitest';
import { asksForKpi } from '../../src/features/kpi/question.ts';
import { kpisNamedIn } from '../../src/records/kpi/named-in.ts';

test.each([
  'why is register completeness 72 %?',
  'Why 72 %?',
  'why only 72%?',
  'what was evidence freshness last quarter?',
  'Why was evidence freshness so low?',
  'how is our override rate?',
  'show me our KPIs',
  'kpis',
  'What are our KPIs?',
  'why are only 40 % of actions on time?',
])('%j asks for a KPI of ours', (text) => {
  expect(asksForKpi(text)).toBe(true);
});

test.each([
  'Which KPIs do we need for ISO 42001?',
  'How is the share of actions closed in time calculated?',
  'why is register completeness important?',
  'what does evidence freshness mean?',
  'why are internal audits done?',
  'why do we need an impact assessment?',
  'show me the incidents',
  'why was Mia approved?',
  'What is a good target value?',
])('%j is for the guidance or the register', (text) => {
  expect(asksForKpi(text)).toBe(false);
});

test.each([
  ['register completeness', ['register-completeness']],
  ['Impact-assessment currency', ['impact-assessment-currency']],
  ['drift', ['drift-handled-in-time']],
  ['repeat nonconformities', ['repeat-nonconformity-rate']],
  ['override rate and supplier assurance', ['override-rate', 'supplier-assurance']],
  ['weather', []],
])('%j names %j', (text, ids) => {
  expect(kpisNamedIn(text).map(({ kpi }) => kpi.id)).toEqual(ids);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderWithLinks } from '../../src/adapters/web/page-links.ts';
import { renderMarkdown } from '../../src/adapters/web/render.ts';

const TITLES = new Map([
  ['A.6.2.6', 'AI system operation and monitoring'],
  ['9.1', 'Monitoring, measurement, analysis and evaluation'],
  ['kpi-catalogue', 'KPI catalogue'],
]);

const linksIn = (html: string) => [...html.matchAll(/data-page="([^"]*)"/g)].map(([, id]) => id);

test.each([
  ['a control', 'Look at A.6.2.6.', ['A.6.2.6']],
  ['a clause in brackets', 'where it is seen (9.1)', ['9.1']],
  ['a page by its short name', 'one catalogue (see kpi-catalogue)', ['kpi-catalogue']],
  ['several, one in bold', '**A.6.2.6**, 9.1', ['A.6.2.6', '9.1']],
  ['a longer number', 'A.6.2.60, 9.10, 9.1.2', []],
  ['code', '`A.6.2.6`', []],
  ['a number that may be another standard’s', 'A.6.2.6; near 9.1 in ISO/IEC 27001', []],
  ['a table of two standards', '| 42001 | ISO/IEC 27001 |\n|---|---|\n| 9.1 | 9.1 |', []],
])('%s leads to the pages it names', (_name, text, expected) => {
  expect(linksIn(renderWithLinks(text, TITLES))).toEqual(expected);
});

test('links add nothing else to a text, whatever stands in it', () => {
  const ids = new Map([...TITLES.keys()].map((id) => [id, id]));
  const word = fc.oneof(fc.constantFrom(...ids.keys(), '<b>', '"', '**', '|', '\n', '`', '- '), fc.string());
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join(' ');
      const withoutLinks = renderWithLinks(text, ids).replace(/<\/?button[^>]*>/g, '');
      expect(withoutLinks).toBe(renderMarkdown(text));
    }),
  );
});

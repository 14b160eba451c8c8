import { expect, test } from 'vitest';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { structure } from '../../src/standard/structure.ts';

const files = await loadGuidance(KNOWLEDGE_FOLDER);
const ids = new Set(files.map(({ page }) => page.id));

test('the structure has 38 controls, 32 auditable sub-clauses and 18 entries of Annex C', () => {
  expect(structure.controls).toHaveLength(38);
  expect(structure.auditableClauses).toHaveLength(32);
  expect(structure.annexC).toHaveLength(18);
  for (const invented of ['A.9.5', 'A.3.4', 'A.6.3', '8.5', '11']) expect(structure.find(invented)).toBeUndefined();
});

test('every sub-clause, control and entry of Annex C has its page', () => {
  const places = [...structure.auditableClauses, ...structure.controls, ...structure.annexC];
  expect(places.filter(({ id }) => !ids.has(id))).toEqual([]);
});

test('no two pages claim the same way to ask', () => {
  const owners = new Map<string, Set<string>>();
  for (const { page } of files) {
    for (const phrasing of page.passages.flatMap(({ phrasings }) => phrasings)) {
      const asked = phrasing.toLowerCase();
      owners.set(asked, (owners.get(asked) ?? new Set()).add(page.id));
    }
  }
  const shared = [...owners].filter(([, pages]) => pages.size > 1).map(([asked, pages]) => `${asked}: ${[...pages]}`);
  expect(shared).toEqual([]);
});

test.each(files.map(({ path, page }) => [path, page] as const))('%s agrees with the structure', (path, page) => {
  expect(path.endsWith(`/${page.id}.md`)).toBe(true);
  if (/^(\d|[A-D]\.)/.test(page.id)) expect(structure.find(page.id)?.title).toBe(page.title);
  expect(page.neighbours.filter((neighbour) => !ids.has(neighbour))).toEqual([]);
  expect(page.explains.filter((place) => !structure.find(place) || !ids.has(place))).toEqual([]);
  expect(page.passages.flatMap(({ phrasings }) => phrasings).length).toBeGreaterThanOrEqual(20);
  expect(page.passages.filter(({ section }) => section === 'Answers').length).toBeGreaterThanOrEqual(6);
});

/** Words that say of a number nearby that ISO/IEC 42001 does not have it, and standards whose number it may be. */
const DENIED = /\bno\b|not exist|none of them|nothing|invent|wrong/i;
const OTHER_STANDARDS = /27001|27002|9001|42005|42006|17021|22989/;

test.each(files.map(({ path, text }) => [path, text] as const))('%s invents no number', (_path, text) => {
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    const nearby = lines.slice(Math.max(0, index - 2), index + 3).join(' ');
    const lettered = [...line.matchAll(/\b[A-D]\.\d+(?:\.\d+)+\b/g)].map(([number]) => number);
    const clauses = [...line.matchAll(/\bclause (\d+(?:\.\d+)*)\b/gi)].map(([, number = '']) => number);
    for (const number of [...lettered, ...clauses.filter((clause) => !/^[1-3]$/.test(clause))]) {
      const isExplained = OTHER_STANDARDS.test(nearby) || DENIED.test(nearby);
      expect(structure.find(number) !== undefined || isExplained, `${number}: ${line}`).toBe(true);
    }
  });
});

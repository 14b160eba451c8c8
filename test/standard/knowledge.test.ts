import { expect, test } from 'vitest';
import { KNOWLEDGE_FOLDER, loadGuidance } from '../../src/standard/guidance.ts';
import { structure } from '../../src/standard/structure.ts';

const files = await loadGuidance(KNOWLEDGE_FOLDER);

test('the structure has 38 controls, 32 auditable sub-clauses and 18 entries of Annex C', () => {
  expect(structure.controls).toHaveLength(38);
  expect(structure.auditableClauses).toHaveLength(32);
  expect(structure.annexC).toHaveLength(18);
  for (const invented of ['A.9.5', 'A.3.4', 'A.6.3', '8.5', '11']) expect(structure.find(invented)).toBeUndefined();
});

test.each(files.map(({ path, page }) => [path, page] as const))('%s agrees with the structure', (_path, page) => {
  if (/^(\d|[A-D]\.)/.test(page.id)) expect(structure.find(page.id)?.title).toBe(page.title);
  expect(page.sources.length).toBeGreaterThan(0);
  expect(page.passages.flatMap(({ phrasings }) => phrasings).length).toBeGreaterThanOrEqual(20);
});

test.each(files.map(({ path, text }) => [path, text] as const))('%s invents no number', (_path, text) => {
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    const nearby = lines.slice(Math.max(0, index - 2), index + 3).join(' ');
    // Another standard's number is named with its standard; one that does not exist is named to say so.
    if (/27001|\bno\b|not exist|nothing|invent|wrong/i.test(nearby)) return;
    for (const [number] of line.matchAll(/\bA\.\d+(?:\.\d+)+\b|\bC\.[23]\.\d+\b/g))
      expect(structure.find(number), number).toBeDefined();
  });
});

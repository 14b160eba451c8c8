import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuse } from '../../src/retrieval/fuse.ts';
import type { Passage } from '../../src/retrieval/passage.ts';

function passage(chunkId: number, score: number): Passage {
  const source = { documentKey: '', versionId: 1, kind: 'guidance' as const, path: undefined, validUntil: null };
  return { ...source, chunkId, score, title: '', explains: [], section: '', headingPath: '', body: '' };
}

const ids = (passages: readonly Passage[]) => passages.map(({ chunkId }) => chunkId);

const anyRanking = fc
  .uniqueArray(fc.tuple(fc.nat(50), fc.double({ min: 0, max: 30, noNaN: true })), { selector: ([id]) => id })
  .map((pairs) => pairs.map(([id, score]) => passage(id, score)).sort((a, b) => b.score - a.score));

test('without vectors the ranking by words stays as it is', () => {
  const byWords = [passage(1, 9), passage(2, 7)];
  expect(fuse(byWords, [])).toEqual(byWords);
});

test('the scales of the two sides do not matter', () => {
  const byWords = [passage(1, 30), passage(2, 20), passage(3, 10)];
  const byMeaning = [passage(4, 0.83), passage(2, 0.82), passage(1, 0.8)];
  const scaled = byMeaning.map((one) => ({ ...one, score: one.score / 10 }));
  expect(ids(fuse(byWords, scaled))).toEqual(ids(fuse(byWords, byMeaning)));
});

test('every passage of either side is there once, and what leads both leads', () => {
  fc.assert(
    fc.property(anyRanking, anyRanking, (byWords, byMeaning) => {
      const fused = ids(fuse(byWords, byMeaning));
      expect(fused.toSorted()).toEqual([...new Set([...ids(byWords), ...ids(byMeaning)])].toSorted());
    }),
  );
  const leader = passage(7, 5);
  expect(ids(fuse([leader, passage(1, 4)], [leader, passage(2, 4), passage(1, 3)]))[0]).toBe(7);
});

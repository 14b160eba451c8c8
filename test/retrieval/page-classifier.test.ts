import { expect, test } from 'vitest';
import { featureTerms, normalised, softmax, trainClassifier } from '../../src/retrieval/page-classifier.ts';

const SAID = [
  ['sign policy', 0],
  ['who sign policy', 0],
  ['approve policy boss', 0],
  ['boss approve', 0],
  ['keep log', 1],
  ['how long keep log', 1],
  ['log delete', 1],
  ['delete log old', 1],
  ['weather rain', 2],
  ['rain weather today', 2],
] as const;

const examples = SAID.map(([text, label]) => ({ terms: text.split(' '), label, weight: 1 }));

function likeliest(learned: ReturnType<typeof trainClassifier>, text: string): number {
  const known = featureTerms(text.split(' ')).flatMap((term): [string, number][] => {
    const rarity = learned.get(term)?.rarity;
    return rarity === undefined ? [] : [[term, rarity]];
  });
  const scores = new Float32Array(3);
  for (const [term, value] of normalised(known)) {
    for (const [k, weight] of [...(learned.get(term)?.weights ?? [])].entries())
      scores[k] = (scores[k] ?? 0) + weight * value;
  }
  softmax(scores);
  expect([...scores].reduce((sum, score) => sum + score, 0)).toBeCloseTo(1);
  return scores.indexOf(Math.max(...scores));
}

test('words lead to the page for which people used them, in other sentences too', () => {
  const learned = trainClassifier(examples, 3);
  expect(['boss sign', 'old log keep', 'today rain'].map((text) => likeliest(learned, text))).toEqual([0, 1, 2]);
});

test('the same sentences give the same weights', () => {
  expect(trainClassifier(examples, 3)).toEqual(trainClassifier(examples, 3));
});

test('a word that stands in one sentence alone tells nothing', () => {
  expect(trainClassifier(examples, 3).has('old')).toBe(false);
});

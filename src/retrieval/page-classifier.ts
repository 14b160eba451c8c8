// biome-ignore-all lint/style/noNonNullAssertion: every index is within its array, and this runs some hundred million times
/**
 * Learns in which words people ask for which page: multinomial logistic regression over the terms of a question, and pairs of
 * adjacent ones, fitted by AdaGrad (Duchi, Hazan, Singer 2011) to sentences whose page is known. The same sentences give the
 * same weights, on every machine.
 */
export interface Example {
  /** Stems in their order. */
  readonly terms: readonly string[];
  /** The class it belongs to, counted from 0. */
  readonly label: number;
  /** What it counts beside others. */
  readonly weight: number;
}

/** What was learned of one term. */
export interface LearnedTerm {
  readonly rarity: number;
  /** By class. */
  readonly weights: Float32Array;
}

/** A question as the classifier sees it: of the terms it knows, each once, and what each counts. */
export type Features = readonly (readonly [term: string, value: number])[];

const EPOCHS = 6;
const LEARNING_RATE = 0.4;
/** Squared gradients that every weight begins with, so that the first step is no leap. */
const INITIAL_GRADIENT = 0.01;
/** Terms in fewer examples tell about these alone. */
const MIN_EXAMPLES = 2;
/** Errors too small to be worth a step; most classes are surely wrong soon. */
const NEGLIGIBLE = 0.002;

/** The terms of a text and its pairs of adjacent terms, each once. */
export function featureTerms(terms: readonly string[]): string[] {
  return [...new Set([...terms, ...terms.slice(1).map((term, index) => `${terms[index]} ${term}`)])];
}

/** Brings what is known of a question to length 1, so that long questions are no surer than short ones. */
export function normalised(rarities: readonly (readonly [term: string, rarity: number])[]): Features {
  const length = Math.hypot(...rarities.map(([, rarity]) => rarity)) || 1;
  return rarities.map(([term, rarity]) => [term, rarity / length]);
}

/** @param classes how many there are */
export function trainClassifier(examples: readonly Example[], classes: number): Map<string, LearnedTerm> {
  const rarities = raritiesOf(examples);
  const learned = new Map(
    [...rarities].map(([term, rarity]) => [term, { rarity, weights: new Float32Array(classes) }]),
  );
  const gradients = new Map(
    [...rarities.keys()].map((term) => [term, new Float32Array(classes).fill(INITIAL_GRADIENT)]),
  );
  const known = examples.flatMap(({ terms, label, weight }) => {
    const pairs = featureTerms(terms).flatMap((term): [string, number][] => {
      const rarity = rarities.get(term);
      return rarity === undefined ? [] : [[term, rarity]];
    });
    const features = normalised(pairs).flatMap(([term, value]) => {
      const weights = learned.get(term)?.weights;
      const squares = gradients.get(term);
      return weights && squares ? [{ value, weights, squares }] : [];
    });
    return features.length > 0 ? [{ features, label, weight }] : [];
  });
  const scores = new Float32Array(classes);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features, label, weight } of shuffled(known, epoch)) {
      scores.fill(0);
      for (const { value, weights } of features) for (let k = 0; k < classes; k++) scores[k]! += weights[k]! * value;
      softmax(scores);
      for (let k = 0; k < classes; k++) {
        const error = (scores[k]! - (k === label ? 1 : 0)) * weight;
        if (Math.abs(error) < NEGLIGIBLE) continue;
        for (const { value, weights, squares } of features) {
          const gradient = error * value;
          squares[k]! += gradient * gradient;
          weights[k]! -= (LEARNING_RATE * gradient) / Math.sqrt(squares[k]!);
        }
      }
    }
  }
  return learned;
}

/** Turns scores into probabilities, in place. */
export function softmax(scores: Float32Array): void {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = Math.exp(scores[k]! - most);
    sum += scores[k]!;
  }
  for (let k = 0; k < scores.length; k++) scores[k]! /= sum;
}

function raritiesOf(examples: readonly Example[]): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const { terms } of examples) {
    for (const term of featureTerms(terms)) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  const frequent = [...frequencies].filter(([, frequency]) => frequency >= MIN_EXAMPLES);
  return new Map(frequent.map(([term, frequency]) => [term, Math.log(1 + examples.length / frequency)]));
}

/** In another order each time, and the same on every machine. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = seed + 1;
  for (let last = result.length - 1; last > 0; last--) {
    // The linear congruential generator of Numerical Recipes.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

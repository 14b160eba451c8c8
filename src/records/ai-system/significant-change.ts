import { isDeepStrictEqual } from 'node:util';
import type { FactName, Facts } from './facts.ts';

/** Facts on which the triage and the assessment of impact rest: purpose, data, model, affected people, automation, reach. */
const SIGNIFICANT = [
  'listedUse',
  'bannedPractice',
  'narrowTask',
  'product',
  'productPart',
  'thirdPartyCheck',
  'origin',
  'model',
  'offered',
  'users',
  'affected',
  'severity',
  'personalData',
  'anonymised',
  'trainingData',
  'output',
  'decides',
  'profiling',
  'talks',
  'synthetic',
  'euReach',
] as const satisfies readonly FactName[];

/** The facts whose change re-opens the triage and makes the assessment of impact due; none for a change of other things. */
export function significantChanges(before: Facts, after: Facts): FactName[] {
  return SIGNIFICANT.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

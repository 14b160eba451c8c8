import fc from 'fast-check';
import {
  FACT_NAMES,
  FACTS,
  type FactDefinition,
  type FactName,
  type Facts,
  NONE,
  UNKNOWN,
} from '../../src/records/ai-system/facts.ts';

function anyValue(name: FactName): fc.Arbitrary<unknown> {
  const definition: FactDefinition = FACTS[name];
  if (!('options' in definition)) {
    return definition.kind === 'person'
      ? fc.uuid()
      : definition.kind === 'date'
        ? fc.constant('2026-11-24')
        : fc.constant('Acme');
  }
  const options = Object.keys(definition.options);
  if (definition.kind === 'choice') return fc.constantFrom(...options, UNKNOWN);
  const several = fc.subarray(
    options.filter((option) => option !== NONE),
    { minLength: 1 },
  );
  return fc.oneof(several, fc.constant(options.includes(NONE) ? [NONE] : UNKNOWN), fc.constant(UNKNOWN));
}

/** Facts as a form, a model or a file may give them, with gaps. */
export const anyFacts: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(FACT_NAMES.map((name) => [name, anyValue(name)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

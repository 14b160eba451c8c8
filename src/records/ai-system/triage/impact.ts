import { type Facts, hasSome, isKnown, says } from '../facts.ts';
import { DEPTHS, type Depth, type ImpactProposal, type Reasoned, type Tier } from './proposal.ts';

interface Rule {
  readonly depth: Depth;
  readonly applies: (facts: Facts, tier: Tier) => boolean;
  readonly reason: Reasoned;
}

const rule = (depth: Depth, applies: Rule['applies'], because: string, ...from: Reasoned['from']): Rule => ({
  depth,
  applies,
  reason: { because, from },
});

/** Nobody decides on each result before it takes effect, as far as is known. */
const goesByItself = (facts: Facts) => !says(facts, 'decides', 'person', 'informs');

/** Not only firms, and not nobody, as far as is known. */
const mayTouchPeople = (facts: Facts) => !isKnown(facts, 'affected') || says(facts, 'affected', ...PEOPLE);

const PEOPLE = ['staff', 'applicants', 'customers', 'children', 'vulnerable', 'students', 'public'] as const;

/** The deepest that applies holds. Levels are good practice, the standard has none: knowledge/impact/impact-assessment-depth.md. */
const RULES: readonly Rule[] = [
  rule('full', (_, tier) => tier === 'prohibited', 'the EU AI Act forbids something that it does', 'bannedPractice'),
  rule(
    'full',
    (_, tier) => tier === 'high',
    'the EU AI Act counts it as high-risk',
    'listedUse',
    'product',
    'productPart',
  ),
  rule(
    'full',
    (facts) => hasSome(facts, 'listedUse'),
    'it is used for a purpose in which people can be hurt',
    'listedUse',
  ),
  rule(
    'full',
    (facts) => says(facts, 'severity', 'health', 'livelihood') && goesByItself(facts),
    "a wrong result can cost somebody's health or livelihood, and no person decides each time",
    'severity',
    'decides',
  ),
  rule(
    'full',
    (facts) =>
      says(facts, 'affected', 'children', 'vulnerable', 'applicants', 'students') && says(facts, 'profiling', 'yes'),
    'it judges people who can hardly defend themselves',
    'affected',
    'profiling',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'severity', 'health', 'livelihood'),
    "a wrong result can cost somebody's health or livelihood",
    'severity',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'productPart', 'safety') || says(facts, 'output', 'control'),
    'people can be hurt by what it moves or stops',
    'productPart',
    'output',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'profiling', 'yes'),
    'it judges or predicts something about people',
    'profiling',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'affected', 'children', 'vulnerable', 'applicants', 'students'),
    'it touches people who can hardly defend themselves',
    'affected',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'severity', 'money') && goesByItself(facts) && mayTouchPeople(facts),
    'a wrong result can cost people money or their good name, and no person decides each time',
    'severity',
    'decides',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'talks', 'outside') || says(facts, 'users', 'consumers', 'public'),
    'people outside deal with it directly',
    'talks',
    'users',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'personalData', 'sensitive', 'biometric', 'criminal', 'children'),
    'sensitive data about people go in',
    'personalData',
  ),
  rule(
    'moderate',
    (facts) => says(facts, 'synthetic', 'deepfake', 'public_text'),
    'it can mislead the public',
    'synthetic',
  ),
  rule(
    'moderate',
    (facts, tier) =>
      tier === 'undetermined' && !(says(facts, 'affected', 'none') && says(facts, 'personalData', 'none')),
    'its tier under the EU AI Act is not determined, and in doubt the deeper look is taken',
    'listedUse',
    'product',
  ),
];

export function impactAssessment(facts: Facts, tier: Tier): ImpactProposal {
  const applying = RULES.filter(({ applies }) => applies(facts, tier)).toSorted(
    (one, other) => DEPTHS.indexOf(other.depth) - DEPTHS.indexOf(one.depth),
  );
  const [deepest] = applying;
  if (deepest) return { depth: deepest.depth, reasons: applying.map(({ reason }) => reason) };
  return touchesNobody(facts)
    ? { depth: 'none', reasons: [{ because: 'it touches nobody, and no data about people go in', from: NOBODY }] }
    : {
        depth: 'screening',
        reasons: [{ because: 'nothing serious is known, and a second person should look', from: NOBODY }],
      };
}

const NOBODY = ['affected', 'severity', 'personalData'] as const;

/** Everything that has to be known for that is known. */
function touchesNobody(facts: Facts): boolean {
  return (
    says(facts, 'affected', 'none') &&
    says(facts, 'severity', 'none') &&
    says(facts, 'personalData', 'none') &&
    isKnown(facts, 'decides')
  );
}

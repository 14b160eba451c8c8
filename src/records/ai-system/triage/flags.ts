import { type Facts, hasSome, says } from '../facts.ts';
import type { Flag, FlagId } from './proposal.ts';

interface Rule {
  readonly applies: (facts: Facts) => boolean;
  readonly because: string;
  readonly from: Flag['from'];
}

const isInUse = (facts: Facts) => says(facts, 'stage', 'deployment', 'operation_monitoring', 'continuous_validation');

/** What a reviewer should look at: things left undone, and answers that do not go together. */
const RULES: Readonly<Record<FlagId, Rule>> = {
  prohibited_practice: {
    applies: (facts) => hasSome(facts, 'bannedPractice'),
    because: 'it may do what the EU AI Act forbids: stop it until somebody qualified has looked',
    from: ['bannedPractice'],
  },
  incident_unrecorded: {
    applies: (facts) => says(facts, 'incident', 'unrecorded', 'unsure'),
    because: 'something went wrong, and nobody can show a record of it',
    from: ['incident'],
  },
  change_unchecked: {
    applies: (facts) => says(facts, 'lastChange', 'unchecked'),
    because: 'it was changed in an important way without a recorded test or approval',
    from: ['lastChange'],
  },
  used_untested: {
    applies: (facts) => isInUse(facts) && says(facts, 'tested', 'unrecorded', 'vendor_only', 'none'),
    because: 'it is in use, and we can show no test of it',
    from: ['stage', 'tested'],
  },
  nobody_but_somebody: {
    applies: (facts) =>
      says(facts, 'affected', 'none') &&
      (says(facts, 'profiling', 'yes') ||
        says(facts, 'talks', 'outside') ||
        says(facts, 'severity', 'money', 'livelihood', 'health')),
    because: 'it is said to touch nobody, and other answers say whom it touches',
    from: ['affected', 'profiling', 'talks', 'severity'],
  },
  goes_further: {
    applies: (facts) =>
      says(facts, 'affected', 'vulnerable', 'children') &&
      says(facts, 'users', 'staff') &&
      says(facts, 'output', 'code', 'text'),
    because: 'what it writes reaches people who depend on us: see what becomes of its results',
    from: ['affected', 'output'],
  },
  anonymous_with_names: {
    applies: (facts) =>
      says(facts, 'anonymised', 'claimed', 'checked') && says(facts, 'namesKept', 'needed', 'unneeded'),
    because: 'its data are called anonymous, and names or numbers of people remain in them',
    from: ['anonymised', 'namesKept'],
  },
  unneeded_personal_data: {
    applies: (facts) => says(facts, 'namesKept', 'unneeded'),
    because: 'data about people are kept that it does not need',
    from: ['namesKept'],
  },
  unapproved_tools: {
    applies: (facts) => says(facts, 'unapproved', 'yes'),
    because: 'people use tools for this that nobody approved',
    from: ['unapproved'],
  },
  warnings_ignored: {
    applies: (facts) => says(facts, 'ignored', 'yes'),
    because: 'people ignore its warnings, or take its results unread',
    from: ['ignored'],
  },
  no_owner: {
    applies: (facts) => says(facts, 'ownership', 'team', 'shared', 'nobody'),
    because: 'no single person answers for it',
    from: ['ownership'],
  },
};

export function flags(facts: Facts): Flag[] {
  return Object.entries(RULES)
    .filter(([, rule]) => rule.applies(facts))
    .map(([id, { because, from }]) => ({ id: id as FlagId, because, from }));
}

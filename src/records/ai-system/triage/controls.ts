import { type Facts, hasSome, isKnown, says } from '../facts.ts';
import type { AiRole, ControlProposal, Depth, Reasoned, Tier } from './proposal.ts';
import { comesFromOthers } from './roles.ts';

/** What other rules made of the facts. */
export interface Context {
  readonly roles: ReadonlySet<AiRole>;
  readonly depth: Depth;
  readonly tier: Tier;
}

interface Rule {
  readonly id: string;
  readonly applies: (facts: Facts, context: Context) => boolean;
  readonly reason: Reasoned;
}

const rule = (id: string, applies: Rule['applies'], because: string, ...from: Reasoned['from']): Rule => ({
  id,
  applies,
  reason: { because, from },
});

const isInUse = (facts: Facts) => says(facts, 'stage', 'deployment', 'operation_monitoring', 'continuous_validation');
const hadIncident = (facts: Facts) => says(facts, 'incident', 'recorded', 'unrecorded', 'unsure');
const isOpenToOutside = (facts: Facts) =>
  says(facts, 'talks', 'outside') || says(facts, 'users', 'businesses', 'consumers', 'public');
const holdsPersonalData = (facts: Facts) => hasSome(facts, 'personalData');
const isSerious = (_: Facts, { tier }: Context) => tier === 'high' || tier === 'prohibited';
const makes = (_: Facts, { roles }: Context) => roles.has('producer');
const learnsFromOurs = (facts: Facts) => says(facts, 'trainingData', 'own', 'personal', 'bought', 'web');

/**
 * Which controls of Annex A become relevant, and by which answer. They are proposals for one system; the statement of
 * applicability considers all 38 for the organisation.
 */
const RULES: readonly Rule[] = [
  rule('A.2.2', (facts) => says(facts, 'unapproved', 'yes'), 'people use tools that nobody approved', 'unapproved'),
  rule(
    'A.2.3',
    (facts) => says(facts, 'unapproved', 'yes') || says(facts, 'output', 'code'),
    'rules on security, intellectual property or purchasing have to fit what is done with it',
    'unapproved',
    'output',
  ),
  rule('A.3.2', (facts) => !says(facts, 'ownership', 'person'), 'no single person answers for it', 'ownership'),
  rule(
    'A.3.3',
    (facts, context) => isSerious(facts, context) && says(facts, 'affected', 'staff'),
    'staff whom it concerns need a way to speak up',
    'affected',
  ),
  rule(
    'A.4.2',
    (facts, context) => makes(facts, context) && says(facts, 'origin', 'built', 'fine_tuned', 'open_model'),
    'what it is made of has to be written down by us',
    'origin',
  ),
  rule('A.4.3', (facts) => learnsFromOurs(facts), 'it learnt from data that we keep', 'trainingData'),
  rule(
    'A.4.4',
    (facts) => says(facts, 'origin', 'open_model') || says(facts, 'output', 'code'),
    'it is a tool of development, or rests on open tools whose version and licence matter',
    'origin',
    'output',
  ),
  rule('A.4.5', (facts) => says(facts, 'output', 'control'), 'it steers a machine or plant', 'output'),
  rule(
    'A.4.6',
    (facts, context) => says(facts, 'usersTold', 'informal', 'nothing') || isSerious(facts, context),
    'those who use or oversee it need the skill for it',
    'usersTold',
  ),
  rule('A.5.2', (_, { depth }) => depth !== 'none', 'its impact on people has to be looked at', 'affected'),
  rule(
    'A.5.3',
    (_, { depth }) => depth === 'full',
    'a full assessment of its impact has to be on record',
    'severity',
    'affected',
  ),
  rule(
    'A.5.4',
    (_, { depth }) => depth === 'moderate' || depth === 'full',
    'single people or groups can be harmed by it',
    'affected',
    'severity',
  ),
  rule(
    'A.5.5',
    (facts, { depth }) =>
      says(facts, 'synthetic', 'public_text', 'deepfake') ||
      says(facts, 'listedUse', 'elections', 'benefits', 'policing', 'infrastructure') ||
      (depth !== 'none' && says(facts, 'affected', 'public', 'businesses')),
    'it reaches beyond single people',
    'affected',
    'listedUse',
    'synthetic',
  ),
  rule(
    'A.6.1.2',
    (facts, context) => makes(facts, context) && isSerious(facts, context),
    'we build something that decides over people',
    'origin',
    'listedUse',
  ),
  rule(
    'A.6.1.3',
    (facts, context) => makes(facts, context) && says(facts, 'lastChange', 'unchecked'),
    'it was changed outside of any process',
    'lastChange',
  ),
  rule(
    'A.6.2.2',
    (facts, context) =>
      says(facts, 'lastChange', 'unchecked') ||
      (makes(facts, context) && (says(facts, 'stage', 'inception', 'design_development') || isSerious(facts, context))),
    'what it has to do, and must not do, has to be laid down',
    'lastChange',
    'stage',
  ),
  rule(
    'A.6.2.3',
    (facts) => says(facts, 'origin', 'built', 'fine_tuned', 'changed'),
    'we designed a part of it',
    'origin',
  ),
  rule(
    'A.6.2.4',
    (facts, context) =>
      makes(facts, context) ||
      !says(facts, 'tested', 'recorded', 'vendor_report') ||
      !says(facts, 'fairness', 'good', 'not_needed'),
    'it has to be shown that it does what it should',
    'tested',
    'fairness',
  ),
  rule(
    'A.6.2.5',
    (facts) => says(facts, 'stage', 'verification_validation', 'deployment') || says(facts, 'lastChange', 'unchecked'),
    'it, or a change of it, goes into use',
    'stage',
    'lastChange',
  ),
  rule(
    'A.6.2.6',
    (facts, context) =>
      !says(facts, 'stage', 'inception', 'design_development', 'verification_validation', 'retirement') ||
      (isSerious(facts, context) && !says(facts, 'stage', 'retirement')),
    'somebody has to see whether it goes on working as it should',
    'stage',
    'watched',
  ),
  rule(
    'A.6.2.7',
    (facts, context) => makes(facts, context) && (isSerious(facts, context) || says(facts, 'users', 'businesses')),
    'others need papers on how it works',
    'origin',
    'users',
  ),
  rule(
    'A.6.2.8',
    (facts, context) => !says(facts, 'logs', 'known') && (isInUse(facts) || isSerious(facts, context)),
    'nobody can say what it records, and for how long',
    'logs',
  ),
  rule(
    'A.6.2.8',
    (facts, context) => isSerious(facts, context) || says(facts, 'decides', 'automatic'),
    'what it did by itself, or with serious effects, must be found again',
    'decides',
  ),
  rule(
    'A.7.2',
    (facts, context) => makes(facts, context) && holdsPersonalData(facts),
    'data about people are used for it',
    'personalData',
    'trainingData',
  ),
  rule(
    'A.7.3',
    (facts) => says(facts, 'trainingData', 'bought', 'web'),
    'it learnt from data of others',
    'trainingData',
  ),
  rule(
    'A.7.4',
    (facts, context) =>
      isSerious(facts, context) ||
      (makes(facts, context) && learnsFromOurs(facts)) ||
      says(facts, 'output', 'forecast', 'score'),
    'its results are as good as the data behind them',
    'output',
    'listedUse',
  ),
  rule(
    'A.7.5',
    (facts, context) =>
      says(facts, 'trainingData', 'bought', 'web') ||
      (isSerious(facts, context) && makes(facts, context) && learnsFromOurs(facts)),
    'where its data came from has to be known',
    'trainingData',
  ),
  rule(
    'A.7.6',
    (facts) => says(facts, 'anonymised', 'claimed') || says(facts, 'namesKept', 'unneeded'),
    'data about people have to be taken out before use',
    'anonymised',
    'namesKept',
  ),
  rule(
    'A.8.2',
    (facts, context) =>
      isOpenToOutside(facts) ||
      says(facts, 'usersTold', 'nothing') ||
      isSerious(facts, context) ||
      says(facts, 'synthetic', 'media', 'deepfake', 'public_text'),
    'its users have to know what it is, what it can do and what not',
    'users',
    'talks',
    'usersTold',
  ),
  rule(
    'A.8.3',
    (facts, context) => isOpenToOutside(facts) || (isSerious(facts, context) && touchesOutsiders(facts)),
    'people outside need a way to report what goes wrong',
    'users',
    'affected',
  ),
  rule(
    'A.8.4',
    (facts, context) => hadIncident(facts) && (isOpenToOutside(facts) || isSerious(facts, context)),
    'something has gone wrong that others may have to be told of',
    'incident',
    'users',
  ),
  rule(
    'A.8.5',
    (facts, context) => isSerious(facts, context) || (says(facts, 'peopleTold', 'no') && touchesOutsiders(facts)),
    'authorities, and people whom it touches, may ask for information',
    'peopleTold',
    'listedUse',
  ),
  rule(
    'A.9.2',
    (facts, { roles }) => roles.has('customer') && says(facts, 'users', 'staff'),
    'our people need rules for its use',
    'users',
  ),
  rule(
    'A.9.3',
    (facts, context) =>
      isSerious(facts, context) ||
      says(facts, 'ignored', 'yes') ||
      (says(facts, 'profiling', 'yes') && !says(facts, 'decides', 'automatic')) ||
      (context.tier === 'undetermined' && touchesOutsiders(facts)),
    'what people are to check and decide themselves has to be laid down',
    'decides',
    'ignored',
  ),
  rule(
    'A.9.4',
    (facts, context) =>
      comesFromOthers(facts) ||
      isOriginOpen(facts) ||
      isSerious(facts, context) ||
      says(facts, 'lastChange', 'unchecked'),
    'it has to be used for what it is meant for, and for nothing else',
    'origin',
    'lastChange',
  ),
  rule(
    'A.10.2',
    (facts) => (comesFromOthers(facts) || isOriginOpen(facts)) && !says(facts, 'vendorContract', 'duties', 'none'),
    'no contract says who does what',
    'vendorContract',
  ),
  rule('A.10.3', comesFromOthers, 'it, or the model inside it, comes from a supplier', 'origin'),
  rule('A.10.3', isOriginOpen, 'nobody has said where it comes from, and so there may be a supplier', 'origin'),
  rule(
    'A.10.4',
    (facts) => says(facts, 'users', 'businesses') || says(facts, 'customerContract', 'silent', 'nothing'),
    'customers rely on it',
    'users',
    'customerContract',
  ),
];

function isOriginOpen(facts: Facts): boolean {
  return !isKnown(facts, 'origin') && !says(facts, 'vendorContract', 'none');
}

function touchesOutsiders(facts: Facts): boolean {
  return says(facts, 'affected', 'applicants', 'customers', 'children', 'vulnerable', 'students', 'public');
}

/** In the order of Annex A. */
export function controls(facts: Facts, context: Context): ControlProposal[] {
  const applying = RULES.filter(({ applies }) => applies(facts, context));
  return [...Map.groupBy(applying, ({ id }) => id)].map(([id, rules]) => ({
    id,
    reasons: rules.map(({ reason }) => reason),
  }));
}

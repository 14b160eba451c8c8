import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACT_NAMES, type Facts } from '../../src/records/ai-system/facts.ts';
import { FLAGS } from '../../src/records/ai-system/triage/proposal.ts';
import { triage } from '../../src/records/ai-system/triage/triage.ts';
import { structure } from '../../src/standard/structure.ts';
import { anyFacts } from './any-facts.ts';

const rolesOf = (facts: Facts) => triage(facts).roles.map(({ role }) => role);

describe('roles in the sense of ISO/IEC 22989', () => {
  test.each<[string, Facts, string[]]>([
    ['a bakery uses a text assistant', { origin: ['bought'], users: ['staff'] }, ['customer']],
    [
      'a clinic trains a forecast for its own desk',
      { origin: ['built'], users: ['staff'], offered: 'no' },
      ['producer', 'customer'],
    ],
    [
      'a software house sells what it built on a model',
      { origin: ['vendor_model'], users: ['businesses'], offered: 'own_name' },
      ['provider', 'producer', 'customer'],
    ],
    ['an agency fits a bot into a site of a client', { origin: ['others_system'] }, ['partner']],
    [
      'visitors talk with a bot that an agency runs',
      { origin: ['commissioned'], users: ['public'] },
      ['provider', 'customer'],
    ],
    ['we run an open model', { origin: ['open_model'], users: ['staff'] }, ['producer', 'customer']],
    ['we changed what we bought', { origin: ['bought', 'changed'], users: ['staff'] }, ['producer', 'customer']],
    ['we trained a model further', { origin: ['fine_tuned'] }, ['producer', 'customer']],
    [
      'we built it for others alone',
      { origin: ['built'], users: ['consumers'], offered: 'own_name' },
      ['provider', 'producer'],
    ],
    ["it is offered under another's name", { origin: ['built'], offered: 'other_name' }, ['provider', 'producer']],
    [
      "others' system, used by our people too",
      { origin: ['others_system'], users: ['staff'] },
      ['customer', 'partner'],
    ],
    ['nothing known', {}, []],
  ])('%s', (_, facts, expected) => {
    expect(rolesOf(facts)).toEqual(expected);
  });
});

describe('depth of the impact assessment', () => {
  const depthOf = (facts: Facts) => triage({ ...SETTLED, ...facts }).impactAssessment.depth;
  test.each<[string, Facts, string]>([
    ['nobody touched, nothing personal', {}, 'none'],
    ['other firms touched', { affected: ['businesses'] }, 'screening'],
    ['personal data', { personalData: ['contact'] }, 'screening'],
    ['forbidden', { bannedPractice: ['manipulation'] }, 'full'],
    ['high-risk', { listedUse: ['credit'] }, 'full'],
    ['listed, but perhaps let out', { listedUse: ['hiring'], narrowTask: 'narrow' }, 'full'],
    ['livelihood, by itself', { severity: 'livelihood', decides: 'automatic', affected: ['customers'] }, 'full'],
    ['health, a person decides', { severity: 'health', affected: ['staff'] }, 'moderate'],
    ['children judged', { affected: ['children'], profiling: 'yes' }, 'full'],
    ['children touched', { affected: ['children'] }, 'moderate'],
    ['machines moved', { output: ['control'] }, 'moderate'],
    ['people judged', { profiling: 'yes', affected: ['customers'] }, 'moderate'],
    ['money, by itself', { severity: 'money', decides: 'automatic', affected: ['customers'] }, 'moderate'],
    ['money of firms, by itself', { severity: 'money', decides: 'automatic', affected: ['businesses'] }, 'screening'],
    ['money, a person decides', { severity: 'money', affected: ['customers'] }, 'screening'],
    ['people outside talk with it', { talks: 'outside', affected: ['customers'] }, 'moderate'],
    ['sensitive data', { personalData: ['sensitive'] }, 'moderate'],
    ['misleads the public', { output: ['text'], synthetic: ['public_text'], affected: ['public'] }, 'moderate'],
    ['tier not determined', { listedUse: 'unknown', affected: ['customers'] }, 'moderate'],
    ['tier not determined, nobody touched', { listedUse: 'unknown' }, 'none'],
  ])('%s', (_, facts, expected) => {
    expect(depthOf(facts)).toBe(expected);
  });
});

const SETTLED: Facts = {
  listedUse: ['none'],
  bannedPractice: ['none'],
  product: 'none',
  affected: ['none'],
  severity: 'none',
  personalData: ['none'],
  output: ['forecast'],
  decides: 'person',
  profiling: 'no',
  talks: 'no',
};

/** A system in good order: bought, tested, watched, agreed upon, owned. */
const IN_ORDER: Facts = {
  ...SETTLED,
  origin: ['bought'],
  unapproved: 'no',
  stage: 'operation_monitoring',
  lastChange: 'none',
  offered: 'no',
  output: ['sorting'],
  incident: 'none',
  ignored: 'no',
  tested: 'recorded',
  fairness: 'not_needed',
  logs: 'known',
  watched: 'regular',
  usersTold: 'trained',
  peopleTold: 'not_needed',
  vendorContract: 'duties',
  ownership: 'person',
};

const controlsOf = (facts: Facts) => triage(facts).controls.map(({ id }) => id);

describe('relevant controls', () => {
  test('a system in good order has few', () => {
    expect(controlsOf(IN_ORDER)).toEqual(['A.6.2.6', 'A.9.4', 'A.10.3']);
  });

  test.each<[string, Facts]>([
    ['A.2.2', { unapproved: 'yes' }],
    ['A.2.3', { unapproved: 'yes' }],
    ['A.2.3', { output: ['code'] }],
    ['A.3.2', { ownership: 'shared' }],
    ['A.3.2', { ownership: 'unknown' }],
    ['A.3.3', { listedUse: ['workforce'], affected: ['staff'] }],
    ['A.4.2', { origin: ['built'] }],
    ['A.4.3', { trainingData: ['own'] }],
    ['A.4.4', { origin: ['open_model'] }],
    ['A.4.4', { output: ['code'] }],
    ['A.4.5', { output: ['control'] }],
    ['A.4.6', { usersTold: 'nothing' }],
    ['A.4.6', { listedUse: ['credit'] }],
    ['A.5.2', { affected: ['customers'] }],
    ['A.5.3', { listedUse: ['credit'] }],
    ['A.5.4', { affected: ['children'] }],
    ['A.5.5', { affected: ['public'] }],
    ['A.5.5', { listedUse: ['elections'] }],
    ['A.5.5', { synthetic: ['public_text'] }],
    ['A.6.1.2', { origin: ['built'], listedUse: ['credit'] }],
    ['A.6.1.3', { origin: ['bought', 'changed'], lastChange: 'unchecked' }],
    ['A.6.2.2', { lastChange: 'unchecked' }],
    ['A.6.2.2', { origin: ['built'], stage: 'inception' }],
    ['A.6.2.2', { origin: ['built'], listedUse: ['credit'] }],
    ['A.6.2.3', { origin: ['built'] }],
    ['A.6.2.4', { origin: ['built'] }],
    ['A.6.2.4', { tested: 'vendor_only' }],
    ['A.6.2.4', { fairness: 'none' }],
    ['A.6.2.4', { fairness: 'unknown' }],
    ['A.6.2.5', { stage: 'deployment' }],
    ['A.6.2.5', { lastChange: 'unchecked' }],
    ['A.6.2.6', { stage: 'inception', listedUse: ['credit'] }],
    ['A.6.2.7', { origin: ['built'], users: ['businesses'] }],
    ['A.6.2.7', { origin: ['built'], listedUse: ['credit'] }],
    ['A.6.2.8', { logs: 'unclear' }],
    ['A.6.2.8', { decides: 'automatic' }],
    ['A.6.2.8', { listedUse: ['credit'] }],
    ['A.7.2', { origin: ['built'], personalData: ['contact'] }],
    ['A.7.3', { trainingData: ['web'] }],
    ['A.7.4', { output: ['forecast'] }],
    ['A.7.4', { origin: ['built'], trainingData: ['own'] }],
    ['A.7.4', { listedUse: ['credit'] }],
    ['A.7.5', { trainingData: ['bought'] }],
    ['A.7.5', { origin: ['built'], trainingData: ['own'], listedUse: ['credit'] }],
    ['A.7.6', { anonymised: 'claimed' }],
    ['A.7.6', { namesKept: 'unneeded' }],
    ['A.8.2', { talks: 'outside' }],
    ['A.8.2', { users: ['consumers'] }],
    ['A.8.2', { usersTold: 'nothing' }],
    ['A.8.2', { synthetic: ['media'] }],
    ['A.8.3', { users: ['consumers'] }],
    ['A.8.3', { listedUse: ['credit'], affected: ['customers'] }],
    ['A.8.4', { incident: 'unsure', users: ['consumers'] }],
    ['A.8.4', { incident: 'recorded', listedUse: ['credit'] }],
    ['A.8.5', { listedUse: ['credit'] }],
    ['A.8.5', { peopleTold: 'no', affected: ['customers'] }],
    ['A.9.2', { users: ['staff'] }],
    ['A.9.3', { listedUse: ['credit'] }],
    ['A.9.3', { ignored: 'yes' }],
    ['A.9.3', { profiling: 'yes' }],
    ['A.9.3', { listedUse: 'unknown', affected: ['customers'] }],
    ['A.9.4', { origin: ['built'], lastChange: 'unchecked' }],
    ['A.10.2', { vendorContract: 'standard' }],
    ['A.10.3', { origin: 'unknown' }],
    ['A.10.4', { users: ['businesses'] }],
    ['A.10.4', { customerContract: 'silent' }],
  ])('%s follows from %j', (control, facts) => {
    expect(controlsOf({ ...IN_ORDER, ...facts })).toContain(control);
  });

  test('a retired system is not watched, and one of our own has no supplier', () => {
    expect(controlsOf({ ...IN_ORDER, stage: 'retirement' })).not.toContain('A.6.2.6');
    expect(controlsOf({ ...IN_ORDER, origin: ['built'], vendorContract: 'none' })).not.toContain('A.10.3');
  });

  test('each exists in Annex A, is proposed once, and says from which answer it follows', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { controls } = triage(facts);
        expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
        for (const { id, reasons } of controls) {
          expect(structure.find(id)?.kind).toBe('control');
          expect(reasons.length).toBeGreaterThan(0);
          for (const { because, from } of reasons) {
            expect(because).not.toBe('');
            expect(from.length).toBeGreaterThan(0);
            for (const name of from) expect(FACT_NAMES).toContain(name);
          }
        }
      }),
    );
  });
});

describe('flags', () => {
  const flagsOf = (facts: Facts) => triage(facts).flags.map(({ id }) => id);
  test('a system in good order has none', () => {
    expect(flagsOf(IN_ORDER)).toEqual([]);
  });

  const CASES: [string, Facts][] = [
    ['prohibited_practice', { bannedPractice: ['exploiting'] }],
    ['incident_unrecorded', { incident: 'unsure' }],
    ['change_unchecked', { lastChange: 'unchecked' }],
    ['used_untested', { tested: 'vendor_only' }],
    ['nobody_but_somebody', { profiling: 'yes' }],
    ['goes_further', { affected: ['vulnerable'], users: ['staff'], output: ['code'] }],
    ['anonymous_with_names', { anonymised: 'claimed', namesKept: 'needed' }],
    ['unneeded_personal_data', { namesKept: 'unneeded' }],
    ['unapproved_tools', { unapproved: 'yes' }],
    ['warnings_ignored', { ignored: 'yes' }],
    ['no_owner', { ownership: 'team' }],
  ];
  test.each(CASES)('%s', (flag, facts) => {
    expect(flagsOf({ ...IN_ORDER, ...facts })).toContain(flag);
  });

  test('all are tested', () => {
    expect(CASES.map(([flag]) => flag)).toEqual([...FLAGS]);
  });
});

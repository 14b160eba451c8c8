import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseSystemKey,
  STAGE_NAMES,
  STAGES,
  SYSTEM_STATE_NAMES,
  SYSTEM_STATES,
  systemKey,
} from '../../src/records/ai-system/ai-system.ts';
import { isAsked } from '../../src/records/ai-system/asked.ts';
import { completeness, incompleteTopics, missingFrom } from '../../src/records/ai-system/completeness.ts';
import {
  FACT_NAMES,
  FACTS,
  type FactDefinition,
  factsOf,
  parseFacts,
  sayFact,
  together,
  UNKNOWN,
} from '../../src/records/ai-system/facts.ts';
import { significantChanges } from '../../src/records/ai-system/significant-change.ts';
import { isTopicId, numberOf, TOPIC_IDS, TOPICS } from '../../src/records/ai-system/topics.ts';
import { anyFacts } from './any-facts.ts';

test('every fact belongs to a topic, has options in plain words, and none is called unknown', () => {
  for (const name of FACT_NAMES) {
    expect(TOPIC_IDS).toContain(FACTS[name].topic);
    expect(FACTS[name].question).toMatch(/\?|:|\(/);
    const definition: FactDefinition = FACTS[name];
    if ('options' in definition) expect(Object.keys(definition.options)).not.toContain(UNKNOWN);
  }
  for (const topic of TOPIC_IDS) {
    expect(factsOf(topic).length).toBeGreaterThan(0);
    for (const text of Object.values(TOPICS[topic])) expect(text).not.toMatch(/!/);
  }
});

test('facts are what the form allows, in one order, and nothing else', () => {
  expect(parseFacts({ users: ['public', 'staff'] })).toEqual({ users: ['staff', 'public'] });
  expect(parseFacts({ users: UNKNOWN, stage: UNKNOWN, owner: UNKNOWN })).toEqual({
    users: UNKNOWN,
    stage: UNKNOWN,
    owner: UNKNOWN,
  });
  for (const wrong of [
    { users: [] },
    { users: ['martians'] },
    { listedUse: ['none', 'hiring'] },
    { stage: 'later' },
    { vendor: '' },
    { vendor: 'x'.repeat(501) },
    { owner: 'Jon' },
    { invented: 'yes' },
    [],
    'stage',
  ]) {
    expect(() => parseFacts(wrong), JSON.stringify(wrong)).toThrow();
  }
  fc.assert(fc.property(anyFacts, (facts) => void parseFacts(facts)));
});

test('a value is shown in the words it was chosen by', () => {
  expect(sayFact('origin', ['bought', 'changed'])).toBe(
    'Bought, licensed or subscribed as it is; We changed or extended what we bought',
  );
  expect(sayFact('stage', 'deployment')).toBe('Being introduced: pilot or roll-out');
  expect(sayFact('stage', UNKNOWN)).toBe('not known');
  expect(sayFact('vendor', 'Acme')).toBe('Acme');
});

test('two readings of the same words do not hide what either found', () => {
  const one = { listedUse: ['hiring'], origin: ['bought'], stage: 'deployment', users: ['staff'] } as const;
  const other = { listedUse: ['none'], origin: ['changed'], stage: 'operation_monitoring', users: UNKNOWN } as const;
  const both = {
    listedUse: ['hiring'],
    origin: ['bought', 'changed'],
    stage: 'operation_monitoring',
    users: ['staff'],
  };
  expect(together(one, other)).toEqual(both);
  expect(together({}, other).users).toBeUndefined();
});

test('questions follow from answers', () => {
  expect(isAsked({ product: 'none' }, 'productPart')).toBe(false);
  expect(isAsked({ product: 'machinery' }, 'productPart')).toBe(true);
  expect(isAsked({ origin: ['built'] }, 'vendor')).toBe(false);
  expect(isAsked({ origin: ['built', 'vendor_model'] }, 'vendor')).toBe(true);
  expect(isAsked({}, 'vendor')).toBe(true);
  expect(isAsked({ personalData: ['none'] }, 'anonymised')).toBe(false);
  expect(isAsked({ listedUse: ['none'] }, 'narrowTask')).toBe(false);
  expect(isAsked({ output: ['forecast'] }, 'synthetic')).toBe(false);
  expect(isAsked({ output: ['forecast', 'text'] }, 'synthetic')).toBe(true);
  expect(isAsked({ offered: 'no' }, 'customerContract')).toBe(false);
});

test('a record is complete when all that is asked is answered, and not by "I do not know"', () => {
  expect(completeness({}, {})).toBe(0);
  expect(incompleteTopics({}, {})).toEqual([...TOPIC_IDS]);
  const texts = Object.fromEntries(TOPIC_IDS.map((topic) => [topic, 'said']));
  const all = fc.sample(anyFacts, 200).map((facts) => completeness(texts, facts));
  for (const share of all) expect(share).toBeGreaterThan(0);
  const one = { stage: 'deployment', lastChange: UNKNOWN } as const;
  expect(missingFrom(texts, one).facts).toContain('lastChange');
  expect(missingFrom(texts, one).facts).not.toContain('stage');
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const share = completeness(texts, facts);
      expect(share >= 0 && share <= 1).toBe(true);
      if (share === 1) expect(incompleteTopics(texts, facts)).toEqual([]);
    }),
  );
});

test('a change is significant by what it is about', () => {
  expect(significantChanges({ decides: 'person' }, { decides: 'automatic' })).toEqual(['decides']);
  expect(significantChanges({ personalData: ['contact'] }, { personalData: ['contact', 'sensitive'] })).toEqual([
    'personalData',
  ]);
  expect(significantChanges({ logs: 'none' }, { logs: 'known' })).toEqual([]);
});

test('systems, stages, states and topics are called what people call them', () => {
  expect(parseSystemKey(` ${systemKey(31).toLowerCase()} `)).toBe(31);
  for (const wrong of ['AIS-0', 'AIS-', 'AIS-1x', 'GAP-1', '']) expect(parseSystemKey(wrong)).toBeUndefined();
  expect(Object.keys(STAGE_NAMES)).toEqual([...STAGES]);
  expect(Object.keys(FACTS.stage.options)).toEqual([...STAGES]);
  expect(Object.keys(SYSTEM_STATE_NAMES)).toEqual([...SYSTEM_STATES]);
  expect(TOPIC_IDS.map(numberOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  expect(isTopicId('I14') && !isTopicId('I15')).toBe(true);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../src/records/ai-system/facts.ts';
import { type DoubtKind, listen } from '../../src/records/ai-system/listen.ts';
import { TOPIC_IDS, TOPICS, type TopicId } from '../../src/records/ai-system/topics.ts';

const kindOf = (topic: TopicId, text: string, facts: Facts = {}) => {
  const heard = listen(topic, text, facts);
  return heard === 'fine' ? 'fine' : heard.kind;
};

describe('what is asked again', () => {
  test.each<[TopicId, string, DoubtKind]>([
    ['I1', '', 'empty'],
    ['I6', ' ... ', 'empty'],
    ['I13', 'n/a', 'empty'],
    ['I9', 'see above', 'empty'],
    ['I2', 'no idea', 'unknown'],
    ['I11', "I don't know, ask IT", 'unknown'],
    ['I8', 'not sure, Europe I guess', 'unknown'],
    ['I11', 'no clue how long', 'unknown'],
    ['I13', "you'd have to ask procurement", 'unknown'],
    ['I10', 'the vendor tests that', 'passed_on'],
    ['I10', 'Supplier has tested it', 'passed_on'],
    ['I6', 'The provider says nothing is kept', 'passed_on'],
    ['I11', 'part of the service', 'passed_on'],
    ['I2', 'one of the big models, I think', 'unsure'],
    ['I11', 'probably stored somewhere', 'unsure'],
    ['I14', 'Jon, for now', 'unsure'],
    ['I12', 'people should know', 'unsure'],
    ['I6', 'Anonymised, except the names', 'contradictory'],
    ['I5', "nobody. ok, the nurses' patients", 'contradictory'],
    ['I7', 'A clerk approves each one, usually without reading', 'contradictory'],
    ['I6', 'badge numbers, not needed', 'contradictory'],
    ['I5', 'nobody', 'denied'],
    ['I6', 'no personal data', 'denied'],
    ['I9', 'nothing so far', 'denied'],
    ['I1', 'HR tool', 'lacking'],
    ['I2', 'bought, SaaS', 'lacking'],
    ['I2', 'Acme Chat 3. Some people use their private accounts too', 'lacking'],
    ['I9', 'People stopped reading its alarms', 'lacking'],
    ['I10', 'we tried it', 'lacking'],
    ['I10', "we don't test it", 'lacking'],
    ['I10', '95 percent right on 400 cases. By gender we did not look at groups', 'lacking'],
    ['I11', 'when a customer complains somebody', 'unsure'],
    ['I11', 'only if it breaks', 'lacking'],
    ['I12', 'nothing', 'lacking'],
    ['I13', 'standard terms', 'lacking'],
    ['I13', 'a contract from 2019', 'lacking'],
    ['I13', 'contract, silent on errors', 'lacking'],
    ['I14', 'HR and IT', 'lacking'],
    ['I14', 'nobody yet', 'lacking'],
    ['I14', 'the project', 'lacking'],
    ['I2', 'ScoreWell 4. What is inside they do not tell', 'lacking'],
    ['I5', "couriers. it's just planning", 'lacking'],
    ['I6', 'interests and so on', 'lacking'],
    ['I9', 'somebody got no shifts after being ill', 'lacking'],
    ['I12', 'small sticker', 'lacking'],
    ['I13', 'a maintenance contract from before, with response times', 'lacking'],
  ])('%s: %s', (topic, text, kind) => {
    expect(kindOf(topic, text)).toBe(kind);
  });

  test('what judges people has to be tested for fairness as well', () => {
    const tested = '95 percent right on 400 cases, report of May';
    expect(kindOf('I10', tested)).toBe('fine');
    expect(kindOf('I10', tested, { listedUse: ['hiring'] })).toBe('lacking');
    expect(kindOf('I10', `${tested}; women and men alike`, { listedUse: ['hiring'] })).toBe('fine');
  });

  test('the question is put in other words', () => {
    for (const topic of TOPIC_IDS) {
      const heard = listen(topic, '', {});
      if (heard === 'fine') throw new Error(`Nothing said on ${topic} is not fine.`);
      expect(heard.askAgain).not.toBe(TOPICS[topic].question);
      expect(heard.because).not.toBe('');
    }
  });
});

describe('what is not nagged about', () => {
  test.each(TOPIC_IDS)('the example of %s', (topic) => {
    expect(kindOf(topic, TOPICS[topic].example)).toBe('fine');
  });

  test.each<[TopicId, string]>([
    ['I1', 'Forecasts how many rolls each shop needs tomorrow'],
    ['I2', 'Built by our own data team with Prophet 1.1'],
    ['I2', 'DeepL Pro'],
    ['I3', 'Live since March 2024'],
    ['I4', 'The six clerks in accounts payable'],
    ['I5', 'Suppliers, who are paid late if it misreads an amount'],
    ['I6', 'Invoices as PDF with bank details and contact names of suppliers'],
    ['I7', 'It fills the fields; a clerk checks every invoice and posts it'],
    ['I8', 'Sweden and Finland'],
    ['I9', 'In May it paid an invoice twice; incident 2026-31, corrected in June'],
    ['I10', 'Acceptance test with 500 invoices, 97 % of fields right'],
    ['I11', 'All runs are kept for 7 years, the controller reads 50 a month'],
    ['I12', 'Clerks had half a day of training with its limits'],
    ['I13', 'The contract says that the vendor reports incidents and announces changes of the model'],
    ['I13', 'No vendor, we built it'],
    ['I14', 'Lars Berg, head of accounting'],
  ])('%s: %s', (topic, text) => {
    expect(kindOf(topic, text)).toBe('fine');
  });
});

test('any text is heard, and soon', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TOPIC_IDS), fc.string({ unit: 'grapheme', maxLength: 400 }), (topic, text) => {
      listen(topic, text, {});
    }),
  );
  const started = performance.now();
  for (const piece of ['a ', 'no ', 'and ', '!', 'the vendor ', 'A', 'who ', '9', 'contract ']) {
    for (const topic of TOPIC_IDS) listen(topic, piece.repeat(4_000 / piece.length), {});
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});

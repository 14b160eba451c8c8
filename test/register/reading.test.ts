import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Facts, parseFacts } from '../../src/records/ai-system/facts.ts';
import { readAnswers } from '../../src/records/ai-system/reading/read-answers.ts';
import { readStatements } from '../../src/records/ai-system/reading/statements.ts';
import { TOPIC_IDS, type TopicId } from '../../src/records/ai-system/topics.ts';
import { triage } from '../../src/records/ai-system/triage/triage.ts';

describe('clear statements are read', () => {
  test.each<[TopicId, string, Facts]>([
    ['I2', 'We built it ourselves', { origin: ['built'] }],
    ['I2', 'bought from a vendor', { origin: ['bought'] }],
    ['I2', 'An agency made it, on GPT-4', { origin: ['commissioned', 'vendor_model'] }],
    ['I2', 'Our data team, with open source', { origin: ['built', 'open_model'] }],
    ['I2', 'Luminance, on our server', { origin: ['bought'] }],
    ['I3', 'In production since 2023', { stage: 'operation_monitoring' }],
    ['I3', 'Pilot in two branches', { stage: 'deployment' }],
    ['I3', 'Testing, goes live in spring', { stage: 'verification_validation' }],
    ['I3', 'not live yet, still an idea', { stage: 'inception' }],
    ['I3', 'We are building it', { stage: 'design_development' }],
    ['I3', 'Being switched off at the end of the year', { stage: 'retirement' }],
    ['I3', 'On hold since the audit', { stage: 're_evaluation' }],
    ['I4', 'customers', { users: ['consumers'] }],
    ['I4', 'the nurses', { users: ['staff'] }],
    ['I5', 'nobody', { affected: ['none'] }],
    ['I6', 'no people in it', { personalData: ['none'] }],
    ['I6', 'anonymised, except the names', { personalData: ['contact'], anonymised: 'claimed', namesKept: 'needed' }],
    ['I8', 'Germany and Poland', { euReach: 'in_eu', countries: 'Germany and Poland' }],
    ['I8', 'only in Brazil', { countries: 'only in Brazil' }],
    ['I10', 'The vendor tests', { tested: 'vendor_only' }],
    ['I10', 'not tested', { tested: 'none' }],
    ['I11', 'kept 90 days', { logs: 'known' }],
    ['I13', 'standard terms', { vendorContract: 'standard' }],
    ['I14', 'nobody yet', { ownership: 'nobody' }],
    ['I14', 'Jon Reyes', { ownership: 'person' }],
    ['I1', '', {}],
  ])('%s: %s', (topic, text, expected) => {
    expect(readStatements(topic, text)).toEqual(expected);
  });
});

describe('purposes', () => {
  const tierOf = (answers: Partial<Record<TopicId, string>>, name = 'Tool') =>
    triage(readAnswers(name, { I2: 'bought', I4: 'the team', ...answers })).euAiAct.tier;

  test.each([
    ['ranks the CVs of applicants', 'high'],
    ['helps us find the best people for open positions', 'high'],
    ['puts the mails of people who want to work here in three piles', 'high'],
    ['works out the bonus of couriers from speed and ratings', 'high'],
    ['decides on whose feed our vacancies show up', 'high'],
    ['picks the next exercise for each pupil', 'high'],
    ['camera at the till that guesses how old somebody is', 'high'],
    ['marks spots on lung x-rays before the doctor looks', 'high'],
    ['gives residents points for their behaviour', 'prohibited'],
    ['screens candidates', 'high'],
    ['grades the essays of pupils', 'high'],
    ['watches for cheating in online exams', 'high'],
    ['checks who is creditworthy and decides on loans', 'high'],
    ['proposes which patient in the emergency room comes first', 'high'],
    ['rates drivers and compares drivers by speed', 'high'],
    ['recognises faces of visitors at the door', 'high'],
    ['shows the mood of the agents from their voice in calls', 'prohibited'],
    ['forecasts how many rolls each shop needs', 'minimal'],
    ['filters spam from our mailbox', 'minimal'],
    ['translates our manuals', 'minimal'],
    ['reads invoices and fills the fields', 'minimal'],
    ['makes pictures for adverts', 'limited'],
    ['makes radio spots in the voice of our founder', 'limited'],
    ['a video of our CEO that speaks twelve languages, generated', 'limited'],
    ['estimates what the repair of a dent costs', 'minimal'],
    ['hears from the noise when a blade is damaged', 'minimal'],
    ['does something with our data', 'undetermined'],
    ['gives tenants points', 'undetermined'],
    ['sorts', 'undetermined'],
    ['searches our talent database', 'undetermined'],
    ['camera that counts visitors and notes their age', 'undetermined'],
    ['forecasts the load so that the control room can switch', 'undetermined'],
    ['summarises what applicants said', 'undetermined'],
    ['plans routes for forklifts that drive by themselves', 'undetermined'],
  ] as const)('%s: %s', (purpose, tier) => {
    expect(tierOf({ I1: purpose })).toBe(tier);
  });

  test('a chatbot is for those who talk with it', () => {
    expect(tierOf({ I1: 'chatbot that answers questions', I4: 'customers' })).toBe('limited');
    expect(tierOf({ I1: 'chatbot that answers questions on travel rules', I4: 'all employees' })).toBe('minimal');
    expect(tierOf({ I1: 'chatbot that screens applicants', I4: 'applicants' })).toBe('high');
  });

  test.each([
    [
      'counts parcels per belt and minute and shows which belt is behind',
      'workers get told off',
      'slow belts get a visit',
    ],
    ['compares the cash in the till with what was sold that day', 'cashiers who are accused', 'a list of differences'],
    ['suggests the order of desks from how well each one did before', 'children', 'a plan'],
    ['sorts incoming forms into yes, no and maybe', 'families without income', 'three boxes'],
    ['measures the time between two scans in the depot', 'couriers', 'an average per route'],
    ['sets the price of cover from steps and from sleep', 'policy holders', 'euro per month'],
    ['keeps the pressure right in the pipes of the town', 'everyone who drinks', 'turns valves'],
    ['forecasts which invoices stay unpaid and blocks buying on account', 'private buyers', 'blocked or not'],
  ])('whom it judges makes it no harmless one: %s', (I1, I5, I7) => {
    expect(['undetermined', 'high']).toContain(tierOf({ I1, I5, I7 }));
  });

  test('what is denied is not read', () => {
    expect(readAnswers('Tool', { I1: 'It does not rank applicants' }).listedUse).toBeUndefined();
  });

  test('a harmless purpose is not believed against what else is said', () => {
    const forecast = 'forecasts how much work there will be tomorrow';
    expect(tierOf({ I1: forecast })).toBe('minimal');
    expect(tierOf({ I1: forecast, I5: 'applicants, who are not invited' })).toBe('undetermined');
    expect(tierOf({ I1: forecast, I7: 'a list with the performance of each driver' })).toBe('undetermined');
  });
});

test('whatever is typed, only facts come out', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(text, fc.dictionary(fc.constantFrom(...TOPIC_IDS), text), (name, texts) => {
      parseFacts(readAnswers(name, texts));
    }),
  );
  const started = performance.now();
  for (const piece of ['a ', 'rank ', 'no ', '!', 'our own ', 'A', 'monitor x ', '- ']) {
    const long = piece.repeat(4_000 / piece.length);
    readAnswers(long, Object.fromEntries(TOPIC_IDS.map((topic) => [topic, long])));
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});

import { describe, expect, test } from 'vitest';
import { meaningOf, wishToRegister } from '../../src/features/intake/meaning.ts';
import { asksForSystems, intentOf, readQuery } from '../../src/features/register/query.ts';
import { systemsNamedIn } from '../../src/records/ai-system/system-names.ts';

describe('in an interview', () => {
  test.each([
    ['customers, and our service people see the chats', 'answer'],
    ['the agency does that, I think?', 'answer'],
    ['bought? I think from Acme', 'answer'],
    ['Who knows?', 'answer'],
    ['How should I know?', 'answer'],
    ['Is used by staff only.', 'answer'],
    ['Pause it when it is wrong, that is what the agents do', 'answer'],
    ['skip lists of customers go in', 'answer'],
    ['Who has to sign the AI policy?', 'question'],
    ['Ok, and what does the standard ask for?', 'question'],
    ['We bought it. Do we have to test it ourselves?', 'question'],
    ['pause', 'pause'],
    ["let's pause here", 'pause'],
    ['Later.', 'pause'],
    ['go back', 'back'],
    ['skip this question', 'skip'],
    ['Why?', 'why'],
    ['what do you mean?', 'explain'],
    ['🙂', 'explain'],
    ["I don't understand the question", 'explain'],
  ])('"%s" is taken as %s', (text, meaning) => {
    expect(meaningOf(text)).toBe(meaning);
  });
});

describe('a wish to register', () => {
  test.each([
    ['I want to register an AI system', undefined],
    ['we need to register a new chatbot', undefined],
    ['Please register our copilot', undefined],
    ['How do I register a new AI tool?', undefined],
    ['I would like to register a system called Mia', 'Mia'],
    ["I'd like to register the tool “Ticket sorter”", 'Ticket sorter'],
  ])('"%s" is one', (text, name) => {
    expect(wishToRegister(text)).toEqual({ name });
  });

  test.each([
    'Do we have to register AI systems in the EU database?',
    'Who must register a high-risk AI system?',
    'register a risk for the AI system',
    'What is the AI system register?',
    'I want to know who signs the AI policy',
  ])('"%s" is none', (text) => {
    expect(wishToRegister(text)).toBeUndefined();
  });
});

describe('a question about the register', () => {
  const context = { asker: 'me', owners: [{ id: 'ana', name: 'Ana Silva' }], today: '2026-11-25' };
  const read = (text: string) => readQuery(text, context);

  test.each([
    ['which systems use customer e-mails?', { personalData: ['contact'] }],
    ['what is in pilot?', { stage: 'deployment' }],
    ['Which of our systems are high-risk?', { tier: 'high' }],
    ['which systems have no owner?', { owner: null }],
    ['list all systems owned by Ana', { owner: 'ana' }],
    ['show me my systems', { owner: 'me' }],
    ['which of our tools are due for a review?', { reviewDueOn: '2026-11-25' }],
    ['What is waiting for approval?', { states: ['submitted'] }],
    ['How many AI systems do we have in use?', { stage: 'operation_monitoring' }],
    ['Which systems process health data?', { personalData: ['sensitive'] }],
    ['Which AI systems do we have?', {}],
  ])('"%s" is one', (text, filter) => {
    const query = read(text);
    expect(query.filter).toEqual(filter);
    expect(asksForSystems(text, query)).toBe(true);
  });

  test.each([
    'Which AI systems are high-risk?',
    'Which systems are prohibited under the AI Act?',
    'Which systems must have an owner?',
    'What is an AI system?',
    'Which AI systems need an impact assessment?',
    'What tools help with an AI inventory?',
    'Who approves the AI policy?',
  ])('"%s" is for the guidance', (text) => {
    expect(asksForSystems(text, read(text))).toBe(false);
  });

  test.each([
    ['who runs the chatbot?', 'owner'],
    ['may I use the copilot with customer data?', 'may-use'],
    ['what documentation is missing for Mia?', 'missing'],
    ['is Mia approved?', 'about'],
    ['what data does Mia use?', 'data'],
    ['who is responsible for the chatbot policy?', undefined],
    ['Tell everybody hello', undefined],
  ])('"%s" asks for %s', (text, intent) => {
    expect(intentOf(text)).toBe(intent);
  });
});

test('systems are found by key, name, or a word that tells them apart', () => {
  const systems = [
    { id: 1, name: 'Mia, the shop chatbot' },
    { id: 2, name: 'GitHub Copilot' },
    { id: 3, name: 'Risk assessment model' },
    { id: 12, name: 'Mia' },
  ];
  const named = (text: string) => systemsNamedIn(text, systems).map(({ id }) => id);
  expect(named('is ais-2 approved?')).toEqual([2]);
  expect(named('who runs the chatbot?')).toEqual([1]);
  expect(named("what is Mia's status?")).toEqual([12]);
  expect(named('may I use copilot for customer data?')).toEqual([2]);
  expect(named('who owns the risk assessment?')).toEqual([]);
});

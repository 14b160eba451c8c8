import { describe, expect, test } from 'vitest';
import { namedNumbers } from '../../src/features/ask/numbers.ts';
import { controlsOfSameNumber, namesItsSubject, readingsOf } from '../../src/features/ask/readings.ts';
import type { FoundDocument } from '../../src/retrieval/search-documents.ts';

/** Documents as search finds them, each fitting as well as said. */
const found = (scores: Readonly<Record<string, number>>): FoundDocument[] =>
  Object.entries(scores).map(([key, score]) => ({ key, title: key, score, passages: [] }));

const KEYS = ['6.1.2', '6.1.4', 'C.2.11', 'A.8.2', '8.2', 'ai-provider', 'which-role-are-we', 'A.10.3', '9.2.2'];
const DOCUMENTS = found(Object.fromEntries(KEYS.map((key, index) => [key, 1 - index / 10])));
const FIT = { coverage: 1, score: 3, words: 1, outOfScope: 0 };

const readings = (question: string, documents: readonly FoundDocument[] = DOCUMENTS) =>
  readingsOf(question, namedNumbers(question), documents, FIT)?.map(({ key }) => key);

describe('a question that does not say what it is about is asked back', () => {
  test.each([
    'is it mandatory?',
    'who has to sign it off',
    'should the customer get it too?',
    'it failed. and now?',
    'for the chatbot as well?',
    'same as in 27001?',
    'which one do we need?',
    'point three needs work, how?',
    'is 70 percent good enough?',
    'we have a new system, what do we do',
  ])('%s', (question) => {
    expect(namesItsSubject(question)).toBe(false);
    expect(readings(question)).toHaveLength(3);
  });

  test.each([
    ['the assessment?', ['6.1.2', '6.1.4']],
    ['transparency?', ['C.2.11', 'A.8.2']],
    ['are we a provider?', ['ai-provider', 'which-role-are-we']],
    ['what do we have to do for 8.2', ['A.8.2', '8.2']],
  ])('"%s" means one of several matters', (question, expected) => {
    expect(readings(question)).toEqual(expected);
  });

  test('a word or two can mean whatever fits about as well as the best', () => {
    expect(readings('drones?', found({ 'A.10.3': 1, 'A.10.2': 0.9, '8.1': 0.5 }))).toEqual(['A.10.3', 'A.10.2']);
    expect(readings('drones?', found({ 'A.10.3': 1, 'A.10.2': 0.8 }))).toBeUndefined();
  });
});

describe('a question that says what it is about is answered', () => {
  test.each([
    'Ana wrote the procedure. May she also check it?',
    'Is it true that every company needs an audit each year?',
    'how is the thing built: chapters, numbers, appendices?',
    'IT people wrote the policy, is that fine with the auditor or not',
    'five whys or fishbone, which one should I take?',
    'what is transparency?',
    'provider, producer: difference?',
    'clause 8.2, what do we have to do?',
    'what does A.8.2 ask?',
  ])('%s', (question) => {
    expect(readings(question)).toBeUndefined();
  });

  test('a number with words beside it that say what is meant is the clause', () => {
    const question = 'how often do we score risks after 8.2?';
    expect(controlsOfSameNumber(question, namedNumbers(question))).toEqual([]);
  });

  test('the number of a clause is not taken for one of Annex A, which is named too', () => {
    const { invented } = namedNumbers('Does Annex A have 38 controls, and does clause 6.1.5 require red teaming?');
    expect(invented).toEqual(['6.1.5']);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { whatIsAsked } from '../../src/features/evidence/asked.ts';

const SYSTEMS = [{ id: 3, name: 'Mia, the shop chatbot' }];

describe('what the tables of the evidence answer', () => {
  test.each([
    ['What evidence do we have for A.7.4?', { kind: 'list', words: 'A.7.4' }],
    ['is there any evidence for 9.2.1', { kind: 'list', words: '9.2.1' }],
    ['show me our evidence on Mia', { kind: 'list', words: 'AIS-3' }],
    ['What is stale?', { kind: 'list', words: 'stale' }],
    ['which evidence for A.7.4 is out of date?', { kind: 'list', words: 'A.7.4 stale' }],
    ['What evidence is expiring?', { kind: 'list', words: 'lapsing' }],
    ['Which required kinds are missing?', { kind: 'missing', system: undefined }],
    ['what evidence is missing for Mia?', { kind: 'missing', system: 'AIS-3' }],
    ['What changed since the last audit?', { kind: 'changes', since: undefined }],
    ['what has changed in the evidence since 1 March 2026?', { kind: 'changes', since: '2026-03-01' }],
    ['What evidence do we need for A.7.4?', undefined],
    ['What evidence does an auditor want for A.7.4?', undefined],
    ['What is a stale record?', undefined],
    ['What changed in ISO/IEC 42001 since 2023?', undefined],
  ])('%s', (question, asked) => {
    expect(whatIsAsked(question, SYSTEMS)).toEqual(asked);
  });

  test('none of the questions about the guidance', () => {
    const lines = readFileSync('test/evaluation/questions.jsonl', 'utf8').trim().split('\n');
    const questions = lines.map((line) => (JSON.parse(line) as { question: string }).question);
    expect(questions.length).toBeGreaterThan(400);
    expect(questions.filter((question) => whatIsAsked(question, SYSTEMS))).toEqual([]);
  });
});

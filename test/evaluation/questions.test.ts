import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { judgeQuestions, readQuestions, report } from '../../src/evaluation/questions.ts';
import { openTestDatabase } from '../support/database.ts';

const QUESTIONS = fileURLToPath(new URL('questions.jsonl', import.meta.url));

/** Floors a little below what was measured, so that a change that makes answers worse is seen, and chance is not. */
test('questions of staff find their pages, and what is none of our business is declined', async () => {
  const { db } = await openTestDatabase();
  const questions = await readQuestions(QUESTIONS);
  const { hit1, hit3, declined_right, declined_wrong, clarified_right } = report(
    await judgeQuestions(db, questions, undefined),
  );
  expect(questions.length).toBeGreaterThan(500);
  expect(hit1).toBeGreaterThan(0.82);
  expect(hit3).toBeGreaterThan(0.93);
  expect(declined_right).toBeGreaterThan(0.95);
  expect(declined_wrong).toBeLessThan(0.03);
  expect(clarified_right).toBeGreaterThan(0.89);
}, 240_000);

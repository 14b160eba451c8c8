import { expect, test } from 'vitest';
import { fingerprint } from '../../src/records/same-question.ts';
import { openTestDatabase } from '../support/database.ts';

test('questions with the same words are one question', async () => {
  const { db } = await openTestDatabase();
  for (const [one, other, same] of [
    ['Is our vendor insured?', 'is OUR vendors  insured', true],
    ['Is our vendor insured?', 'Insured: is our vendor', true],
    ['Is our vendor insured?', 'Is our vendor certified?', false],
    ['What is A.6.2.8?', 'What is A.6.2.4?', false],
    ['Who are you?', 'who are you', true],
    ['Who are you?', 'where are they', false],
    ['谁签署政策', '谁签署政策', true],
    ['谁签署政策', '谁批准政策', false],
  ] as const) {
    const isSame = (await fingerprint(db, one)) === (await fingerprint(db, other));
    expect(isSame, `${one} / ${other}`).toBe(same);
  }
});

import { expect, test } from 'vitest';
import { smallTalk } from '../../src/features/ask/small-talk.ts';

test.each([
  ['Thanks!', 'You are welcome'],
  ['thank you, that was helpful', 'You are welcome'],
  ['ok cool', 'You are welcome'],
  ['merci beaucoup', 'You are welcome'],
  ['👍', 'You are welcome'],
  ['good morning Steward', 'Hello'],
  ['what can you do?', 'I am Steward'],
  ['can you help me?', 'I am Steward'],
  ['are you ChatGPT?', 'I am a program'],
  ['that’s wrong', '*Not helpful* under the answer'],
  ['not what I asked', '*Not helpful* under the answer'],
  ['are you sure?', 'the sources stand under the answer'],
  ['never mind', 'All right'],
  ['?', 'All right'],
  ['bye', 'Until next time'],
])('%s is answered as a colleague would', (said, reply) => {
  expect(smallTalk(said)).toContain(reply);
});

test.each([
  'thanks, and how often do we review the AI policy?',
  'is it wrong to skip an internal audit?',
  'help me with the statement of applicability',
  'are you sure that A.9.5 does not exist?',
  'ok and who signs?',
])('%s is a question', (said) => {
  expect(smallTalk(said)).toBeUndefined();
});

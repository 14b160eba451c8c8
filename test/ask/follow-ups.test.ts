import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { WebChatter } from '../support/web.ts';
import { CONVERSATIONS } from './conversations.ts';

/** The share of follow-ups that are understood. */
const UNDERSTOOD = 0.91;

test('follow-ups are understood from what was said before, without a language model', {
  timeout: 300_000,
}, async () => {
  const app = await startTestApp();
  const wrong: string[] = [];
  let total = 0;
  for (const [first, ...followUps] of CONVERSATIONS) {
    const jon = new WebChatter(app);
    let before = (await jon.say(first)).text;
    for (const [said, pages, says] of followUps) {
      const { text, citations } = await jon.say(said);
      const [answer = ''] = text.split('See also');
      const isRight = pages.split(' ').includes(citations[0] ?? '') && says.test(answer) && text !== before;
      if (!isRight) wrong.push(`${first} / ${said}: ${citations[0]} ${answer.slice(0, 100)}`);
      total++;
      before = text;
    }
  }
  expect(total).toBeGreaterThan(100);
  expect(1 - wrong.length / total, wrong.join('\n')).toBeGreaterThanOrEqual(UNDERSTOOD);
});

test('a reading can be chosen in words', async () => {
  const app = await startTestApp();
  const asked = async (said: string) => {
    const jon = new WebChatter(app);
    expect((await jon.say('What about A.5?')).text).toContain('Is it one of these?');
    return (await jon.say(said)).citations.join(' ');
  };
  expect(await asked('the second one')).toBe('A.5.3');
  expect(await asked('societal impacts')).toBe('A.5.5');
  expect(await asked('A.5.4')).toBe('A.5.4');
});

import { describe, expect, test } from 'vitest';
import { button, STAGES } from '../support/stages.ts';
import { SHOP_CHAT, talkThrough } from './interview.ts';

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('somebody registers a system by talking', async () => {
    const { jon } = await stage();
    const named = await jon.say('I want to register an AI system');
    expect(named.text).toContain('What do you call the system?');
    const first = await jon.say('Mia, the shop chatbot');
    expect(first.text).toContain('question 1 of 14');
    const end = await talkThrough(jon, first, SHOP_CHAT);
    expect(end.text).toContain('limited risk');
    const submitted = await jon.press(button(end, 'Submit'));
    expect(submitted.text).toContain('AIS-1 Mia, the shop chatbot is submitted');
  });
});

import { expect, test } from 'vitest';
import { templateHeadline } from '../../src/features/digest/headline.ts';
import { checkedHeadline, figuresOf } from '../../src/features/digest/write-headline.ts';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { ownSigningKey } from '../support/digests.ts';
import { putSystem } from '../support/systems.ts';
import { WebChatter } from '../support/web.ts';
import { situation } from './situations.ts';

const normal = situation('normal');

test('the figures for a model have no names and no texts of people', () => {
  const figures = figuresOf(normal);
  expect(figures).toContain('Register completeness: 87 %, target 95 %, missed, +3 since last week, better');
  expect(figures).toContain('Decisions that wait: 2 (AIS-31 for 4 days, AIS-7 for 9 days)');
  expect(figures).toContain('Fairness breach rate: not measured yet');
  expect(figures).not.toMatch(/Jon|Mia|supplier/i);
});

test.each([
  ['Two decisions wait; evidence freshness slips to 71 %.', true],
  ['AIS-31 has waited for 4 days.', true],
  ['Register completeness rose by 3 to 87 %.', true],
  // Numbers and keys that stand nowhere, and what goes the other way.
  ['Three decisions wait.', false],
  ['Register completeness is at 88 %.', false],
  ['AIS-99 waits for a decision.', false],
  ['Evidence freshness improves.', false],
  ['Register completeness is slipping.', false],
  ['Morale is rising.', false],
  ['Look at https://evil.example for more.', false],
  ['Well done!', false],
  ['Two decisions wait. Evidence freshness slips.', false],
])('whether "%s" can stand at the head: %s', (sentence, holds) => {
  expect(checkedHeadline(sentence, normal)?.headline).toBe(holds ? sentence : undefined);
});

test('of a comment, what does not hold is left out', () => {
  const written = 'Two decisions wait.\nEvidence freshness slips to 71 %. Sixty systems are new.';
  expect(checkedHeadline(written, normal)).toEqual({
    headline: 'Two decisions wait.',
    comment: 'Evidence freshness slips to 71 %.',
  });
});

test.each([
  ['empty', 'There is little on record yet: register the first AI system with /aims register.'],
  ['normal', 'Two decisions wait; three actions are late.'],
  ['large', '60 decisions wait; 200 actions are late.'],
] as const)('without a model, a template says what matters most in a %s organisation', (size, headline) => {
  expect(templateHeadline(situation(size)).headline).toBe(headline);
});

test('with a model, what it says stands at the head where it holds, and the template where not', {
  timeout: 30_000,
}, async () => {
  const model = await new ChatModelStandIn().start();
  const app = await startTestApp({ ...model.settings, ...(await ownSigningKey()) });
  await putSystem(app.database.db, { name: 'Zanzibar pricing' }, 'submitted');
  const dana = new WebChatter(app, 'dana');
  model.headline = () => ({ say: 'AIS-1 waits for a decision.\nOne is new.' });
  expect((await dana.say('/aims digest preview')).text).toContain('AIS-1 waits for a decision. One is new.');
  model.headline = () => ({ say: 'Nine decisions wait.' });
  expect((await dana.say('/aims digest preview')).text).toContain('One decision waits');
  model.headline = () => ({ status: 500 });
  expect((await dana.say('/aims digest preview')).text).toContain('One decision waits');
  expect(model.requests.all.map(({ body }) => body).join()).not.toContain('Zanzibar');
});

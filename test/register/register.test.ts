import { describe, expect, test } from 'vitest';
import type { Content } from '../../src/records/ai-system/ai-system.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { button, type Cast, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';

/** A chatbot of Jon's, an assistant for developers, and a pilot without an owner. */
async function fillRegister({ app, jon, dana, lee }: Cast): Promise<void> {
  await jon.say('/aims help');
  await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
  const { db } = app.database;
  const owner = await personNamed(db, 'Jon Reyes');
  await putSystem(db, {
    name: 'Mia, the shop chatbot',
    texts: { I1: 'It answers shop customers.', I6: 'Chat text and e-mail addresses of customers.' },
    facts: {
      ...{ listedUse: ['none'], bannedPractice: ['none'], stage: 'operation_monitoring', origin: ['bought'] },
      ...{ personalData: ['contact'], ownership: 'person', owner, talks: 'outside', decides: 'informs' },
    },
  });
  await putSystem(db, {
    name: 'Code copilot',
    texts: { I1: 'It completes code for developers.', I6: 'Source code only.' },
    facts: { stage: 'operation_monitoring', personalData: ['none'], vendorTraining: 'allowed', owner },
  });
  const pilot: Pick<Content, 'name' | 'facts'> = { name: 'Demand forecast', facts: { stage: 'deployment' } };
  await putSystem(db, pilot, 'submitted');
}

/** What is asked, a part of the answer, and a system that it is not about. */
const QUESTIONS = [
  ['which systems use customer e-mails?', 'AIS-1', 'AIS-2'],
  ['what is in pilot?', 'AIS-3', 'AIS-1'],
  ['who runs the chatbot?', 'Jon Reyes owns AIS-1', 'AIS-2'],
  ['may I use the copilot with customer data?', 'is approved without data about people, so not for these', 'AIS-1'],
  ['what documentation is missing for Mia?', 'Nothing is said on testing', 'AIS-2'],
  ['who owns the demand forecast?', 'has no owner on record', 'AIS-1'],
] as const;

test('with a language model the tables answer all the same, and it is not asked', async () => {
  const model = await new ChatModelStandIn().start();
  const cast = (await STAGES['web']?.(model.settings)) ?? expect.unreachable();
  await fillRegister(cast);
  for (const [question, expected] of QUESTIONS) {
    expect((await cast.jon.say(question)).text, question).toContain(expected);
  }
  expect(model.requests.all).toEqual([]);
});

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('the register is listed, filtered and asked', async () => {
    const cast = await stage();
    const { jon, arun } = cast;
    await fillRegister(cast);
    const all = await arun.say('/aims systems');
    expect(all.text).toContain('3 AI systems');
    expect(all.text).toContain('AIS-2 Code copilot | Jon Reyes | In use');
    await arun.press(button(all, 'Filter ...'));
    expect((await arun.submit({ stage: 'deployment', due: 'owner' })).text).toContain(
      'AIS-3 Demand forecast | nobody yet',
    );
    expect((await arun.say('/aims systems in use')).text).toContain('2 AI systems: in use');
    expect((await arun.say('/aims systems purple')).text).toContain('I found nothing to filter by');
    for (const [question, expected, not] of QUESTIONS) {
      const { text } = await jon.say(question);
      expect(text, question).toContain(expected);
      expect(text, question).not.toContain(not);
    }
    expect((await jon.command('ask who runs the chatbot?')).text).toContain('Jon Reyes owns AIS-1');
    expect((await jon.command('ask Who has to sign the AI policy?')).citations[0]).toBe('5.2');
    expect((await jon.say('Who has to sign the AI policy?')).citations[0]).toBe('5.2');
  });

  test('a change of what matters opens the review again; versions are compared; the reason stays', async () => {
    const cast = await stage();
    const { jon, arun, dana } = cast;
    await fillRegister(cast);
    const foreign = await arun.press('register:change:1');
    expect(foreign.text).toContain('is changed by its owner Jon Reyes or the compliance lead');
    const shown = await jon.press(button(await jon.say('/aims systems AIS-1'), 'More ...'));
    const chosen = await jon.press(button(shown, 'Change ...'));
    expect(chosen.inputs).toEqual(['topic']);
    let field = await jon.submit({ topic: 'I6' });
    const open = field.actions.find(({ label }) => label === 'Open form');
    if (open) field = await jon.press(open.id);
    expect(field.inputs).toContain('personalData');
    const text = 'Chat text, e-mail addresses, and what people write about their health.';
    expect((await jon.submit({ text, personalData: 'contact,none', reason: 'x' })).errors).toEqual({
      personalData: 'None of these, or some of them: choose one or the other.',
    });
    const changed = await jon.submit({
      text,
      personalData: 'contact,sensitive',
      reason: 'Customers write about health.',
    });
    expect(changed.text).toContain('significant change');
    expect(changed.text).toContain('waiting for Dana Okafor again');
    expect((await dana.hear()).text).toContain('AIS-1 Mia, the shop chatbot');
    expect((await jon.say('/aims systems AIS-1')).text).toContain('moderate depth; due');
    const compared = await jon.command('systems AIS-1 compare 1 2');
    expect(compared.text).toContain('Which data about people go in?');
    expect(compared.text).toContain('Health, belief');
    const history = await jon.command('systems AIS-1 history');
    expect(history.text).toContain('Customers write about health');
    expect((await arun.say('which of our systems process health data?')).text).toContain('AIS-1');
  });

  test('models are linked and listed, and a system is retired with a reason', async () => {
    const cast = await stage();
    const { jon, arun } = cast;
    await fillRegister(cast);
    const shown = await jon.press(button(await jon.say('/aims systems AIS-2'), 'More ...'));
    await jon.press(button(shown, 'Models and features ...'));
    const linked = await jon.submit({ kind: 'model', name: 'Coder', version: '7', vendor: 'Acme' });
    expect(linked.text).toContain('MOD-1 Coder is linked');
    expect((await arun.say('/aims systems models')).text).toContain('MOD-1 Coder | 7 | Acme | AIS-2 Code copilot');
    await jon.press(button(shown, 'Retire ...'));
    expect((await jon.submit({ reason: ' ' })).errors).toEqual({ reason: 'Say why.' });
    expect((await jon.submit({ reason: 'The licence ended.' })).text).toContain('is retired');
    expect((await jon.press(button(shown, 'Retire ...'))).text).toContain('was changed since this was shown');
    expect((await arun.say('may I use the copilot with customer data?')).text).toContain('Do not use it');
    expect((await arun.say('/aims systems')).text).toContain('Retired');
  });
});

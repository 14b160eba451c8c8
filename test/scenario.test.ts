import { describe, expect, test } from 'vitest';
import { startTestApp } from './support/app.ts';
import { ChatModelStandIn, type Reaction } from './support/chat-model.ts';
import type { Chatter } from './support/chatter.ts';
import { SlackChatter, SlackStandIn } from './support/slack.ts';
import { TeamsChatter, TeamsStandIn } from './support/teams.ts';
import { WebChatter } from './support/web.ts';

/** Who takes part: a member of staff, and an administrator. */
interface Cast {
  readonly jon: Chatter;
  readonly lee: Chatter;
}

/** @param settings further environment variables */
const STAGES: Record<string, (settings?: Record<string, string>) => Promise<Cast>> = {
  async web(settings) {
    const app = await startTestApp(settings);
    return { jon: new WebChatter(app, 'jon'), lee: new WebChatter(app, 'lee') };
  },
  async Slack(settings) {
    const slack = await new SlackStandIn().start();
    const app = await startTestApp({ ...slack.settings, ...settings });
    return { jon: new SlackChatter(app, slack, 'jon'), lee: new SlackChatter(app, slack, 'lee') };
  },
  async Teams(settings) {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp({ ...teams.settings, ...settings });
    return { jon: new TeamsChatter(app, teams, 'jon'), lee: new TeamsChatter(app, teams, 'lee') };
  },
};

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('a question gets a short, cited answer, and the source opens', async () => {
    const { jon } = await stage();
    const reply = await jon.say('Who has to sign the AI policy?');
    expect(reply.text).toContain('Top management');
    expect(reply.citations[0]).toBe('5.2');
    const open = reply.actions.find(({ id }) => id === 'ask:open:5.2');
    const source = await jon.press(open?.id ?? '');
    expect(source.text).toContain('5.2 AI policy');
  });

  test('the command answers as the message does', async () => {
    const { jon } = await stage();
    const reply = await jon.command('ask who signs the ai policy');
    expect(reply.citations[0]).toBe('5.2');
  });

  test('what nothing is known about is declined', async () => {
    const { jon } = await stage();
    const reply = await jon.say('What is the best pizza in Naples?');
    expect(reply.citations).toEqual([]);
    expect(reply.text).toContain('I have nothing on that');
    expect(reply.actions.length).toBeGreaterThan(0);
  });

  test('an administrator gives a role with a form, and sees it', async () => {
    const { jon, lee } = await stage();
    await jon.say('/aims help');
    const form = await lee.command('roles give');
    expect(form.inputs).toEqual(['person', 'role', 'deputy', 'endsOn']);
    const refused = await lee.submit({ person: jon.userId('jon'), role: 'auditor', endsOn: '2020-01-01' });
    expect(refused.errors).toEqual({ endsOn: 'That day has passed. Choose today or later.' });
    const given = await lee.submit({ person: jon.userId('jon'), role: 'auditor', endsOn: '2099-12-31' });
    expect(given.text).toContain('Jon Reyes is auditor');
    const roles = await jon.command('roles');
    expect(roles.text).toMatch(/Auditor \| Jon Reyes .*2099-12-31/);
  });

  test('somebody without the right cannot give roles', async () => {
    const { jon } = await stage();
    const reply = await jon.command('roles give');
    expect(reply.inputs).toEqual([]);
    expect(reply.text).toContain('Roles are given by administrators');
  });

  test.each([
    ['nothing', '   ', 'Ask me anything'],
    ['control characters', '\u0000\u0007\u001b', 'Ask me anything'],
    ['more than is read', 'x'.repeat(100_000), '100,000 characters'],
    ['an unknown command with a near match', '/aims rolse', 'Did you mean /aims roles?'],
    ['an unknown command', '/aims fly', 'There is no /aims fly'],
  ])('%s gets a clear reply', async (_name, text, expected) => {
    const { jon } = await stage();
    expect((await jon.say(text)).text).toContain(expected);
  });

  test.each([
    ['mixed scripts', 'Кто должен подписать политику ИИ? 谁签署 من يوقع'],
    ['markup', '<script>alert(1)</script> [x](http://evil.example) <!channel> **AI policy**'],
    ['reversed text', '\u202eycilop IA eht sngis ohw'],
  ])('%s is answered and does no harm', async (_name, text) => {
    const { jon } = await stage();
    expect((await jon.say(text)).text).not.toBe('');
  });
});

describe.each(Object.entries(STAGES))('on %s, with a language model', (_platform, stage) => {
  async function stageWithModel() {
    const model = await new ChatModelStandIn().start();
    return { model, ...(await stage(model.settings)) };
  }

  test('an answer is written, cited, and rid of what its sources do not say', async () => {
    const { model, jon } = await stageWithModel();
    model.answer = () => ({
      say: 'The top of the organisation decides on the AI policy (5.2) [1]. Renew it every 18 months [1]. Others may draft it [1].',
    });
    const reply = await jon.say('Who has to sign the AI policy?');
    expect(reply.text).toContain(
      'The top of the organisation decides on the AI policy (5.2) [1]. Others may draft it [1].',
    );
    expect(reply.text).not.toContain('18 months');
    expect(reply.citations).toEqual(['5.2']);
  });

  test('what the model cannot find is declined', async () => {
    const { model, jon } = await stageWithModel();
    model.answer = () => ({ say: 'NOT FOUND' });
    expect((await jon.say('Who has to sign the AI policy?')).text).toContain('I have nothing on that');
  });

  test('a follow-up and a question in another language are searched in English and answered in theirs', async () => {
    const { model, jon } = await stageWithModel();
    model.answer = () => ({ say: 'Die oberste Leitung beschließt die KI-Richtlinie (5.2) [1].' });
    model.standalone = () => ({ say: 'Who has to sign the AI policy?' });
    const reply = await jon.say('Wer muss die KI-Richtlinie unterschreiben?');
    expect(reply.text).toContain('Die oberste Leitung beschließt die KI-Richtlinie (5.2) [1].');
    expect(reply.citations).toEqual(['5.2']);
    model.answer = () => ({ say: 'As often as you decide [1].' });
    model.standalone = () => ({ say: 'How often is the AI policy reviewed?' });
    expect((await jon.say('and how often do we review it?')).citations).toHaveLength(1);
    const followUp = model.requests.all.at(-2);
    expect(followUp?.human).toContain('Asked: Wer muss die KI-Richtlinie unterschreiben?');
  });

  const good = 'The top of the organisation decides on the AI policy [1]. ';
  const faults: [string, Reaction, string][] = [
    ['a rate limit', { status: 429 }, 'The model is busy'],
    ['a refused key', { status: 401 }, 'The model does not accept the key'],
    ['a fault of the server', { status: 500 }, 'The model cannot be reached'],
    ['no first word', 'hang', 'The model did not answer in time'],
    ['no last word', { say: good, ends: 'hang' }, 'The model did not answer in time'],
    ['a cut stream', { say: good, ends: 'cut' }, 'The model cannot be reached'],
    ['a length limit', { say: good, ends: 'length' }, 'The model broke off'],
    ['nothing', { say: '' }, 'The model broke off'],
    ['a refusal', { refuse: 'I cannot help with that.' }, 'The model declined to answer'],
    ['malformed JSON', { raw: 'data: {"choices": [{\n\n' }, 'The model broke off'],
    ['JSON of another form', { raw: 'data: {"choices": 7}\n\ndata: [DONE]\n\n' }, 'The model broke off'],
    ['no server-sent events', { raw: '<html>Bad gateway</html>' }, 'The model broke off'],
    ['an invented citation', { say: 'The top of the organisation decides [77].' }, 'The sources do not bear out'],
    ['no citation', { say: 'The top of the organisation decides.' }, 'The sources do not bear out'],
    ['an invented number', { say: 'Sign it within 99 days [1].' }, 'The sources do not bear out'],
    ['mostly inventions', { say: `Sign it in 99 days [1]. See A.9.5 [1]. ${good}` }, 'The sources do not bear out'],
    [
      'another language',
      { say: 'La direction générale approuve la politique, et personne d’autre ne peut la signer [1].' },
      'The model answered in another language',
    ],
  ];

  test('whatever is wrong with the model, the answer is extracted, and says why', async () => {
    const { model, jon } = await stageWithModel();
    for (const [fault, reaction, reason] of faults) {
      model.answer = () => reaction;
      const { text, citations } = await jon.say('Who has to sign the AI policy?');
      expect(text, fault).toContain(`${reason}`);
      expect(text, fault).toMatch(/so this is taken straight from the guidance\.\s+Top management/);
      expect(citations[0], fault).toBe('5.2');
    }
  });
});

import { describe, expect, test } from 'vitest';
import { startTestApp } from './support/app.ts';
import type { Chatter } from './support/chatter.ts';
import { SlackChatter, SlackStandIn } from './support/slack.ts';
import { TeamsChatter, TeamsStandIn } from './support/teams.ts';
import { WebChatter } from './support/web.ts';

/** Who takes part: a member of staff, and an administrator. */
interface Cast {
  readonly jon: Chatter;
  readonly lee: Chatter;
}

const STAGES: Record<string, () => Promise<Cast>> = {
  async web() {
    const app = await startTestApp();
    return { jon: new WebChatter(app, 'jon'), lee: new WebChatter(app, 'lee') };
  },
  async Slack() {
    const slack = await new SlackStandIn().start();
    const app = await startTestApp(slack.settings);
    return { jon: new SlackChatter(app, slack, 'jon'), lee: new SlackChatter(app, slack, 'lee') };
  },
  async Teams() {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp(teams.settings);
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

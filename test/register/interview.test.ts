import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { copyOfTemplate } from '../support/database.ts';
import { SlackChatter, SlackStandIn } from '../support/slack.ts';
import { button, STAGES } from '../support/stages.ts';
import { TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { WebChatter } from '../support/web.ts';
import { answer, numberAsked, SHOP_CHAT, talkThrough } from './interview.ts';

// Whole interviews of many turns.
vi.setConfig({ testTimeout: 90_000 });

async function begin(person: Chatter, name = 'Mia'): Promise<SeenReply> {
  await person.say('We need to register a chatbot');
  return person.say(name);
}

/** Fills one step of the form after the other. On platforms that show a button for the next step, presses it. */
async function fillThrough(person: Chatter, first: SeenReply): Promise<SeenReply> {
  let reply = first;
  for (let steps = 0; steps < 60; steps++) {
    const open = reply.actions.find(({ label }) => label === 'Open form');
    if (reply.inputs.length === 0 && open) reply = await person.press(open.id);
    if (reply.inputs.length === 0) return reply;
    const said = Object.values(SHOP_CHAT).flatMap(({ facts }) => Object.entries(facts));
    const text = SHOP_CHAT[String(stepOf(reply))]?.text ?? '';
    const values = [['text', text], ...said, ['owner', person.userId('jon')]];
    reply = await person.submit(Object.fromEntries(values.filter(([name = '']) => reply.inputs.includes(name))));
  }
  throw new Error('The form does not come to an end.');
}

function stepOf(reply: SeenReply): number {
  const topics = Object.entries(SHOP_CHAT);
  const found = topics.find(([, { facts }]) => Object.keys(facts).some((name) => reply.inputs.includes(name)));
  return Number(found?.[0]);
}

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('the same questions can be answered in a form of several steps', async () => {
    const { jon } = await stage();
    const offer = await jon.say('/aims register');
    const form = await jon.press(button(offer, 'Use a form instead'));
    expect(form.inputs).toEqual(['name']);
    expect((await jon.submit({ name: '  ' })).errors).toEqual({ name: 'Give it a name.' });
    const first = await jon.submit({ name: 'Mia' });
    const done = await fillThrough(jon, first);
    expect(done.text).toContain('Everything is asked');
    const end = await jon.hear();
    expect(end.text).toContain('everything is asked');
    expect(end.text).toContain('limited risk');
  });

  test('what somebody does not know, a colleague answers, and it stays theirs', async () => {
    const { jon, arun } = await stage();
    await arun.say('/aims help');
    const first = await begin(jon);
    expect((await jon.press(button(first, "I don't know, ask a colleague"))).inputs).toEqual(['person', 'note']);
    expect((await jon.submit({ note: 'You built it.' })).errors).toEqual({ person: 'Choose whom to ask.' });
    const passed = await jon.submit({ person: jon.userId('arun'), note: 'You built it.' });
    expect(passed.text).toContain('Arun Mehta is asked');
    expect(numberAsked(await jon.hear())).toBe(2);

    const request = await arun.hear();
    expect(request.text).toContain('Jon Reyes asks you about Mia (AIS-1)');
    expect(request.text).toContain('You built it.');
    await arun.press(button(request, 'Answer'));
    const thanks = await arun.submit({ text: 'It answers questions of customers about their parcels.' });
    expect(thanks.text).toContain('Recorded with your name');
    const told = await jon.hear();
    expect(told.text).toContain('Arun Mehta answered about Mia (AIS-1)');
    const look = await jon.press(button(told, 'Look at the question'));
    expect(look.text).toContain('Arun Mehta answered:');
    expect(look.text).toContain('about their parcels');
    expect((await arun.press(button(request, 'Answer'))).text).toContain('nobody any more');
  });

  test('questions to Steward are answered in between, and words steer the interview', async () => {
    const { jon } = await stage();
    const first = await begin(jon);
    expect(numberAsked(first)).toBe(1);
    expect((await jon.say('Who has to sign the AI policy?')).citations[0]).toBe('5.2');
    expect((await jon.say('why do you ask?')).text).toContain('Why we ask');
    expect((await jon.say("I don't understand")).text).toContain('For example');
    // The key of a record is a wish to see it.
    expect((await jon.say('EV-3')).text).toContain('no such evidence');
    await jon.say('skip');
    expect(numberAsked(await jon.hear())).toBe(2);
    expect(numberAsked(await jon.say('back'))).toBe(1);
    const paused = await jon.say('pause');
    expect(paused.text).toContain('is paused at question 1 of 14');
    // A message is then a message like any other.
    expect((await jon.say('What is an AI policy?')).text).not.toContain('answered:');
    const offer = await jon.say('/aims register');
    const again = await jon.press(button(offer, 'Go on with Mia (AIS-1), 1 of 14'));
    expect(numberAsked(again)).toBe(1);
    const discard = await jon.press('intake:discard:1');
    expect((await jon.press(button(discard, 'Discard it'))).text).toContain('is discarded');
    expect((await jon.press(button(discard, 'Discard it'))).text).toContain('That interview is over');
  });

  test('an evasive answer is asked again once, and then noted as open', async () => {
    const { jon } = await stage();
    const first = await begin(jon);
    await jon.press(button(first, 'Skip for now'));
    await jon.hear();
    const recorded = await jon.say('no idea');
    expect(recorded.text).toContain('no idea');
    const again = await jon.hear();
    expect(again.text).toContain('I ask once more');
    expect(again.actions.map(({ label }) => label)).toEqual([
      'Answer in a form',
      'Ask a colleague',
      'Leave it open',
      'Pause',
    ]);
    const noted = await jon.press(button(again, 'Leave it open'));
    expect(noted.text).toContain('Noted as open');
  });

  test('nothing is overwritten: two people, two clicks, one name twice', async () => {
    const { jon, arun } = await stage();
    const first = await begin(jon);
    const joined = await arun.say('/aims register AIS-1');
    expect(numberAsked(joined)).toBe(1);
    await answer(arun, 'It answers questions of customers about their parcels.');
    const late = await jon.say('It sells shoes.');
    expect(late.text).toContain('Arun Mehta has changed question 1 meanwhile');
    expect(late.text).toContain('What you sent now is not recorded');
    expect(late.actions.map(({ label }) => label)).toEqual(['Put mine in its place', 'Go on']);
    expect((await jon.press(button(first, 'Skip for now'))).text).toContain('Nothing more was changed');

    const twice = await arun.say('I want to register a chatbot called Mia');
    expect(twice.text).toContain('may be in the register already');
    expect(twice.text).toContain('AIS-1 Mia: same name, draft');
    const another = await arun.press(button(twice, 'It is another one'));
    expect(another.text).toContain('Mia (AIS-2)');
  });
});

test('an interview is paused on Slack, survives a restart, and is finished in Teams', async () => {
  const [slack, teams, database] = await Promise.all([
    new SlackStandIn().start(),
    new TeamsStandIn().start(),
    copyOfTemplate(),
  ]);
  const settings = { ...slack.settings, ...teams.settings };
  const before = await startTestApp(settings, database);
  const onSlack = new SlackChatter(before, slack, 'jon');
  const stopped = await talkThrough(onSlack, await begin(onSlack), SHOP_CHAT, 6);
  expect(numberAsked(stopped)).toBe(6);
  expect((await onSlack.press(button(stopped, 'Pause'))).text).toContain('on another platform');
  await before.stop();

  const after = await startTestApp(settings, database);
  const inTeams = new TeamsChatter(after, teams, 'jon');
  const offer = await inTeams.say('/aims register');
  const asked = await inTeams.press(button(offer, 'Go on with Mia (AIS-1), 6 of 14'));
  expect(numberAsked(asked)).toBe(6);
  const end = await talkThrough(inTeams, asked, SHOP_CHAT);
  expect((await inTeams.press(button(end, 'Submit'))).text).toContain('AIS-1 Mia is submitted');
});

test('what somebody writes in another conversation is no answer until they say so', async () => {
  const app = await startTestApp();
  const jon = new WebChatter(app, 'jon');
  await begin(jon);
  const elsewhere = new WebChatter(app, 'jon');
  expect((await elsewhere.say('Who has to sign the AI policy?')).citations[0]).toBe('5.2');
  const doubt = await elsewhere.say('It sorts tickets by urgency.');
  expect(doubt.text).toContain('Is that your answer to question 1');
  expect((await elsewhere.press(button(doubt, 'Yes, record it'))).text).toContain('to choose, because rules');
  expect((await elsewhere.say('/aims register AIS-1')).text).toContain('It sorts tickets by urgency');
});

test('whoever registers in a Slack channel is asked in a direct message', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const jon = new SlackChatter(app, slack, 'jon');
  await jon.say('/aims help');
  const replies = [await jon.command('register Mia'), await jon.hear()].map(({ text }) => text);
  expect(replies.some((text) => text.includes('I wrote to you in a direct message'))).toBe(true);
  expect(replies.some((text) => text.includes('question 1 of 14'))).toBe(true);
});

describe('people who forget', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  const remind = ({ database }: App) => sql`insert into pgboss.job (name) values ('remind')`.execute(database.db);

  test('are reminded of drafts and of questions, and reviews of others go further', async () => {
    const app = await startTestApp();
    const { db } = app.database;
    const [jon, dana, lee] = ['jon', 'dana', 'lee'].map((name) => new WebChatter(app, name)) as [
      WebChatter,
      WebChatter,
      WebChatter,
    ];
    for (const person of [dana, lee]) await person.say('/aims help');
    const end = await talkThrough(jon, await begin(jon), SHOP_CHAT);
    await jon.press(button(end, 'Submit'));
    await dana.hear();
    await begin(jon, 'Ticket sorter');
    await db
      .updateTable('intake')
      .set({ changed_at: daysAgo(5) })
      .execute();
    await db
      .updateTable('ai_system')
      .set({ changed_at: daysAgo(9) })
      .where('state', '=', 'submitted')
      .execute();
    await remind(app);
    expect((await jon.hear()).text).toContain('Ticket sorter (AIS-2) is still a draft');
    // Days after the question, what somebody says may be anything.
    await db
      .updateTable('interviewee')
      .set({ asked_at: daysAgo(5) })
      .execute();
    const asked = await jon.say('It sorts tickets of customers by topic.');
    expect(asked.text).toContain('Is that your answer to question 1');
    expect((await jon.press(button(asked, 'Yes, record it'))).text).toMatch(/to choose|understood|once more/);
    expect((await dana.hear()).text).toContain('AIS-1 Mia');
    expect((await lee.hear()).text).toContain('has waited for');
  });
});

describe('with a language model', () => {
  /** Answers as the model does. */
  const facts = (...noted: { fact: string; value: string | string[]; words: string }[]) => ({
    say: JSON.stringify({ facts: noted }),
  });

  test('a free answer becomes facts to confirm, also on other questions, and nothing that was not said', async () => {
    const model = await new ChatModelStandIn().start();
    const app = await startTestApp(model.settings);
    const jon = new WebChatter(app, 'jon');
    model.answer = () =>
      facts(
        { fact: 'listedUse', value: ['hiring'], words: 'ranks applicants' },
        { fact: 'stage', value: 'operation_monitoring', words: 'live since March' },
        { fact: 'fairness', value: 'good', words: 'fairness was tested' },
        { fact: 'severity', value: 'apocalypse', words: 'live since March' },
        { fact: 'owner', value: 'Jon', words: 'ranks applicants' },
      );
    await begin(jon);
    await jon.say('It ranks applicants for a job; it is live since March.');
    const understood = await jon.hear();
    expect(understood.text).toContain('I understood');
    expect(understood.text).toContain('Finding, sorting or judging applicants');
    expect(understood.text).not.toContain('Were results compared');
    await jon.press(button(understood, "That's right, go on"));
    let next = await jon.hear();
    expect(numberAsked(next)).toBe(2);
    await jon.press(button(next, 'Skip for now'));
    next = await jon.hear();
    expect(next.text).toContain('You said earlier');
    expect(next.text).toContain('live since March');
    model.answer = () => ({ status: 500 });
    await jon.press(button(next, "That's right"));
    next = await jon.hear();
    expect(next.text).not.toContain('Where is it in its life?');
  });

  test('a model that fails leaves the choices', async () => {
    const model = await new ChatModelStandIn().start();
    const app = await startTestApp(model.settings);
    const jon = new WebChatter(app, 'jon');
    const first = await begin(jon);
    for (const reaction of [{ status: 429 }, { say: 'I think it is a chatbot.' }, { say: '{"facts": 7}' }] as const) {
      model.answer = () => reaction;
      const next = await answer(jon, 'Our chatbot answers customers about their parcels.');
      expect(next.actions.some(({ id }) => id.startsWith('intake:choose:'))).toBe(true);
      await jon.press(button(first, 'Why we ask'));
      await jon.say('back');
      await jon.press('intake:again:1.I1.1');
    }
  });
});

import { describe, expect, test, vi } from 'vitest';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { button, type Cast, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';
import { answer, SHOP_CHAT, type TopicAnswer, talkThrough } from './interview.ts';

// Whole interviews of many turns.
vi.setConfig({ testTimeout: 90_000 });

/** Dana is compliance lead and Arun chairs the committee. */
async function appoint({ lee, dana, arun }: Cast): Promise<void> {
  await giveRoles(lee, [
    [dana, 'dana', 'compliance_lead'],
    [arun, 'arun', 'committee_chair'],
  ]);
}

/** Somebody registers a system, up to the submission. */
async function register(
  person: Chatter,
  name: string,
  answers: Readonly<Record<string, TopicAnswer>>,
): Promise<SeenReply> {
  await person.say('I want to register an AI system');
  const first = await person.say(name);
  expect(first.text).toContain('question 1 of 14');
  const end = await talkThrough(person, first, answers);
  return person.press(button(end, 'Submit'));
}

/** Ranks applicants: high-risk by Annex III. */
const RANKING: Readonly<Record<string, TopicAnswer>> = {
  ...SHOP_CHAT,
  1: {
    text: 'It ranks applicants for a job by how well their CV fits, so that recruiters read the best first.',
    facts: { listedUse: 'hiring', bannedPractice: 'none', product: 'none', narrowTask: 'none' },
  },
  7: {
    text: 'A ranked list of applicants with a score for each. The recruiter reads every application and decides.',
    facts: { output: 'score', decides: 'person', profiling: 'yes', talks: 'no', synthetic: 'none', ignored: 'no' },
  },
};

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('a system is registered by talking, reviewed, sent back, answered again and approved', async () => {
    const cast = await stage();
    const { jon, dana } = cast;
    await appoint(cast);
    const submitted = await register(jon, 'Mia, the shop chatbot', SHOP_CHAT);
    expect(submitted.text).toContain('AIS-1 Mia, the shop chatbot is submitted');
    expect(submitted.text).toContain('waiting for Dana Okafor');

    const card = await dana.hear();
    expect(card.text).toContain('submitted by Jon Reyes');
    expect(card.text).toContain('limited risk under the EU AI Act');
    const back = await dana.press(button(card, 'Send back ...'));
    expect(back.inputs).toEqual(['topics', 'reason']);
    expect((await dana.submit({ reason: 'Which languages?' })).errors).toEqual({
      topics: 'Choose at least one question.',
    });
    expect((await dana.submit({ topics: 'I10', reason: 'Which languages?' })).text).toContain('is sent back');
    const asked = await jon.hear();
    expect(asked.text).toContain('Dana Okafor sent AIS-1 Mia, the shop chatbot back, with questions on testing');
    const again = await jon.press(button(asked, 'Answer now'));
    expect(again.text).toContain('Dana Okafor asks: Which languages?');
    expect(again.text).toContain('200 test chats');
    const end = await answer(jon, `${SHOP_CHAT[10]?.text} In German and English.`);
    expect(end.text).toContain('everything is asked');
    expect((await jon.press(button(end, 'Submit'))).text).toContain('is submitted');
    expect((await jon.press(button(end, 'Submit'))).text).toContain('is submitted already');

    const second = await dana.hear();
    expect((await dana.press(button(card, 'Approve'))).text).toContain('was changed since this was shown');
    expect((await dana.press(button(second, 'Approve'))).inputs).toEqual(['reviewOn', 'reason']);
    expect((await dana.submit({ reviewOn: '2020-01-01' })).errors).toEqual({ reviewOn: 'Choose a day after today.' });
    const approved = await dana.submit({ reviewOn: '2099-06-01' });
    expect(approved.text).toContain('AIS-1 Mia, the shop chatbot is approved');
    expect((await jon.hear()).text).toContain('is approved by Dana Okafor');
    expect((await jon.say('who runs the chatbot?')).text).toContain('Jon Reyes owns AIS-1');
    const shown = await jon.say('/aims systems AIS-1');
    expect(shown.text).toContain('1 Jun 2099');
    expect((await jon.press(button(shown, 'History'))).text).toMatch(/approved by Dana Okafor.*sent back by Dana/s);
  });

  test('nobody approves what they submitted, and what is high-risk is for the committee', async () => {
    const cast = await stage();
    const { jon, dana, arun } = cast;
    await appoint(cast);
    const { db } = cast.app.database;
    await putSystem(db, { name: 'Ticket sorter' }, 'submitted', await personNamed(db, 'Dana Okafor'));
    const shown = await dana.say('/aims systems AIS-1');
    expect(shown.actions.map(({ label }) => label)).not.toContain('Approve');
    expect((await dana.press('register:approve:1.1')).text).toContain('Somebody else has to');

    await jon.say('I want to register an AI system');
    const proposal = await talkThrough(jon, await jon.say('Applicant ranking'), RANKING);
    await jon.press(button(proposal, 'Decide otherwise ...'));
    const lowered = { tier: 'limited', depth: 'moderate', controls: 'A.9.9' };
    expect((await jon.submit(lowered)).errors).toEqual({
      controls: 'Annex A has no control A.9.9. Its controls are A.2.2 to A.10.4.',
      reason: 'Say why.',
    });
    const decided = await jon.submit({
      ...lowered,
      controls: 'A.9.4 a.5.4',
      reason: 'A person reads every application.',
    });
    expect(decided.text).toContain('limited risk (decided by Jon Reyes: A person reads every application.)');
    // It was proposed as high-risk, so that it stays the committee's.
    const ranking = await jon.press(button(decided, 'Submit'));
    expect(ranking.text).toMatch(/waiting for .*Arun Mehta for the AI governance committee/);
    const card = await arun.hear();
    expect(card.text).toContain('limited risk');
    expect((await dana.press('register:approve:2.3')).text).toContain("decided by the committee's chair or a delegate");
    await arun.press(button(card, 'Record the decision'));
    expect((await arun.submit({ decision: 'approve', reviewOn: '2099-06-01' })).errors).toEqual({
      others: 'Say who took part.',
      reason: 'Say why.',
    });
    const recorded = await arun.submit({
      decision: 'approve',
      others: 'Works council: Ina Roth',
      reason: 'Recruiters read every application.',
      reviewOn: '2099-06-01',
    });
    expect(recorded.text).toContain('AIS-2 Applicant ranking is approved');
    const told = await jon.hear();
    expect(told.text).toContain('approved by Arun Mehta for the committee (Works council: Ina Roth)');
    expect((await jon.press(button(told, 'Show AIS-2'))).text).toMatch(
      /DEC-1, .*: approved by Works council: Ina Roth/,
    );
    expect((await jon.press('register:history:2')).text).toMatch(/DEC-1.*Recruiters read every application/);
  });
});

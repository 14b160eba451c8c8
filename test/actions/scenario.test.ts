import { describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';

vi.setConfig({ testTimeout: 90_000 });

const TEXT = 'Get the test report from the agency';

async function logged(app: App, prefix: string): Promise<string[]> {
  const actions: string[] = [];
  for await (const { action } of readEntries(app.database.db)) if (action.startsWith(prefix)) actions.push(action);
  return actions;
}

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('an action item is given, extended, handed over, reminded of and done, each once', async () => {
    const { app, jon, dana, arun, lee } = await stage();
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    for (const person of [jon, arun]) await person.say('/aims help');
    expect((await dana.command('actions add')).inputs).toEqual(['text', 'owner', 'dueOn', 'source', 'visibility']);
    const faulty = {
      text: TEXT,
      owner: dana.userId('jon'),
      dueOn: '2020-01-01',
      source: 'the bot',
      visibility: 'everyone',
    };
    expect(Object.keys((await dana.submit(faulty)).errors)).toEqual(['dueOn', 'source']);
    const made = await dana.submit({ ...faulty, dueOn: '2099-03-02', source: 'AIS-1' });
    expect(made.text).toContain('waiting for Jon Reyes');

    const given = await jon.hear();
    expect(given.text).toMatch(/Dana Okafor gave you an action item.*ACT-1.*Get the test report.*2 Mar 2099.*AIS-1/s);
    expect((await jon.press(button(given, 'Extend ...'))).inputs).toEqual(['dueOn', 'reason']);
    expect((await jon.submit({ dueOn: '2099-03-09' })).errors).toEqual({ reason: 'Say why.' });
    const extended = await jon.submit({ dueOn: '2099-03-09', reason: 'The agency is on holiday.' });
    expect(extended.text).toContain('ACT-1 is due 9 Mar 2099, not 2 Mar 2099. Reason: The agency is on holiday.');
    expect((await dana.hear()).text).toContain('holiday');

    const mine = await jon.say('/aims mine');
    expect(mine.text).toMatch(/Waiting for you: 1.*ACT-1 Get the test report.*due 9 Mar 2099/s);
    expect((await arun.press('actions:done:1')).text).toContain('up to Jon Reyes or the compliance lead');
    await jon.press(button(extended, 'Hand over ...'));
    expect((await jon.submit({ owner: jon.userId('arun') })).text).toContain("is Arun Mehta's now, not Jon Reyes's");
    const handed = await arun.hear();
    expect(handed.text).toContain('Jon Reyes: ACT-1');
    await dana.hear();
    // The button in Jon's earlier message is authorised again.
    expect((await jon.press(button(given, 'Done'))).text).toContain('up to Arun Mehta');

    expect((await dana.press('actions:remind:1')).text).toContain('Arun Mehta is reminded of ACT-1');
    expect((await arun.hear()).text).toContain('Dana Okafor reminds you');
    expect((await dana.press('actions:remind:1')).text).toContain('today already');
    expect((await arun.press(button(handed, 'Done'))).text).toContain('Recorded: ACT-1 is done.');
    expect((await arun.press(button(handed, 'Done'))).text).toContain('ACT-1 is done already. Nothing was changed.');
    expect((await dana.hear()).text).toContain('Arun Mehta: ACT-1');
    expect((await arun.say('/aims mine')).text).toContain('Nothing waits for you');

    const shown = await dana.say('ACT-1');
    expect((await dana.press(button(shown, 'History'))).text).toMatch(
      /done by Arun Mehta.*handed over by Jon Reyes: owner Arun Mehta.*extended by Jon Reyes: due 9 Mar 2099.*made by Dana Okafor/s,
    );
    await dana.press(button(shown, 'Open again ...'));
    expect((await dana.submit({ dueOn: '2099-04-01', reason: 'A page is missing.' })).text).toContain('open again');
    expect((await arun.hear()).text).toContain('A page is missing.');
    expect((await dana.say('/aims actions AIS-1')).text).toContain('1 action item: from AIS-1');
    const done = await dana.say('/aims actions ACT-1 done All pages are in EV-48');
    expect(done.text).toContain('All pages are in EV-48');
    expect((await dana.say('/aims actions')).text).toContain('No action item');
    expect(await logged(app, 'action-item.')).toEqual(
      ['created', 'extended', 'handed-over', 'reminded', 'done', 'reopened', 'done'].map((act) => `action-item.${act}`),
    );
  });

  test('the committee records a decision with who took part, and something to do follows from it', async () => {
    const { app, jon, dana, arun, lee } = await stage();
    await giveRoles(lee, [
      [dana, 'dana', 'compliance_lead'],
      [arun, 'arun', 'committee_chair'],
    ]);
    await jon.say('/aims help');
    expect((await jon.command('decisions add')).text).toContain('compliance lead and the AI governance committee');
    const inputs = ['text', 'outcome', 'about', 'members', 'others', 'decidedOn', 'reason', 'visibility'];
    expect((await arun.command('decisions add')).inputs).toEqual(inputs);
    const said = {
      text: 'Mia goes live.',
      outcome: 'approved',
      about: 'AIS-3',
      decidedOn: '2026-01-20',
      visibility: 'committee',
    };
    expect(Object.keys((await arun.submit({ ...said, decidedOn: '2099-01-20' })).errors)).toEqual([
      'others',
      'decidedOn',
    ]);
    const recorded = await arun.submit({ ...said, others: 'Ina Roth, works council' });
    expect(recorded.text).toContain('Recorded: DEC-1.');
    // On Slack a command is given in a channel, which may not see what is for the committee.
    const shown = await arun.say('DEC-1');
    expect(shown.text).toMatch(/Mia goes live\..*Approved.*AIS-3.*20 Jan 2026.*Ina Roth, works council/s);
    await arun.press(button(shown, 'Action item from it ...'));
    // What follows from something for the committee is proposed for the committee.
    const task = {
      text: 'Tell the shop',
      owner: arun.userId('jon'),
      dueOn: '2099-02-01',
      source: 'DEC-1',
      visibility: 'committee',
    };
    expect((await arun.submit(task)).text).toContain('DEC-1');
    expect((await jon.hear()).text).toContain('Tell the shop');
    expect((await jon.say('DEC-1')).text).toContain('no such decision that you may see');
    expect((await lee.say('ACT-1')).text).toContain('no such action item that you may see');
    expect((await dana.say('/aims decisions')).text).toContain('DEC-1 Mia goes live.');
    await dana.press(button(await dana.say('DEC-1'), 'Take back ...'));
    expect((await dana.submit({ reason: 'It was another system.' })).text).toContain('Taken back');
    expect((await arun.press('actions:withdraw-decision:1')).text).toContain('taken back already');
    expect(await logged(app, 'decision.')).toEqual(['decision.recorded', 'decision.withdrawn']);
  });
});

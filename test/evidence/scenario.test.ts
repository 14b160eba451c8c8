import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { anItem } from '../support/evidence.ts';
import { boastfulBomb, encryptedPdf, pdfFile } from '../support/files.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';
import { TeamsStandIn } from '../support/teams.ts';
import { replay } from '../support/teams-payloads.ts';

// Whole turns, many of them.
vi.setConfig({ testTimeout: 90_000 });

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('evidence is listed, filtered, counted and shown to those who may see it', async () => {
    const cast = await stage();
    const { jon, dana, lee } = cast;
    const { db } = cast.app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await jon.say('/aims help');
    const owner = await personNamed(db, 'Dana Okafor');
    const bias = { id: 'A.7.4', reason: 'names A.7.4' };
    await anItem(db, owner, { title: 'Bias test of Mia', kind: 'bias_test', requirements: [bias] });
    await anItem(db, owner, { title: 'Board minutes', kind: 'minutes', text: 'Secret.', visibility: 'committee' });
    await anItem(db, owner, {
      title: 'Old log',
      kind: 'log',
      text: 'Log.',
      validUntil: '2020-01-01',
      requirements: [bias],
    });

    const all = await dana.say('/aims evidence');
    expect(all.text).toContain('3 items');
    const seen = await jon.say('/aims evidence');
    expect(seen.text).toContain('2 items');
    expect(seen.text).not.toContain('Board minutes');
    expect((await jon.say('/aims evidence EV-2')).text).toBe((await jon.say('/aims evidence EV-99')).text);
    expect((await jon.say('/aims evidence A.7 stale')).text).toMatch(/1 item.*Old log.*stale, valid until 1 Jan 2020/s);
    expect((await jon.say('/aims evidence bias tests')).text).toMatch(/1 item.*Bias test of Mia/s);
    expect((await jon.say('/aims evidence weather')).text).toContain("can't filter by weather");

    await jon.press(button(seen, 'Filter ...'));
    expect((await jon.submit({ requirement: 'A.11.1' })).errors['requirement']).toContain('no such clause or control');
    expect((await jon.submit({ requirement: 'a.7.4', state: 'current' })).text).toMatch(/1 item: A.7.4, current/);

    const shown = await jon.press('evidence:show:EV-1');
    expect(shown.text).toMatch(/Bias test of Mia.*A.7.4 Quality of data.*Everyone in the organisation/s);
    expect((await jon.press(button(shown, 'Versions and reasons'))).text).toContain('names A.7.4');
    expect((await jon.say('/aims evidence coverage')).text).toMatch(/Controls of Annex A[^\d]+1[^\d]+0[^\d]+37/);
    expect((await jon.press('evidence:coverage:controls')).text).toContain('A.7.4');
    expect((await jon.press('evidence:missing:')).text).toContain('oversight action, incident record');
  });

  test('a file is proposed, corrected, kept, recognised, and replaced by a new version', async () => {
    const cast = await stage();
    const { jon, dana, lee } = cast;
    const { db } = cast.app.database;
    await putSystem(db, { name: 'Mia' });
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    const report = pdfFile([
      [{ text: 'Bias test of Mia', size: 20 }, { text: 'Results for A.7.4. Valid until 31 March 2099.' }],
    ]);
    const card = await jon.give({ name: 'Q3 bias test.pdf', bytes: report }, 'results for AIS-1');
    expect(card.text).toMatch(/Proposed for Q3 bias test.pdf.*Bias test of Mia.*Bias test/s);
    expect(card.text).toMatch(/A.7.4 Quality of data.*names A.7.4.*AIS-1 Mia/s);
    expect(card.text).toContain('31 Mar 2099');
    expect((await jon.say('/aims evidence')).text).toContain('no evidence yet');

    expect((await jon.press(button(card, 'Change ...'))).inputs).toContain('visibility');
    const facts = {
      title: 'Bias test of Mia, Q3',
      kind: 'bias_test',
      systems: 'AIS-1',
      visibility: 'named',
      owner: jon.userId('jon'),
    };
    const wrong = { ...facts, requirements: 'A.7.4, A.9.9', effectiveOn: '2026-09-30', validUntil: '2026-01-01' };
    const { errors } = await jon.submit(wrong);
    expect(errors['requirements']).toContain('A.9.9: not an audited clause');
    expect(errors['validUntil']).toContain('ends before it begins');
    const changed = await jon.submit({ ...facts, requirements: 'A.7.4, a.6.2.4', effectiveOn: '2026-09-30' });
    expect(changed.text).toMatch(/Bias test of Mia, Q3.*A.6.2.4 .*chosen by a person.*Its owner, and people/s);
    const kept = await jon.press(button(changed, 'Keep it'));
    expect(kept.text).toContain('Recorded: EV-1 Bias test of Mia, Q3, for A.7.4, A.6.2.4, AIS-1');
    expect((await jon.press(button(changed, 'Keep it'))).text).toContain('kept or discarded already');
    expect((await jon.press(button(kept, 'Show EV-1'))).text).toContain('Q3 bias test.pdf, v1');
    expect((await dana.say('/aims evidence EV-1')).text).toContain('no such evidence');

    const again = await jon.give({ name: 'copy.pdf', bytes: report });
    expect(again.text).toContain('is on record already: it is the file of EV-1 Bias test of Mia, Q3');
    // To whoever may not see it, it is as if it were not there.
    expect((await dana.give({ name: 'copy.pdf', bytes: report })).text).toContain('Proposed for copy.pdf');

    const second = pdfFile([[{ text: 'Bias test of Mia', size: 20 }, { text: 'Results for Q4.' }]]);
    const next = await jon.give({ name: 'Q3 bias test.pdf', bytes: second });
    expect(next.text).toContain('takes the place of the file of EV-1 Bias test of Mia, Q3 (v1)');
    const own = await jon.press(button(next, 'Keep as new evidence instead'));
    expect(own.text).not.toContain('takes the place');
    const back = await jon.press(button(own, 'It is a new version of EV-1'));
    expect((await jon.press(button(back, 'Keep it'))).text).toContain('Recorded: EV-1 Bias test of Mia, Q3, v2');
    const versions = await jon.press('evidence:versions:EV-1');
    expect(versions.text).toMatch(/v2 Q3 bias test.pdf.*v1 Q3 bias test.pdf/s);
    expect(versions.actions.map(({ id }) => id)).toEqual(['evidence:show:EV-1', 'ask:file:EV-1.2', 'ask:file:EV-1.1']);
    expect((await jon.give({ name: 'old.pdf', bytes: report })).text).toContain('an earlier file of EV-1');
  });

  test('what cannot be taken is told in a sentence, and what has no text can be kept without', async () => {
    const { jon, arun } = await stage();
    const refused = async (name: string, bytes: Buffer) => (await jon.give({ name, bytes })).text;
    expect(await refused('empty.txt', Buffer.alloc(0))).toContain("I can't take empty.txt. It is empty.");
    expect(await refused('tool.exe', Buffer.from('MZ\x90\x00\x03\x00\x00\x00\xff', 'latin1'))).toContain(
      'cannot read files of its type',
    );
    expect(await refused('cut.pdf', pdfFile([[{ text: 'Policy' }]]).subarray(0, 200))).toContain('damaged or cut off');
    expect(await refused('bomb.docx', boastfulBomb())).toContain('unpacks to far more than a document holds');
    const secret = await jon.give({ name: 'secret.pdf', bytes: encryptedPdf() });
    expect(secret.text).toContain('protected with a password');
    expect((await arun.press(button(secret, 'Keep without text'))).text).toContain('kept or discarded already');
    expect((await jon.press(button(secret, 'Discard'))).text).toContain('Discarded: secret.pdf');
    expect((await jon.press(button(secret, 'Keep without text'))).text).toContain('kept or discarded already');
  });

  test('an item is renewed, changed, shared, handed over and withdrawn by those who look after it', async () => {
    const cast = await stage();
    const { jon, dana, arun, lee } = cast;
    const { db } = cast.app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await jon.say('/aims help');
    await arun.say('/aims help');
    const owner = await personNamed(db, 'Jon Reyes');
    await anItem(db, owner, { title: 'Old test', validUntil: '2020-01-01' });

    const seen = await jon.say('/aims evidence EV-1');
    const renew = button(seen, 'Renew ...');
    expect((await arun.press(renew)).text).toContain('changed by Jon Reyes or the compliance lead');
    expect((await jon.press(renew)).inputs).toEqual(['validUntil', 'reason']);
    expect((await jon.submit({ validUntil: '2020-05-01' })).errors).toEqual({
      validUntil: 'Choose a day after today.',
      reason: 'Say why.',
    });
    const renewed = await jon.submit({ validUntil: '2099-06-30', reason: 'Nothing has changed.' });
    expect(renewed.text).toContain('EV-1 Old test is valid until 30 Jun 2099: Nothing has changed.');
    expect((await jon.press(renew)).text).toContain('was changed since this was shown');

    const more = await dana.press(button(await dana.say('/aims evidence EV-1'), 'More ...'));
    await dana.press(button(more, 'Change ...'));
    const revised = await dana.submit({ title: 'Test of Mia', kind: 'test_report', requirements: 'A.6.2.4' });
    expect(revised.text).toContain('Recorded: EV-1 Test of Mia');
    expect((await jon.hear()).text).toContain('Dana Okafor changed what is said of EV-1 Test of Mia');

    const manage = async (label: string) => {
      const card = await jon.press(button(await jon.say('/aims evidence EV-1'), 'More ...'));
      return jon.press(button(card, label));
    };
    await manage('Who may see it ...');
    expect((await jon.submit({ visibility: 'everyone', add: jon.userId('arun') })).errors['add']).toContain(
      'named people',
    );
    await jon.submit({ visibility: 'named', add: jon.userId('arun') });
    expect((await arun.hear()).text).toContain('Jon Reyes lets you see EV-1 Test of Mia');
    expect((await arun.say('/aims evidence EV-1')).text).toContain('Jon Reyes as its owner, Arun Mehta');
    expect((await dana.say('/aims evidence EV-1')).text).toContain('no such evidence');
    expect((await dana.press(button(more, 'Withdraw ...'))).text).toContain('no such evidence');

    await manage('Hand over ...');
    expect((await jon.submit({ owner: jon.userId('arun') })).text).toContain(
      "EV-1 Test of Mia is Arun Mehta's from now on",
    );
    expect((await arun.hear()).text).toContain('Jon Reyes made you the owner of EV-1 Test of Mia');
    const card = await arun.press(button(await arun.say('/aims evidence mine'), 'Show EV-1'));
    await arun.press(button(await arun.press(button(card, 'More ...')), 'Withdraw ...'));
    expect((await arun.submit({ reason: 'Wrong file.' })).text).toContain('EV-1 Test of Mia is withdrawn: Wrong file.');
    expect((await arun.say('/aims evidence')).text).toContain('no evidence yet');
    expect((await arun.say('/aims evidence withdrawn')).text).toContain('Test of Mia');
  });

  test('the compliance lead hands over what somebody leaves behind, also what was for named people', async () => {
    const cast = await stage();
    const { jon, dana, arun, lee } = cast;
    const { db } = cast.app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await jon.say('/aims help');
    await arun.say('/aims help');
    const left = await personNamed(db, 'Jon Reyes');
    await anItem(db, left, { title: 'Open' });
    await anItem(db, left, { title: 'Private', text: 'b', visibility: 'named' });
    expect((await arun.say('/aims evidence hand over')).text).toContain('You own no evidence');
    await sql`update person_identity set standing = 'deactivated' where person_id = ${left}`.execute(db);
    expect((await dana.command('evidence hand over')).inputs).toEqual(['from', 'owner']);
    const done = await dana.submit({ from: left, owner: dana.userId('arun') });
    expect(done.text).toContain('2 items of evidence of Jon Reyes now belong to Arun Mehta');
    expect((await arun.hear()).text).toContain('made you the owner of 2 items of evidence');
    expect((await arun.say('/aims evidence mine')).text).toMatch(/2 items.*Private.*Open/s);
  });

  test('a link and pasted text become evidence, and nothing is fetched', async () => {
    const { jon } = await stage();
    const link = await jon.say(
      'https://wiki.example.org/ai/oversight-procedure\nHow a person overrides the chatbot. See A.9.2.',
    );
    expect(link.text).toMatch(/Proposed for Oversight procedure .*A.9.2 Processes for responsible use/s);
    expect((await jon.press(button(link, 'Keep it'))).text).toContain('Recorded: EV-1 Oversight procedure');
    await jon.command('evidence add');
    expect((await jon.submit({ title: 'Decision', link: 'javascript:alert(1)' })).errors).toEqual({
      link: expect.stringContaining('begins with https://'),
    });
    const added = await jon.submit({ title: 'Decision on refunds', text: 'Minutes: refunds are decided by people.' });
    const card = jon.platform === 'slack' ? await jon.hear() : added;
    expect(card.text).toMatch(/Proposed for Decision on refunds.md.*Minutes/s);
  });
});

test('of what takes long, people see that it is under way', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const drafts = () => slack.calls.filter(({ method }) => method === 'chat.startStream');
  slack.serves = async () => {
    await expect.poll(drafts, { timeout: 20_000 }).toHaveLength(1);
    return { body: Buffer.from('Mia was tested.') };
  };
  const files = [{ id: 'F0SLOW', name: 'slow.txt', url_private: `${slack.url}/files-pri/slow` }];
  await signedRequest(app, messageEvent('', { subtype: 'file_share', files, channel: 'D0JON' }));
  expect((await new SlackChatter(app, slack, 'jon').hear()).text).toContain('Proposed for slow.txt');
  expect(JSON.stringify(drafts())).toContain('Reading *slow');
});

test('several files at once are kept at once', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  slack.serves = ({ path }) => ({ body: Buffer.from(`Mia was tested: ${path}`) });
  const files = ['a.txt', 'b.txt'].map((name) => ({ id: name, name, url_private: `${slack.url}/files-pri/${name}` }));
  await signedRequest(app, messageEvent('', { subtype: 'file_share', files, channel: 'D0JON' }));
  const jon = new SlackChatter(app, slack, 'jon');
  const replies = [await jon.hear(), await jon.hear(), await jon.hear()];
  const all = replies.find(({ text }) => text.includes('2 proposals wait for your word'));
  if (!all) throw new Error('Nothing offers to keep both.');
  const said = [await jon.press(button(all, 'Keep all as proposed')), await jon.hear()].map(({ text }) => text).join();
  expect(said).toMatch(/Recorded: EV-1.*Recorded: EV-2|Recorded: EV-2.*Recorded: EV-1/s);
  expect((await jon.say('/aims evidence mine')).text).toContain('2 items');
});

describe('a chat thread', () => {
  const TOLD = [
    {
      type: 'message',
      user: 'U0DANA',
      ts: '1772546400.000100',
      text: 'May Mia decide on <https://shop.example|refunds>, <@U0JON>?',
    },
    {
      type: 'message',
      user: 'U0JON',
      ts: '1772546460.000200',
      text: 'No: people decide. A.9.2.',
      files: [{ name: 'rules.pdf' }],
    },
    { type: 'message', bot_id: 'B0', ts: '1772546470.000300', text: 'Ticket closed.' },
    { type: 'message', user: 'U0JON', ts: '1772546480.000400', text: '<@U0STEWARD> evidence add' },
  ];

  async function inSlack() {
    const slack = await new SlackStandIn().start();
    slack.threads.set('C0CHANNEL 1772546400.000100', TOLD);
    const app = await startTestApp(slack.settings);
    return { slack, app, jon: new SlackChatter(app, slack, 'jon') };
  }

  test('of Slack is kept as its text, with names and times, for whoever wants it alone', async () => {
    const { slack, app, jon } = await inSlack();
    const card = await jon.keepThread('C0CHANNEL', '1772546400.000100');
    expect(card.text).toMatch(/Proposed for Chat thread 2026-03-03.md.*A.9.2/s);
    await jon.press(button(card, 'Keep it'));
    const { bytes } = await app.database.db.selectFrom('content').select('bytes').executeTakeFirstOrThrow();
    expect(bytes.toString()).toBe(
      '# Chat thread of 2026-03-03\n\nDana Okafor, 2026-03-03 14:00 UTC:\n\nMay Mia decide on refunds, @Jon Reyes?\n\n' +
        'Jon Reyes, 2026-03-03 14:01 UTC:\n\nNo: people decide. A.9.2.\n[Attached: rules.pdf]\n\n' +
        'An app, 2026-03-03 14:01 UTC:\n\nTicket closed.',
    );
    slack.fails = (method) => (method === 'conversations.replies' ? 'not_in_channel' : undefined);
    const refused = await jon.keepThread('C0CHANNEL', '1772546400.000100');
    expect(refused.text).toContain('Invite me there with /invite. You can paste what was said.');
    expect(refused.actions.map(({ label }) => label)).toEqual(['Paste it ...']);
  });

  test('of Slack is kept by a mention in it too, with what is proposed in the direct message', async () => {
    const { slack, app, jon } = await inSlack();
    const place = { type: 'app_mention', channel_type: undefined, channel: 'C0CHANNEL', user: 'U0JON' };
    const asked = { ...place, ts: '1772546480.000400', thread_ts: '1772546400.000100' };
    await signedRequest(app, messageEvent('evidence add', asked));
    expect((await jon.hear()).text).toContain('Proposed for Chat thread');
    const said = await slack.posts.next(({ args }) => args['channel'] === 'C0CHANNEL');
    expect(JSON.stringify(said.args)).toContain('I have read the thread');
  });

  test('of Teams cannot be read, so that it is to be pasted', async () => {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp(teams.settings);
    await replay(app, teams, 'message-channel', { 'who signs the AI policy? &amp; why': 'evidence add' });
    expect(JSON.stringify(await teams.activities.next())).toContain('cannot read here what was said before');
  });
});

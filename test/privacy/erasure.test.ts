import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Db } from '../../src/database/database.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { erasePerson } from '../../src/privacy/erase-person.ts';
import { give } from '../people/stages.ts';
import { startTestApp } from '../support/app.ts';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { openTestDatabase } from '../support/database.ts';
import { SlackChatter, SlackStandIn } from '../support/slack.ts';
import { TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { WebChatter } from '../support/web.ts';
import { whereIs } from './everything.ts';

interface Cast {
  readonly app: App;
  chatter(name: string): Chatter;
}

const STAGES: Record<string, () => Promise<Cast>> = {
  async web() {
    const app = await startTestApp();
    return { app, chatter: (name) => new WebChatter(app, name) };
  },
  async Slack() {
    const slack = await new SlackStandIn().start();
    const app = await startTestApp(slack.settings);
    return { app, chatter: (name) => new SlackChatter(app, slack, name) };
  },
  async Teams() {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp(teams.settings);
    return { app, chatter: (name) => new TeamsChatter(app, teams, name) };
  },
};

const button = (reply: SeenReply, label: string) => {
  const found = reply.actions.find((action) => action.label.startsWith(label));
  if (!found) throw new Error(`No "${label}" among: ${reply.actions.map((action) => action.label).join(', ')}.`);
  return found.id;
};

const faults = async (db: Db) => (await verifyChain(readEntries(db))).faults;

const PRIVATE = 'Is our Zanzibar chatbot vendor insured against my AI damages?';
const COMMENT = 'I am in Quezon City and this is useless to me';

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('an administrator erases somebody, of whom nothing is left, and the event log verifies', {
    timeout: 120_000,
  }, async () => {
    const { app, chatter } = await stage();
    const { db } = app.database;
    const [jon, dana, lee] = [chatter('jon'), chatter('dana'), chatter('lee')];
    for (const person of [jon, dana, lee]) await person.say('/aims help');
    await give(app, dana.userId('dana'), 'compliance_lead');
    await jon.press(button(await jon.say(PRIVATE), 'Ask Dana'));
    await dana.press(button(await dana.hear(), 'Answer'));
    await dana.submit({ answer: 'No. See A.10.3.', visibility: 'everyone' });
    await jon.hear();
    const answer = await jon.say('Who has to sign the AI policy?');
    await jon.press(button(answer, 'Not helpful'));
    await jon.submit({ reason: 'wrong', comment: COMMENT });
    await dana.say('/aims questions');
    await dana.say('/aims roles');
    const traces = [
      'Jon Reyes',
      'jon@example.org',
      'Zanzibar',
      'Quezon',
      ...(lee.platform === 'web' ? [] : [jon.userId('jon')]),
    ];
    expect(await whereIs(db, ['Zanzibar'])).toContain('document_version.title');

    expect((await jon.say('/aims erase Dana Okafor')).text).toContain('erased by administrators');
    expect((await lee.say('/aims erase Nobody')).text).toContain('I know nobody');
    const card = await lee.say('/aims erase Jon Reyes');
    expect(card.text).toContain('Erase Jon Reyes?');
    const done = await lee.press(button(card, 'Erase for good'));
    expect(done.text).toContain('Recorded: the person is erased.');
    expect(done.text).not.toContain('still names them');
    expect(await whereIs(db, traces)).toEqual([]);
    expect(await faults(db)).toEqual([]);
    expect((await lee.press(button(card, 'Erase for good'))).text).toContain('was erased before');

    // What the organisation knows from the question stays, and who comes back is somebody new.
    expect((await dana.say('QA-1')).text).toContain('No. See A.10.3.');
    expect((await jon.say('/aims help')).text).toContain('I help your organisation');
    const people = await db.selectFrom('person').select('id').where('display_name', '=', 'Jon Reyes').execute();
    expect(people).toHaveLength(1);
  });
});

test('the form finds people by name, and nobody erases themselves or the last administrator', async () => {
  const app = await startTestApp();
  const lee = new WebChatter(app, 'lee');
  expect((await lee.command('erase')).inputs).toEqual(['person', 'who']);
  expect((await lee.submit({})).errors).toEqual({ who: expect.stringContaining('Choose the person') });
  expect((await lee.submit({ who: 'Lee Park' })).text).toContain('Nobody erases themselves');
  await new WebChatter(app, 'jon').say('/aims help');
  expect((await lee.submit({ person: 'jon' })).text).toContain('Erase Jon Reyes?');
  const { db } = app.database;
  const { id } = await db
    .selectFrom('person')
    .select('id')
    .where('display_name', '=', 'Lee Park')
    .executeTakeFirstOrThrow();
  const erasure = await governedChange(db, { kind: 'system' }, (change) => erasePerson(change, id, '2026-11-25'));
  expect(erasure).toEqual({ outcome: 'last-administrator' });
});

test('a lead who answered for texts is no longer named with them, and the texts stay', {
  timeout: 120_000,
}, async () => {
  const app = await startTestApp();
  const [jon, dana, lee] = ['jon', 'dana', 'lee'].map((name) => new WebChatter(app, name));
  if (!jon || !dana || !lee) throw new Error('Nobody is there.');
  await dana.say('/aims help');
  await jon.press(button(await jon.say(PRIVATE), 'Ask Dana'));
  await dana.press(button(await dana.hear(), 'Answer'));
  await dana.submit({ answer: 'Our policy excludes AI damages.', visibility: 'everyone' });
  await lee.press(button(await lee.say('/aims erase Dana Okafor'), 'Erase for good'));
  const { db } = app.database;
  expect(await whereIs(db, ['Dana Okafor'])).toEqual([]);
  const known = await lee.say(PRIVATE);
  expect(known.text).toContain('Our policy excludes AI damages.');
  expect(known.text).toContain('Reviewed answer by a former colleague');
  expect(await faults(db)).toEqual([]);
});

test('details that were erased behind the log are found', async () => {
  const { db } = await openTestDatabase();
  for (const subject of ['one', 'two']) {
    await governedChange(db, { kind: 'system' }, async (change) =>
      change.record({ action: 'test.noted', subject, detail: { subject } }),
    );
  }
  await sql`update event_log set detail = '{}' where subject = 'one'`.execute(db).catch(() => undefined);
  await db.transaction().execute(async (transaction) => {
    await sql`select set_config('steward.erasing', 'yes', true)`.execute(transaction);
    await sql`update event_log set detail = '{}', salt = '' where subject = 'one'`.execute(transaction);
  });
  expect(await faults(db)).toEqual(['Entry 1 has lost its detail, and no later entry says that it was erased.']);
  const other = db.transaction().execute(async (transaction) => {
    await sql`select set_config('steward.erasing', 'yes', true)`.execute(transaction);
    await sql`update event_log set detail = '{}', salt = '', subject = 'three' where subject = 'two'`.execute(
      transaction,
    );
  });
  await expect(other).rejects.toThrow('append-only');
});

/** What people type: several lines, lists, Markdown, quotes, backslashes, emoji. */
const typed = fc
  .tuple(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('', '\n- ', '\n\n', '"', '\\', '*', ' 2) ', '\u00a0', '😀'),
  )
  .map(([text, mark]) => `${mark}${text.replaceAll('\0', '').trim()}${mark}`);

test('whatever somebody wrote, nothing of it is left anywhere', { timeout: 120_000 }, async () => {
  const app = await startTestApp();
  const { db } = app.database;
  const dana = new WebChatter(app, 'dana');
  const lee = new WebChatter(app, 'lee');
  await dana.say('/aims help');
  let round = 0;
  await fc.assert(
    fc.asyncProperty(typed, typed, typed, async (question, comment, said) => {
      round += 1;
      const mark = `Qzx${round}x`;
      const jon = new WebChatter(app, 'jon');
      const declined = await jon.say(`${mark} insured against ${mark}${question} ${mark}pizza?`);
      await jon.press(button(declined, 'Ask Dana'));
      const heard = await dana.hear();
      const answer = await jon.say('Who has to sign the AI policy?');
      await jon.press(button(answer, 'Not helpful'));
      await jon.submit({ reason: 'wrong', comment: `${mark}${comment} ${mark} ${said}` });
      await dana.say('/aims questions');
      if (round % 2) {
        await dana.press(button(heard, 'Answer'));
        await dana.submit({ answer: 'Not that we know.', visibility: 'everyone' });
        await jon.hear();
      }
      await jon.say(`${said} ${mark}`);
      const card = await lee.say('/aims erase Jon Reyes');
      expect((await lee.press(button(card, 'Erase for good'))).text).toContain('Recorded');
      expect(await whereIs(db, [mark, 'Jon Reyes'])).toEqual([]);
      expect(await faults(db)).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

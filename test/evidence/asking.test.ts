import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Db } from '../../src/database/database.ts';
import type { Entry } from '../../src/event-log/entry.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { appoint, STAGES as CHANNELS, personOf } from '../people/stages.ts';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { aFile, anItem } from '../support/evidence.ts';
import { button, giveRoles, STAGES } from '../support/stages.ts';
import { personNamed } from '../support/systems.ts';

// Whole turns, many of them.
vi.setConfig({ testTimeout: 90_000 });

const POLICY = {
  title: 'AI policy',
  kind: 'policy' as const,
  text: 'Training on responsible AI is repeated every second year. Whoever builds AI systems begins with it.',
};

/** Unpacks a package and runs its own verification, which needs sha256sum and openssl alone. */
async function verified(folder: string, zip: Uint8Array): Promise<string> {
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return (await promisify(execFile)('bash', [join(folder, 'verify.sh')])).stdout;
}

const OUTSIDE = 'https://steward.example.org';

/** Follows the link of a button, as a browser does. */
function follow(app: App, reply: SeenReply, label: string): Promise<Response> {
  const link = reply.actions.find((action) => action.label === label)?.link ?? 'no link';
  const inside = app.webChatUrl ?? `http://127.0.0.1:${app.port}`;
  return fetch(link.startsWith('/') ? inside + link : link.replace(OUTSIDE, inside));
}

async function entriesOf(db: Db): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of readEntries(db)) entries.push(entry);
  return entries;
}

/** The items whose files were opened, as the event log has it. */
async function opened(db: Db): Promise<string[]> {
  const entries = await entriesOf(db);
  return entries.filter(({ action }) => action === 'evidence.opened').map(({ subject }) => subject);
}

/** What the committee alone may see. */
const MINUTES = {
  title: 'Board minutes',
  kind: 'minutes' as const,
  text: 'The board stopped the zeppelin pilot of Nora on 3 March 2026.',
  visibility: 'committee' as const,
};

const ABOUT_MINUTES = 'When was the zeppelin pilot of Nora stopped?';

async function addEvidence(db: Db, owner: string): Promise<void> {
  await anItem(db, owner, POLICY);
  await anItem(db, owner, MINUTES);
  await anItem(db, owner, {
    title: 'Bias test of Mia',
    kind: 'bias_test',
    effectiveOn: '2026-03-17',
    validUntil: '2026-06-30',
    file: await aFile(db, 'bias.txt', 'bias test', [
      { section: 'Page 1', heading: undefined, text: 'What this is about.' },
      {
        section: 'Page 4',
        heading: undefined,
        text: 'Mia was tested on 17 March 2026. The groups differ by 2 percent.',
      },
    ]),
  });
}

const OVERSIGHT = {
  title: 'Oversight',
  kind: 'procedure' as const,
  text: 'Human oversight procedure for the invoice reader. The shift lead may stop the system at any time. Code word: PURPLE-HERON.',
};

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('a document answers whose words do not stand in one sentence, or that is asked for by what it alone names', async () => {
    const { app, jon } = await stage();
    await jon.say('/aims help');
    await anItem(app.database.db, await personNamed(app.database.db, 'Jon Reyes'), OVERSIGHT);
    const spread = await jon.say('Who may stop the invoice reader according to our procedure?');
    expect(spread.text).toMatch(/Oversight.*The shift lead may stop the system/s);
    expect((await jon.say('What does the oversight procedure say about PURPLE-HERON?')).citations).toEqual(['EV-1']);
    expect((await jon.say('What does the oversight procedure say about pets?')).citations).not.toContain('EV-1');
  });

  test('questions about the organisation are answered from evidence, or declined', async () => {
    const cast = await stage({ STEWARD_URL: OUTSIDE });
    const { jon, dana, lee } = cast;
    const { db } = cast.app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await jon.say('/aims help');
    await addEvidence(db, await personNamed(db, 'Dana Okafor'));

    const policy = await jon.say('What does our AI policy say about training?');
    expect(policy.text).toMatch(/AI policy, v1.*repeated every second year/s);
    expect(policy.citations).toEqual(['EV-1']);
    const test = await jon.say('When was the bias test of Mia?');
    expect(test.text).toMatch(/page 4, effective 17 Mar 2026.*Mia was tested on 17 March 2026/s);
    expect(test.text).toContain('EV-3 was valid until 30 Jun 2026');
    const more = await jon.say('and how much do the groups differ?');
    expect(more.text).toContain('2 percent');
    for (const question of [
      'What does our AI policy say about pets?',
      'When was the bias test of Nora?',
      ABOUT_MINUTES,
    ]) {
      const reply = await jon.say(question);
      expect(reply.text, question).toContain('I have nothing on that');
      expect(reply.text, question).not.toMatch(/zeppelin pilot|Board/);
    }
    expect((await jon.say('Who has to sign the AI policy?')).citations[0]).toBe('5.2');
    expect((await dana.say(ABOUT_MINUTES)).text).toContain('The board stopped the zeppelin pilot of Nora');

    expect((await jon.say('What is stale?')).text).toMatch(/1 item: stale.*Bias test of Mia/s);
    expect((await jon.say('Which required kinds are missing?')).text).toContain(
      'bias test, oversight action, incident',
    );
    expect((await jon.say('What changed since the last audit?')).text).toContain('I know of no audit report');
    const audit = { title: 'Internal audit', kind: 'audit_report' as const, effectiveOn: '2026-02-01', text: 'Done.' };
    await anItem(db, await personNamed(db, 'Dana Okafor'), audit);
    const changed = await jon.say('What changed since the last audit?');
    expect(changed.text).toMatch(/3 changes.*audit report EV-4 Internal audit of 1 Feb 2026.*AI policy/s);
    expect(changed.text).not.toContain('Board');

    const passage = await jon.press(button(test, 'Open EV-3'));
    expect(passage.text).toMatch(/Bias test of Mia, v1.*stale.*Page 4.*Mia was tested/s);
    const pressed = await jon.press(button(passage, 'Get the file'));
    // A window says where the link comes.
    const sent = pressed.text.includes('comes in our conversation') ? await jon.hear() : pressed;
    expect(sent.text).toContain('EV-3 Bias test of Mia, v1');
    expect(await (await follow(cast.app, sent, 'bias.txt')).text()).toBe('bias test');
    expect(await opened(db)).toEqual(['EV-3']);
    expect((await jon.press('ask:file:EV-2.1')).text).toBe((await jon.press('ask:file:EV-99.1')).text);
    expect((await jon.press('ask:open:EV-2')).text).toBe((await jon.press('ask:open:EV-99')).text);
  });

  test('the compliance lead gets an audit package, an auditor one of what auditors may see, and staff none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'steward-export-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const cast = await stage({ STEWARD_URL: OUTSIDE, EVENT_LOG_KEY_FILE: join(folder, 'key.pem') });
    const { app, jon, dana, lee } = cast;
    const { db } = app.database;
    await giveRoles(lee, [[dana, 'dana', 'compliance_lead']]);
    await addEvidence(db, await personNamed(db, 'Lee Park'));
    await anItem(db, await personNamed(db, 'Lee Park'), { title: 'Log', visibility: 'auditors', text: 'Logged.' });
    expect((await jon.say('/aims export')).text).toContain('for the compliance lead and for auditors');

    const open = async (person: Chatter) => {
      const reply = await person.say('/aims export');
      const [form] = reply.inputs.length > 0 ? [] : reply.actions;
      return form ? person.press(form.id) : reply;
    };
    expect((await open(dana)).inputs).toContain('view');
    expect((await dana.submit({ view: 'auditors', requirements: 'A.9.9', asOf: '2999-01-01' })).errors).toEqual({
      requirements: 'ISO/IEC 42001 has no A.9.9. Write a number such as 9.2 or A.7.4.',
      asOf: 'Choose today or a day before.',
    });
    const offered = await dana.submit({ view: 'own' });
    expect(offered.text).toMatch(/Audit package.*4 items.*bash verify.sh/s);
    const packed = await (await follow(app, offered, 'Audit package (ZIP)')).arrayBuffer();
    expect(await verified(folder, new Uint8Array(packed))).toContain('Verified.');

    await giveRoles(lee, [[jon, 'jon', 'auditor']]);
    expect((await open(jon)).inputs).not.toContain('view');
    const own = await jon.submit({ from: '2026-01-01' });
    expect(own.text).toContain('3 items');
    const files = unzipSync(new Uint8Array(await (await follow(app, own, 'Audit package (ZIP)')).arrayBuffer()));
    expect(Object.keys(files).filter((path) => path.startsWith('evidence/EV-2'))).toEqual([]);
    expect((await jon.submit({ asOf: '2020-01-01' })).text).toContain('There is no evidence in this scope');
    const made = (await entriesOf(db)).filter(({ action }) => action === 'audit-package.made');
    expect(made.map(({ detail }) => detail?.['items'])).toEqual([4, 3]);

    // Whoever is an auditor no longer has a link that leads nowhere.
    await open(jon);
    const last = await jon.submit({});
    await db.updateTable('role_assignment').set({ ends_on: '2020-01-01' }).where('role', '=', 'auditor').execute();
    expect((await follow(app, last, 'Audit package (ZIP)')).status).toBe(404);
  });
});

describe.each(Object.entries(CHANNELS))('in a channel on %s', (_platform, open) => {
  test('all see what everyone may see; the rest comes in a direct message, and the offer tells nobody that there is more', async () => {
    const stage = await open();
    const { app } = stage;
    stage.members('jon', 'arun');
    await appoint(stage, { jon: undefined, arun: 'committee_member', dana: 'compliance_lead' });
    await addEvidence(app.database.db, await personOf(app, stage.chatter('dana').userId('dana')));
    expect(await stage.ask('jon', 'What does our AI policy say about training?')).toContain('every second year');
    const toJon = await stage.ask('jon', ABOUT_MINUTES);
    const toArun = await stage.ask('arun', ABOUT_MINUTES);
    expect(toArun).not.toMatch(/Board|The board stopped/);
    // Steward says the same to both, but for the number of the answer.
    const words = (text: string) => [...text.matchAll(/"(?:text|label|title)":"([^"]*)"/g)].map(([, said]) => said);
    expect(words(toArun)).toEqual(words(toJon));
    const offer = /ask:private:[^"]*/.exec(toArun)?.[0] ?? '';
    expect(offer).toContain(ABOUT_MINUTES);

    for (const [name, expected] of [
      ['arun', /You asked.*The board stopped the zeppelin pilot of Nora/s],
      ['jon', /You asked.*I have nothing on that/s],
    ] as const) {
      const said = await stage.press(name, offer);
      expect(said).toContain('I answer you in a direct message.');
      expect(said).not.toMatch(/zeppelin|Board|stopped/);
      expect((await stage.chatter(name).hear()).text).toMatch(expected);
    }
    const entries = await entriesOf(app.database.db);
    expect(entries.filter(({ action }) => action === 'answer.given').length).toBeGreaterThan(3);
  });
});

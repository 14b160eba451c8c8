import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';
import { expireLeases, startProcess } from '../support/process.ts';
import { allSent, TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { ATTACHED, replay } from '../support/teams-payloads.ts';

const PERSONAL = 'a:1pL6i0oY3C0K8oAj8';
const CHANNEL = '19:253b1f341670408fb6fe51d9f1ea9fd2@thread.tacv2';
const GROUP = '19:8d2bb0f6a6d54b49bd8a6a3a7d7b8f77@thread.v2';

/** Each kind of turn, with where its reply goes and what it says. */
const KINDS: Readonly<Record<string, readonly [conversation: string, text: string]>> = {
  'message-personal': [PERSONAL, 'Top management'],
  'message-command': [PERSONAL, '"Administrator"'],
  'message-file': [PERSONAL, 'Proposed for AI policy'],
  'message-channel': [`${CHANNEL};messageid=1732491301111`, 'Top management'],
  'message-group': [GROUP, 'Top management'],
  'card-action': [PERSONAL, 'I help your organisation'],
  'card-form': [PERSONAL, 'Recorded: not helpful (wrong)'],
  'feedback-like': [PERSONAL, 'Noted: helpful'],
  'feedback-form': [PERSONAL, 'Recorded: not helpful (incomplete)'],
  'installed-team': [CHANNEL, 'I help your organisation'],
};

const IN_DOUBT = 'cannot tell whether it arrived';

/** Jon has asked, and answer number 1 is under the message that is returned. */
async function prepared() {
  const teams = await new TeamsStandIn().start();
  teams.files.set(ATTACHED, { body: Buffer.from('Top management signs it.') });
  const database = await copyOfTemplate();
  const app = await startTestApp(teams.settings, database);
  await teams.post(app, teams.activityOf('aad-lee', { text: 'help' }));
  await teams.activities.next();
  await replay(app, teams, 'message-personal');
  const { id = '' } = await teams.activities.next();
  await allSent(app);
  const { db } = app.database;
  // So that Teams is asked anew who everybody is, and the question is a new one.
  await sql`update person_identity set checked_at = '2000-01-01'`.execute(db);
  await sql`delete from inbox`.execute(db);
  await app.stop();
  teams.activities.all.length = 0;
  const deliver = (to: { readonly port: number }, name: string) =>
    replay(to, teams, name, {
      ANSWER: id,
      ...(name === 'card-action' ? { 'command:run:roles': 'command:run:help' } : {}),
    });
  return { teams, database, deliver };
}

test.each([
  ['while a reply is being found', (teams: TeamsStandIn, held: Promise<unknown>) => (teams.holdsMember = () => held)],
  ['while a reply is being sent', (teams: TeamsStandIn, held: Promise<unknown>) => (teams.holds = () => held)],
])(
  'whatever was done, a process that is killed %s loses nothing and repeats nothing',
  async (_when, hold) => {
    const { teams, database, deliver } = await prepared();
    hold(teams, Promise.withResolvers<void>().promise);
    const steward = await startProcess(teams, database);
    const asked = teams.askedForMembers;
    for (const name of Object.keys(KINDS)) expect((await deliver(steward, name)).status, name).toBe(200);
    const underWay = () => Math.max(teams.askedForMembers - asked, teams.activities.all.length);
    await expect.poll(underWay, { timeout: 20_000 }).toBeGreaterThanOrEqual(8);
    await steward.kill();
    teams.holdsMember = () => undefined;
    teams.holds = () => undefined;
    await expireLeases(database);
    const app = await startTestApp(teams.settings, database);
    const { db } = app.database;
    const open = () => db.selectFrom('inbox').select('id').where('done_at', 'is', null).execute();
    await expect.poll(open, { timeout: 20_000 }).toEqual([]);
    const unsent = () =>
      db.selectFrom('outbox').select('key').where('sent_at', 'is', null).where('failed_at', 'is', null).execute();
    await expect.poll(unsent, { timeout: 20_000 }).toEqual([]);
    const said = teams.activities.all
      .map((activity) => [activity.conversation.id, JSON.stringify(activity)] as const)
      .filter(([, text]) => !text.includes('is in the queue') && !text.includes(IN_DOUBT));
    for (const [name, [conversation, text]] of Object.entries(KINDS)) {
      const times = said.filter(([where, what]) => where === conversation && what.includes(text)).length;
      expect({ name, times }).toEqual({ name, times: 1 });
    }
    expect(said).toHaveLength(Object.keys(KINDS).length);
  },
  120_000,
);

test('what may not have arrived is said, and shown again to whoever misses it', async () => {
  const teams = await new TeamsStandIn().start();
  const database = await copyOfTemplate();
  teams.holds = () => Promise.withResolvers<void>().promise;
  const steward = await startProcess(teams, database);
  await teams.post(steward, teams.activityOf('aad-jon', { text: 'Who has to sign the AI policy?' }));
  await teams.activities.next();
  await steward.kill();
  teams.holds = () => undefined;
  await expireLeases(database);
  const jon = new TeamsChatter(await startTestApp(teams.settings, database), teams, 'jon');
  const doubt = await jon.hear();
  expect(doubt.text).toContain(IN_DOUBT);
  expect((await jon.press(doubt.actions[0]?.id ?? '')).text).toContain('Top management');
}, 60_000);

test('a draft that a killed process left behind does not stay beside the whole answer', async () => {
  const teams = await new TeamsStandIn().start();
  const model = await new ChatModelStandIn().start();
  const settings = { ...teams.settings, ...model.settings };
  const database = await copyOfTemplate();
  const first = 'The top of the organisation decides on the AI policy [1].';
  model.answer = () => ({ say: `${first} Others`, ends: 'hang' });
  const steward = await startProcess({ settings }, database);
  await replay(steward, teams, 'message-personal');
  const draft = await teams.drafts.next(({ text }) => text?.includes('decides') === true);
  const { db } = await openTestDatabase(database.kind === 'embedded' ? await copyOfTemplate() : database);
  const noted = async () => (await db.selectFrom('inbox').select('draft').execute()).map((row) => row.draft);
  if (database.kind === 'server') await expect.poll(noted).toEqual([draft.id]);
  await steward.kill();
  model.answer = () => ({ say: `${first} Others may draft it [1].` });
  await expireLeases(database);
  await startTestApp(settings, database);
  const whole = await teams.activities.next();
  expect(whole.text).toContain('Others may draft it [1]');
  // Where the second process took its time, it showed that in a stream of its own.
  await expect.poll(() => [whole.id, ...teams.removed]).toContain(draft.id);
  expect(whole.entities).toContainEqual({ type: 'streaminfo', streamId: whole.id, streamType: 'final' });
}, 120_000);

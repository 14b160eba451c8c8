import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Address } from '../../src/chat/turn.ts';
import { type Db, openDatabase } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { registerAudience } from '../../src/people/channel-audience.ts';
import { startTestApp } from '../support/app.ts';
import { copyOfTemplate } from '../support/database.ts';
import { makeDue, ownSigningKey, putDigestChannel } from '../support/digests.ts';
import { runJob } from '../support/jobs.ts';
import { expireLeases, startProcess } from '../support/process.ts';
import { SlackChatter, type SlackPost, SlackStandIn } from '../support/slack.ts';
import { button, giveRoles } from '../support/stages.ts';
import { personNamed, putSystem } from '../support/systems.ts';
import { TENANT, TeamsChatter, TeamsStandIn } from '../support/teams.ts';

// Real processes that start, are killed and start again.
vi.setConfig({ testTimeout: 120_000 });

const GOVERNANCE: Address = {
  platform: 'slack',
  workspace: 'T0TEAM',
  conversation: 'C0GOV',
  thread: 'C0GOV',
  route: {},
};

/** Dana is compliance lead, and a channel in Slack gets the digest, which is due. Nobody runs yet. */
async function slackWithDigest() {
  const slack = await new SlackStandIn().start();
  slack.channels['C0GOV'] = { name: 'governance', members: ['U0DANA'] };
  const database = await copyOfTemplate();
  const settings = { ...slack.settings, ...(await ownSigningKey()) };
  const app = await startTestApp(settings, database);
  await giveRoles(new SlackChatter(app, slack, 'lee'), [
    [new SlackChatter(app, slack, 'dana'), 'dana', 'compliance_lead'],
  ]);
  const { db } = app.database;
  await putDigestChannel(db, GOVERNANCE, await personNamed(db, 'Dana Okafor'), '#governance');
  await app.stop();
  return { slack, database, settings };
}

const toChannel = ({ method, args }: SlackPost) => method === 'chat.postMessage' && args['channel'] === 'C0GOV';

/** Where it stands in the channel, once everything is sent. */
async function settled({ database: { db } }: App): Promise<void> {
  const open = db.selectFrom('outbox').select('key').where('sent_at', 'is', null).where('failed_at', 'is', null);
  const made = db.selectFrom('digest').select('id');
  await expect.poll(() => made.execute(), { timeout: 30_000, interval: 100 }).toHaveLength(1);
  await expect.poll(() => open.execute(), { timeout: 30_000, interval: 100 }).toEqual([]);
}

async function stateOf(db: Db): Promise<string[]> {
  return (await db.selectFrom('digest').select('state').execute()).map(({ state }) => state);
}

test.each([
  ['while it is made', 'conversations.info', false],
  ['before it is sent', 'chat.postMessage', false],
  ['after it was sent, before that is noted', 'chat.postMessage', true],
])('a process that is killed %s posts nothing twice, and the next one what is missing', async (_when, at, isSent) => {
  const { slack, database, settings } = await slackWithDigest();
  const { promise: held } = Promise.withResolvers<void>();
  const isHeld = (method: string, args: SlackPost['args']) => method === at && args['channel'] === 'C0GOV';
  if (isSent) slack.holds = (post) => (isHeld(post.method, post.args) ? held : undefined);
  else slack.delays = (method, args) => (isHeld(method, args) ? held : undefined);
  const steward = await startProcess({ settings }, database);
  await expect.poll(() => slack.calls.some(({ method, args }) => isHeld(method, args)), { timeout: 40_000 }).toBe(true);
  await steward.kill();
  slack.holds = () => undefined;
  slack.delays = () => undefined;
  await expireLeases(database);
  const app = await startTestApp(settings, database);
  await settled(app);
  await runJob(app, 'post-digests');
  await expect.poll(() => stateOf(app.database.db)).toEqual(['posted']);
  expect([...slack.messages.values()].filter(({ channel }) => channel === 'C0GOV')).toHaveLength(1);
});

test('two replicas, a rate limit and a database that ends all connections: one digest', async ({ skip }) => {
  const { slack, database, settings } = await slackWithDigest();
  skip(database.kind === 'embedded', 'Two processes cannot share the embedded database: run with DATABASE_URL.');
  let refusals = 2;
  slack.limits = () => (refusals-- > 0 ? 1 : undefined);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  slack.holds = (post) => (toChannel(post) ? held : undefined);
  const replicas = await Promise.all([startTestApp(settings, database), startTestApp(settings, database)]);
  await expect.poll(() => slack.posts.all.filter(toChannel), { timeout: 40_000 }).toHaveLength(1);
  const [app] = replicas;
  const { db } = app.database;
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
  release();
  await expireLeases(database);
  await Promise.all(replicas.map((replica) => runJob(replica, 'send-outbox')));
  await settled(app);
  await runJob(app, 'post-digests');
  await expect.poll(() => stateOf(db)).toEqual(['posted']);
  expect(slack.posts.all.filter(toChannel)).toHaveLength(1);
});

test('what was missed for weeks is posted once, late, and says so', async () => {
  const { slack, database, settings } = await slackWithDigest();
  const first = await startTestApp(settings, database);
  await settled(first);
  const { db } = first.database;
  await sql`update digest set period = '2020-W01', composed_at = now() - interval '20 days'`.execute(db);
  await makeDue(db, 2 * 24 * 60);
  await first.stop();
  const app = await startTestApp(settings, database);
  const posts = () => slack.posts.all.filter(toChannel);
  await expect.poll(posts, { timeout: 30_000 }).toHaveLength(2);
  expect(JSON.stringify(posts()[1])).toMatch(
    /Posted late: I could not post it when it was due\. \S+ weeks? before it had none/,
  );
  // Another day or time in the same week is no reason for another one.
  await makeDue(app.database.db, 1);
  await sql`update digest set period = to_char(now() at time zone 'UTC', 'IYYY"-W"IW') where id = (select max(id) from digest)`.execute(
    app.database.db,
  );
  await runJob(app, 'post-digests');
  expect(posts()).toHaveLength(2);
});

test('where the channel is archived, the lead hears what to do, and has it posted again', async () => {
  const { slack, database, settings } = await slackWithDigest();
  let isRefused = true;
  slack.refuses = ({ channel }) => (isRefused && channel === 'C0GOV' ? 'is_archived' : undefined);
  const app = await startTestApp(settings, database);
  const dana = new SlackChatter(app, slack, 'dana');
  await settled(app);
  await runJob(app, 'post-digests');
  const told = await dana.hear();
  expect(told.text).toContain('could not be posted to #governance');
  expect(told.text).toContain('it is archived');
  isRefused = false;
  expect((await dana.press(button(told, 'Post it again'))).text).toContain('to #governance again');
  await runJob(app, 'send-outbox');
  await expect.poll(() => slack.posts.all.filter(toChannel), { timeout: 20_000 }).toHaveLength(1);
  expect((await dana.press(button(told, 'Post it again'))).text).toContain('settled already');
});

test('in Teams, which cannot tell whether it arrived, the lead is asked', async () => {
  const teams = await new TeamsStandIn().start();
  const database = await copyOfTemplate();
  const settings = { ...teams.settings, ...(await ownSigningKey()) };
  const before = await startTestApp(settings, database);
  await giveRoles(new TeamsChatter(before, teams, 'lee'), [
    [new TeamsChatter(before, teams, 'dana'), 'dana', 'compliance_lead'],
  ]);
  const { db } = before.database;
  const conversation = '19:governance@thread.tacv2';
  teams.conversations[conversation] = ['aad-dana'];
  const reference = {
    conversation: { id: conversation, conversationType: 'channel', tenantId: TENANT },
    bot: { id: 'bot' },
    channelId: 'msteams',
    serviceUrl: teams.url,
  };
  const address: Address = {
    platform: 'teams',
    workspace: TENANT,
    conversation,
    thread: conversation,
    route: { reference: JSON.stringify(reference) },
  };
  await putDigestChannel(db, address, await personNamed(db, 'Dana Okafor'));
  await before.stop();
  const { promise: held } = Promise.withResolvers<void>();
  const isDigest = (activity: unknown) => JSON.stringify(activity).includes('AI governance, week');
  teams.holds = (activity) => (isDigest(activity) ? held : undefined);
  const steward = await startProcess({ settings }, database);
  await expect.poll(() => teams.activities.all.filter(isDigest), { timeout: 40_000 }).toHaveLength(1);
  await steward.kill();
  teams.holds = () => undefined;
  await expireLeases(database);
  const app = await startTestApp(settings, database);
  const dana = new TeamsChatter(app, teams, 'dana');
  await settled(app);
  await runJob(app, 'post-digests');
  const asked = await dana.hear();
  expect(asked.text).toContain('It may not have arrived: post again?');
  expect(await stateOf(app.database.db)).toEqual(['doubtful']);
  await dana.press(button(asked, 'Post it again'));
  await runJob(app, 'send-outbox');
  await expect.poll(() => teams.activities.all.filter(isDigest), { timeout: 20_000 }).toHaveLength(2);
  expect((await dana.press(button(asked, 'It is there'))).text).toContain('settled already');
});

test('the committee gets its KPIs; a workspace in which Slack has no charts gets them without', async () => {
  const { slack, database, settings } = await slackWithDigest();
  const { db, close } = await openDatabase(database, () => {});
  const dana = await personNamed(db, 'Dana Okafor');
  await governedChange(db, { kind: 'system' }, (change) =>
    registerAudience(change, { address: GOVERNANCE, name: '#governance', audience: 'committee' }, dana),
  );
  for (const [days, value] of [
    [21, 0.5],
    [14, 0.6],
    [7, 0.7],
  ] as const) {
    await sql`insert into kpi_snapshot (kpi, formula, value, records, measured_on, taken_on, taken_at)
      values ('register-completeness', 1, ${value}, '[]', current_date - ${days}::int, current_date - ${days}::int, now())`.execute(
      db,
    );
  }
  await putSystem(db, { name: 'Ticket sorter' });
  await close();
  slack.refuses = (args) => (JSON.stringify(args).includes('data_visualization') ? 'invalid_blocks' : undefined);
  const app = await startTestApp(settings, database);
  await settled(app);
  const charted = slack.calls.filter(({ args }) => JSON.stringify(args).includes('data_visualization'));
  expect(charted).toHaveLength(1);
  const [post, ...others] = slack.posts.all.filter(toChannel);
  expect(others).toEqual([]);
  expect(JSON.stringify(post)).toContain('Register completeness');
});

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { App } from '../src/app.ts';
import type { DatabaseLocation } from '../src/database/database.ts';
import { startTestApp } from './support/app.ts';
import { copyOfTemplate, openTestDatabase } from './support/database.ts';
import { expireLeases, startProcess } from './support/process.ts';
import { messageEvent, type SlackPost, SlackStandIn, signedRequest } from './support/slack.ts';
import { TeamsStandIn } from './support/teams.ts';

const QUESTION = 'Who has to sign the AI policy?';
const QUEUED = 'is in the queue; the answer comes here.';

const textOf = ({ args }: SlackPost) => JSON.stringify(args['blocks']);
const isAnswer = (post: SlackPost) => !textOf(post).includes(QUEUED);

/** Each person has a direct conversation, and each turn of theirs a thread of its own in it. */
async function ask(app: Pick<App, 'port'>, person: string, number: number): Promise<void> {
  const place = { user: `U0${person}`, channel: `D0${person}`, thread_ts: `${person}-${number}` };
  const response = await signedRequest(app, messageEvent(QUESTION, place, `Ev-${person}-${number}`));
  expect(response.status).toBe(200);
}

/** The answer is for the person alone, in a place where Slack shows nothing lasting. */
async function askByCommand(app: App, slack: SlackStandIn, person: string, number: number): Promise<void> {
  const fields = {
    command: '/aims',
    text: `ask ${QUESTION}`,
    team_id: 'T0TEAM',
    channel_id: 'C0CHANNEL',
    user_id: `U0${person}`,
    trigger_id: `${person}-${number}`,
    response_url: `${slack.url}/response/${person}`,
  };
  const contentType = 'application/x-www-form-urlencoded';
  expect((await signedRequest(app, new URLSearchParams(fields).toString(), { contentType })).status).toBe(200);
}

const askTimes = (app: Pick<App, 'port'>, person: string, times: number) =>
  Promise.all(Array.from({ length: times }, (_, number) => ask(app, person, number)));

const threadsOf = (posts: readonly SlackPost[]) => posts.map(({ args }) => String(args['thread_ts']));

const expectedThreads = (person: string, times: number) =>
  Array.from({ length: times }, (_, number) => `${person}-${number}`).sort();

async function startWithSlack(database?: DatabaseLocation): Promise<{ app: App; slack: SlackStandIn }> {
  const slack = await new SlackStandIn().start();
  return { app: await startTestApp(slack.settings, database), slack };
}

/** Lets so many messages through; the answers to those after them wait until they are released. */
function holdAfter(slack: SlackStandIn, count: number): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  slack.holds = (post) => (isAnswer(post) && slack.posts.all.filter(isAnswer).length > count ? promise : undefined);
  return resolve;
}

test('of many turns at once each is answered once, and nobody waits behind all of somebody else', async () => {
  const database = await copyOfTemplate();
  const [many, others] = database.kind === 'server' ? [900, 100] : [180, 20];
  const { app, slack } = await startWithSlack(database);
  const names = Array.from({ length: others }, (_, index) => `P${index}`);
  for (const name of ['MANY', ...names]) slack.people[`U0${name}`] = { name, email: `${name}@example.org` };
  await askTimes(app, 'MANY', many);
  await Promise.all(names.map((name) => ask(app, name, 0)));
  const answered = () => slack.posts.all.filter(isAnswer);
  await expect.poll(() => answered().length, { timeout: 240_000, interval: 500 }).toBe(many + others);
  const threads = threadsOf(answered());
  expect(threads.toSorted()).toEqual(
    [...expectedThreads('MANY', many), ...names.map((name) => `${name}-0`)].toSorted(),
  );
  const last = threads.findLastIndex((thread) => !thread.startsWith('MANY'));
  expect(threads.slice(last).length).toBeGreaterThan(many / 3);
}, 300_000);

test('the turns of a person who sends many wait behind the first of everybody else', async () => {
  const { app, slack } = await startWithSlack();
  const release = holdAfter(slack, 0);
  await askTimes(app, 'MANY', 40);
  await ask(app, 'JON', 0);
  await ask(app, 'LEE', 0);
  release();
  const answers = slack.posts;
  await expect.poll(() => answers.all.filter(isAnswer).length, { timeout: 30_000 }).toBe(42);
  const threads = threadsOf(answers.all.filter(isAnswer));
  // Behind those that were begun, and at most the few that were stored at the same moment as the first of them.
  expect(threads.indexOf('JON-0')).toBeLessThan(25);
  expect(threads.indexOf('LEE-0')).toBeLessThan(25);
});

test('replicas share the turns that wait', async ({ skip }) => {
  const database = await copyOfTemplate();
  skip(database.kind === 'embedded', 'Two processes cannot share the embedded database: run with DATABASE_URL.');
  const { app, slack } = await startWithSlack(database);
  await startTestApp(slack.settings, database);
  const release = holdAfter(slack, 0);
  slack.holds = (
    (held) => (post: SlackPost) =>
      slack.posts.all.length <= 8 ? held(post) : undefined
  )(slack.holds);
  await askTimes(app, 'JON', 30);
  await expect.poll(() => slack.posts.all.filter(isAnswer).length, { timeout: 20_000 }).toBe(30);
  release();
});

test('a process that is told to stop finishes what it began, and the next one does the rest', async () => {
  const database = await copyOfTemplate();
  const { app, slack } = await startWithSlack(database);
  const release = holdAfter(slack, 5);
  await askTimes(app, 'JON', 60);
  const stopped = app.stop();
  release();
  await stopped;
  expect(slack.posts.all.length).toBeLessThan(60);
  await startTestApp(slack.settings, database);
  await expect.poll(() => slack.posts.all.length, { timeout: 30_000 }).toBe(60);
  expect(threadsOf(slack.posts.all).toSorted()).toEqual(expectedThreads('JON', 60));
});

test('a process that is killed loses nothing and doubles nothing', async () => {
  const database = await copyOfTemplate();
  const slack = await new SlackStandIn().start();
  holdAfter(slack, 5);
  const steward = await startProcess(slack, database);
  await askTimes(steward, 'JON', 60);
  await expect.poll(() => slack.posts.all.length, { timeout: 30_000 }).toBe(13);
  await steward.kill();
  slack.holds = () => undefined;
  await expireLeases(database);
  await startTestApp(slack.settings, database);
  await expect.poll(() => slack.posts.all.length, { timeout: 30_000 }).toBe(60);
  expect(threadsOf(slack.posts.all).toSorted()).toEqual(expectedThreads('JON', 60));
  expect((await openInbox(database)).length).toBe(0);
}, 90_000);

async function openInbox(database: DatabaseLocation) {
  if (database.kind === 'embedded') return [];
  const { db } = await openTestDatabase(database);
  return db.selectFrom('inbox').select('id').where('done_at', 'is', null).execute();
}

test('who waits in a thread of Slack is shown so there, and nowhere else', async () => {
  const { app, slack } = await startWithSlack();
  const release = holdAfter(slack, 0);
  await askTimes(app, 'JON', 10);
  const begun = slack.statuses.length;
  await expect.poll(() => slack.statuses.length - begun, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  release();
  await expect.poll(() => slack.posts.all.length).toBe(10);
  expect(slack.posts.all.filter((post) => !isAnswer(post))).toEqual([]);
});

test('who waits where nothing lasting can be shown hears it once', async () => {
  const { app, slack } = await startWithSlack();
  const release = holdAfter(slack, 0);
  await askTimes(app, 'JON', 8);
  const waiting = ['LEE', 'LEE', 'ARUN'];
  await Promise.all(waiting.map((name, number) => askByCommand(app, slack, name, number)));
  const notices = () => slack.posts.all.filter((post) => !isAnswer(post)).map(({ args }) => args['path']);
  await expect.poll(() => notices().toSorted(), { timeout: 25_000 }).toEqual(['/response/ARUN', '/response/LEE']);
  // Lee's other turn was looked at, too.
  const shown = app.database.db.selectFrom('inbox').select('id').where('shown_at', 'is not', null);
  await expect.poll(async () => (await shown.execute()).length, { timeout: 25_000 }).toBe(3);
  release();
  await expect.poll(() => slack.posts.all.filter(isAnswer).length, { timeout: 25_000 }).toBe(11);
  expect(notices()).toHaveLength(2);
}, 90_000);

test('in Teams a notice says that a question waits', async () => {
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp(teams.settings);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  const isNotice = (activity: object) => JSON.stringify(activity).includes(QUEUED);
  teams.holds = (activity) => (isNotice(activity) ? undefined : promise);
  for (let number = 0; number < 9; number++) {
    await teams.post(app, teams.activityOf(number < 8 ? 'aad-jon' : 'aad-lee', { text: QUESTION }));
  }
  const heard = await teams.activities.next(isNotice);
  expect(heard.conversation.id).toBe('a:aad-lee');
  release();
});

test('the inbox finds its next turns, and a new turn its round, by an index', async () => {
  const { db } = await openTestDatabase();
  await sql`
    insert into inbox (platform, workspace, delivery_id, turn, round, done_at)
    select 'web', 'example', n, jsonb_build_object('sender', jsonb_build_object('userId', (n % 100)::text)), n,
      case when n > 1000 then now() end
    from generate_series(1, 20000) n`.execute(db);
  await sql`analyze inbox`.execute(db);
  const plans = [
    sql`explain select id from inbox where done_at is null and (leased_until is null or leased_until < now())
      order by round, id limit 8 for update skip locked`,
    sql`explain select min(round) from inbox where done_at is null`,
    sql`explain select max(round) + 1 from inbox where sender = '{"userId": "7"}'::jsonb and done_at is null`,
  ];
  for (const plan of plans) {
    const { rows } = await plan.execute(db);
    expect(JSON.stringify(rows)).toMatch(/Index (Only )?Scan.*inbox_open/);
    expect(JSON.stringify(rows)).not.toContain('Seq Scan');
  }
});

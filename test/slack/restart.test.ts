import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';
import { expireLeases, startProcess } from '../support/process.ts';
import { SlackStandIn } from '../support/slack.ts';
import { replay } from '../support/slack-payloads.ts';

/** Each kind of turn, with what its reply says and how it is said. */
const KINDS: Readonly<Record<string, readonly [method: string, text: RegExp]>> = {
  'message.im': ['chat.postMessage', /"thread_ts":"1732460030.000300"/],
  'message.channels': ['chat.postMessage', /A\.2\.4.*"channel":"C061EG9SL"/],
  // Where reading takes long, the reply takes the place of what was shown meanwhile.
  'message.im.file_share': ['chat.postMessage or chat.update', /Proposed for test report Mia/],
  'app_mention.private': ['chat.postMessage', /"channel":"G09NXKJKA"/],
  slash_command: ['response', /Top management/],
  'slash_command.form': ['views.update', /Give a role/],
  'block_actions.button': ['chat.postMessage', /\/aims ask/],
  'block_actions.ephemeral': ['response', /\/aims ask/],
  'block_actions.page': ['views.update', /5\.2 AI policy/],
  'block_actions.modal.page': ['views.update', /A\.2\.2 AI policy/],
  'block_actions.feedback.positive': ['chat.postMessage', /Noted: helpful\./],
  'block_actions.feedback.negative': ['views.update', /What is the matter with it/],
  'block_actions.home': ['chat.postMessage', /"channel":"D024BE91L"(?!.*thread_ts)/],
  view_submission: ['chat.postMessage', /Dana Okafor is auditor/],
  'view_submission.about': ['chat.postMessage', /About the message: .*"channel":"U0JON"/],
  message_action: ['views.update', /Ask about a message.*The shop bot shall decide/],
  'message_action.to_do': ['views.update', /a conversation in Slack.*The shop bot shall decide/],
};

const IN_DOUBT = /cannot tell whether it arrived/;

/** A question was asked in a channel, its answer is number 1, and Lee is known as administrator. */
async function prepared() {
  const slack = await new SlackStandIn().start();
  slack.serves = () => ({ body: Buffer.from('Mia was tested.') });
  const database = await copyOfTemplate();
  const app = await startTestApp(slack.settings, database);
  await replay(app, slack, 'app_mention');
  await slack.posts.next();
  await replay(app, slack, 'slash_command.form');
  await slack.posts.next();
  const { db } = app.database;
  // So that Slack is asked anew who everybody is; and the form is asked for again.
  await sql`update person_identity set checked_at = '2000-01-01'`.execute(db);
  await sql`delete from inbox where delivery_id like '%.b57d1f0c2a5f4e7b2'`.execute(db);
  await app.stop();
  slack.posts.all.length = 0;
  return { slack, database };
}

test.each([
  [
    'while a reply is being found',
    (slack: SlackStandIn, held: Promise<unknown>) => {
      slack.delays = (method) => (method === 'users.info' ? held : undefined);
    },
  ],
  [
    'while a reply is being sent',
    (slack: SlackStandIn, held: Promise<unknown>) => {
      slack.holds = () => held;
    },
  ],
])(
  'whatever was asked, a process that is killed %s loses nothing and repeats nothing',
  async (_when, hold) => {
    const { slack, database } = await prepared();
    const { promise: held } = Promise.withResolvers<void>();
    hold(slack, held);
    const steward = await startProcess(slack, database);
    for (const name of Object.keys(KINDS)) expect((await replay(steward, slack, name)).status).toBe(200);
    await expect
      .poll(() => slack.posts.all.length + slack.calls.filter(({ method }) => method === 'users.info').length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(7);
    await steward.kill();
    slack.delays = () => undefined;
    slack.holds = () => undefined;
    await expireLeases(database);
    const app = await startTestApp(slack.settings, database);
    const open = () => app.database.db.selectFrom('inbox').select('id').where('done_at', 'is', null).execute();
    await expect.poll(open, { timeout: 20_000 }).toEqual([]);
    const unsent = () =>
      app.database.db
        .selectFrom('outbox')
        .select('key')
        .where('sent_at', 'is', null)
        .where('failed_at', 'is', null)
        .execute();
    await expect.poll(unsent, { timeout: 20_000 }).toEqual([]);
    const said = slack.posts.all.map(({ method, args }) => [method, JSON.stringify(args)] as const);
    for (const [name, [method, text]] of Object.entries(KINDS)) {
      const replies = said.filter(([how, what]) => method.split(' or ').includes(how) && text.test(what));
      // What is filled again with the same shows it once.
      const times = new Set(replies.map((reply, index) => (reply[0].endsWith('.update') ? reply.join() : index))).size;
      // Slack cannot be asked about what one person alone sees, and the process may have died before it had begun to send.
      const isSaid = method === 'response' && said.some(([how, what]) => how === method && IN_DOUBT.test(what));
      expect({ name, times: isSaid ? Math.max(times, 1) : times }).toEqual({ name, times: 1 });
    }
    const { db } = await openTestDatabase(database);
    const changes = await sql`select from role_assignment where role = 'auditor'`.execute(db);
    expect(changes.rows).toHaveLength(1);
  },
  120_000,
);

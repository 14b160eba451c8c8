import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { giveRole } from '../../src/people/role-assignments.ts';
import { startTestApp } from '../support/app.ts';
import type { Chatter, SeenReply } from '../support/chatter.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { APP_ID, TENANT, TeamsChatter, TeamsStandIn } from '../support/teams.ts';
import { WebChatter } from '../support/web.ts';

const UNKNOWN = 'Is our chatbot vendor insured against AI damages?';

const asking = (reply: SeenReply) => reply.actions.find(({ label }) => label.startsWith('Ask Dana'))?.id ?? '';

async function askLead(jon: Chatter): Promise<SeenReply> {
  return jon.press(asking(await jon.say(UNKNOWN)));
}

async function makeLead({ database: { db } }: App, name: string): Promise<void> {
  const { id } = await db.selectFrom('person').select('id').where('display_name', '=', name).executeTakeFirstOrThrow();
  await governedChange(db, { kind: 'system' }, (change) =>
    giveRole(change, { person: id, role: 'compliance_lead', deputy: undefined, endsOn: undefined }),
  );
}

test('in Slack a lead who never wrote to Steward directly is reached by their id', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  const inChannel = { type: 'app_mention', channel: 'C0CHANNEL', channel_type: 'channel', user: 'U0DANA' };
  await signedRequest(app, messageEvent('/aims help', inChannel));
  await slack.posts.next();
  await makeLead(app, 'Dana Okafor');
  await askLead(new SlackChatter(app, slack, 'jon'));
  const { args } = await slack.posts.next();
  expect(args).toMatchObject({ channel: 'U0DANA' });
  expect(args).not.toHaveProperty('thread_ts');
});

test('in a thread of a direct message the next message still goes to the conversation itself', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp(slack.settings);
  await signedRequest(app, messageEvent('/aims help', { user: 'U0DANA', channel: 'D0DANA', thread_ts: '1700.1' }));
  await slack.posts.next();
  await makeLead(app, 'Dana Okafor');
  await askLead(new SlackChatter(app, slack, 'jon'));
  const { args } = await slack.posts.next();
  expect(args).toMatchObject({ channel: 'D0DANA' });
  expect(args).not.toHaveProperty('thread_ts');
});

test('in Teams, who was never in a personal chat hears it as soon as they are', async () => {
  const teams = await new TeamsStandIn().start();
  const app = await startTestApp(teams.settings);
  const conversation = { id: '19:abc@thread.tacv2', conversationType: 'channel', isGroup: true, tenantId: TENANT };
  const mention = { type: 'mention', text: '<at>Steward</at>', mentioned: { id: `28:${APP_ID}`, name: 'Steward' } };
  const text = '<at>Steward</at> /aims help';
  await teams.post(app, teams.activityOf('aad-dana', { text, conversation, entities: [mention] }));
  await teams.activities.next();
  await makeLead(app, 'Dana Okafor');
  expect((await askLead(new TeamsChatter(app, teams, 'jon'))).text).toContain('waiting for Dana Okafor');
  const dana = new TeamsChatter(app, teams, 'dana');
  expect((await dana.say('/aims help')).text).toContain('I help your organisation');
  expect((await dana.hear()).text).toContain(`Jon Reyes asks: ${UNKNOWN}`);
  expect((await dana.say('/aims help')).text).toContain('I help your organisation');
});

test('in the web chat it is there when the person opens the page, and in the history', async () => {
  const app = await startTestApp();
  await askLead(new WebChatter(app, 'jon'));
  const dana = new WebChatter(app, 'dana');
  expect((await dana.hear()).text).toContain('GAP-1');
  expect((await dana.history()).map(({ text }) => text)).toEqual([expect.stringContaining(UNKNOWN)]);
});

test('an open page of the web chat shows it live', async () => {
  const app = await startTestApp();
  const dana = new WebChatter(app, 'dana');
  const heard = dana.hear();
  await expect.poll(() => app.database.db.selectFrom('person_address').selectAll().execute()).toHaveLength(1);
  await askLead(new WebChatter(app, 'jon'));
  expect((await heard).text).toContain('GAP-1');
});

test('two who ask the same at once open one gap, and the lead is asked once', async () => {
  const app = await startTestApp();
  const dana = new WebChatter(app, 'dana');
  await dana.say('/aims help');
  const askers = ['jon', 'arun', 'miriam', 'sofia'].map((name) => new WebChatter(app, name));
  const declined = await Promise.all(askers.map((asker) => asker.say(UNKNOWN)));
  const replies = await Promise.all(askers.map((asker, index) => asker.press(asking(declined[index] as SeenReply))));
  expect(replies.every(({ text }) => text.includes('GAP-1'))).toBe(true);
  expect((await dana.hear()).text).toContain('GAP-1');
  const { text } = await dana.say('/aims questions GAP-1');
  for (const name of ['Jon Reyes', 'Arun Mehta', 'Miriam Falk', 'Sofia Brandt']) expect(text).toContain(name);
  expect((await dana.say('/aims questions')).text).toContain('1 open question,');
});

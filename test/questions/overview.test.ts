import { expect, test } from 'vitest';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { askGap } from '../../src/records/knowledge-gap.ts';
import { startTestApp } from '../support/app.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { WebChatter } from '../support/web.ts';

test('a long list says how many more there are, and ends with a next step', async () => {
  const app = await startTestApp();
  const { db } = app.database;
  const jon = await db
    .selectFrom('person')
    .select('id')
    .where('display_name', '=', 'Jon Reyes')
    .executeTakeFirstOrThrow();
  for (const noun of ['apples', 'bees', 'clouds', 'dogs', 'elms', 'figs', 'goats', 'hens', 'inks', 'jars']) {
    const topic = { id: noun < 'e' ? 'A.2.2' : 'A.10.3', title: noun < 'e' ? 'AI policy' : 'Suppliers' };
    const question = { asker: jon.id, platform: 'web', question: `Who feeds the ${noun}?`, topic } as const;
    await governedChange(db, { kind: 'system' }, (change) => askGap(change, question));
  }
  const list = await new WebChatter(app, 'dana').say('/aims questions');
  expect(list.text).toContain('10 open questions, 0 answers that did not help, 0 reviewed answers.');
  expect(list.text).toMatch(/AI policy \(A\.2\.2\).*GAP-4.*Suppliers \(A\.10\.3\).*GAP-8/s);
  expect(list.text).toContain('And 2 more open questions; they come up as you go on.');
  expect(list.text).toMatch(/Next: answer GAP-1; it has waited longest\.[^\n]*$/);
  expect(list.actions.filter(({ label }) => label.startsWith('Answer GAP-'))).toHaveLength(8);
});

test('in a channel the list goes to the lead alone', async () => {
  const slack = await new SlackStandIn().start();
  const app = await startTestApp({ ...slack.settings, STEWARD_ADMINISTRATORS: 'dana@example.org' });
  const dana = new SlackChatter(app, slack, 'dana');
  await dana.command('roles give');
  await dana.submit({ person: 'U0DANA', role: 'compliance_lead' });
  const inChannel = { type: 'app_mention', channel: 'C0CHANNEL', channel_type: 'channel', user: 'U0DANA' };
  await signedRequest(app, messageEvent('/aims questions', inChannel));
  const inPublic = await slack.posts.next();
  expect(JSON.stringify(inPublic.args['blocks'])).toContain('for you alone');
  expect(inPublic.args).toMatchObject({ channel: 'C0CHANNEL' });
  expect((await dana.hear()).text).toContain('0 open questions');
});

test('a reviewed answer for the committee opens beside the web chat for the committee alone', async () => {
  const app = await startTestApp();
  const jon = new WebChatter(app, 'jon');
  const dana = new WebChatter(app, 'dana');
  const declined = await jon.say('Is our chatbot vendor insured against AI damages?');
  await jon.press(declined.actions.find(({ label }) => label.startsWith('Ask Dana'))?.id ?? '');
  const request = await dana.hear();
  await dana.press(request.actions[0]?.id ?? '');
  await dana.submit({ answer: '<b>Not</b> insured.', visibility: 'committee' });
  const page = (person: string) => fetch(`${app.webChatUrl}/api/pages/QA-1?person=${person}`);
  const html = ((await (await page('arun')).json()) as { html: string }).html;
  expect(html).toContain('&lt;b&gt;Not');
  expect(html).not.toContain('Sources');
  for (const other of ['jon', 'sofia', 'eve', '']) expect((await page(other)).status).toBe(404);
});

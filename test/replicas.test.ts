import { expect, test } from 'vitest';
import { startTestApp } from './support/app.ts';
import { copyOfTemplate } from './support/database.ts';
import { messageEvent, SlackStandIn, signedRequest } from './support/slack.ts';

test('two replicas that get the same delivery answer it once', async ({ skip }) => {
  const database = await copyOfTemplate();
  skip(database.kind === 'embedded', 'Two processes cannot share the embedded database: run with DATABASE_URL.');
  const slack = await new SlackStandIn().start();
  const replicas = [await startTestApp(slack.settings, database), await startTestApp(slack.settings, database)];
  for (let number = 0; number < 10; number++) {
    const body = messageEvent('Who has to sign the AI policy?', {}, `Ev-${number}`);
    const answers = await Promise.all(replicas.map((replica) => signedRequest(replica, body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  }
  for (let number = 0; number < 10; number++) await slack.posts.next();
  await Promise.all(replicas.map((replica) => replica.stop()));
  expect(slack.posts.all).toHaveLength(10);
});

test('what one process took in and did not finish, the next one finishes', async () => {
  const slack = await new SlackStandIn().start();
  const database = await copyOfTemplate();
  const first = await startTestApp(slack.settings, database);
  await first.database.db
    .insertInto('inbox')
    .values({
      platform: 'slack',
      workspace: 'T0TEAM',
      delivery_id: 'left-behind',
      attempts: 1,
      leased_until: new Date(0),
      turn: JSON.stringify({
        deliveryId: 'left-behind',
        sender: { platform: 'slack', workspace: 'T0TEAM', userId: 'U0JON' },
        conversation: { id: 'D0', kind: 'direct', sharedOutside: false },
        content: { kind: 'message', text: 'Who has to sign the AI policy?' },
        address: { platform: 'slack', workspace: 'T0TEAM', conversation: 'D0', thread: 'D0', route: {} },
      }),
    })
    .execute();
  await first.stop();
  await startTestApp(slack.settings, database);
  expect((await slack.posts.next()).args).toMatchObject({ channel: 'D0' });
});

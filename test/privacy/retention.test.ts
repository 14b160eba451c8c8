import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readEntries } from '../../src/event-log/event-log.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { startTestApp } from '../support/app.ts';
import type { SeenReply } from '../support/chatter.ts';
import { runJob } from '../support/jobs.ts';
import { WebChatter } from '../support/web.ts';
import { whereIs } from './everything.ts';

const button = (reply: SeenReply, label: string) =>
  reply.actions.find((action) => action.label.startsWith(label))?.id ?? '';

/** Questions of which one became an answer, one waits, and one got an answer that did not help; all so many days ago. */
async function longAgo(days: number, settings: Record<string, string> = {}) {
  const app = await startTestApp(settings);
  const { db } = app.database;
  const [jon, dana] = [new WebChatter(app, 'jon'), new WebChatter(app, 'dana')];
  await dana.say('/aims help');
  await jon.press(button(await jon.say('Is the Zanzibar vendor insured against AI damages?'), 'Ask Dana'));
  await dana.press(button(await dana.hear(), 'Answer'));
  await dana.submit({ answer: 'No.', visibility: 'everyone' });
  await jon.hear();
  await jon.press(button(await jon.say('What is the best pizza in Quezon City?'), 'Ask Dana'));
  await dana.hear();
  const answer = await jon.say('Who has to sign the AI policy?');
  await jon.press(button(answer, 'Not helpful'));
  await jon.submit({ reason: 'wrong', comment: 'Ask in Timbuktu.' });
  const times = {
    thread_message: ['at'],
    inbox: ['received_at', 'done_at'],
    outbox: ['created_at'],
    answer: ['at'],
    answer_feedback: ['at'],
    knowledge_gap: ['opened_at', 'closed_at'],
  };
  for (const [table, columns] of Object.entries(times)) {
    for (const column of columns) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - ${days} * interval '1 day'`.execute(
        db,
      );
    }
  }
  const expired = async () => {
    const entries = [];
    for await (const { action, detail } of readEntries(db))
      if (action === 'personal-data.expired') entries.push(detail);
    return entries;
  };
  const removed = async () => {
    await runJob(app, 'remove-old');
    await expect.poll(expired, { timeout: 20_000, interval: 200 }).toHaveLength(1);
    return (await expired())[0];
  };
  return { db, jon, dana, answer, removed };
}

test('after 30 days messages go, and questions stay', { timeout: 60_000 }, async () => {
  const { db, jon, removed } = await longAgo(31);
  expect(await removed()).toEqual({
    messageDays: 30,
    questionDays: 365,
    removed: {
      'messages in threads': expect.any(Number),
      'received messages': 10,
      'sent messages': expect.any(Number),
    },
  });
  expect(await whereIs(db, ['Quezon'])).toEqual([
    'answer.question',
    'knowledge_gap.question',
    'knowledge_gap_asker.question',
  ]);
  expect(await jon.history()).toEqual([]);
  expect((await verifyChain(readEntries(db))).faults).toEqual([]);
});

test('after a year questions go too, but for what waits and what the organisation answered', {
  timeout: 60_000,
}, async () => {
  const { db, jon, dana, answer, removed } = await longAgo(366);
  expect(await removed()).toMatchObject({
    removed: { 'questions with their answers': 3, 'comments on answers': 1, 'askers of closed questions': 1 },
  });
  expect(await whereIs(db, ['Timbuktu'])).toEqual([]);
  expect(await whereIs(db, ['Quezon'])).toEqual(['knowledge_gap.question', 'knowledge_gap_asker.question']);
  const list = await dana.say('/aims questions');
  expect(list.text).toContain('1 open question');
  expect(list.text).toContain('0 answers that did not help');
  // A button under an answer that is gone says so.
  expect((await jon.press(button(answer, 'Not helpful'))).inputs).toEqual([]);
});

test('how long is a setting', { timeout: 60_000 }, async () => {
  const { db, removed } = await longAgo(3, { MESSAGE_RETENTION_DAYS: '2', QUESTION_RETENTION_DAYS: '2' });
  expect(await removed()).toMatchObject({ messageDays: 2, questionDays: 2 });
  expect(await whereIs(db, ['Timbuktu'])).toEqual([]);
});

import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { allSent, TeamsStandIn } from '../support/teams.ts';
import { ATTACHED, PAYLOADS, replay } from '../support/teams-payloads.ts';

async function start() {
  const teams = await new TeamsStandIn().start();
  teams.files.set(ATTACHED, { body: Buffer.from('Top management signs it.') });
  const app = await startTestApp(teams.settings);
  return { teams, app, replay: (name: string, over?: Record<string, string>) => replay(app, teams, name, over) };
}

const contents = async (app: App) => {
  const rows = await app.database.db.selectFrom('inbox').select('turn').orderBy('id').execute();
  return rows.map(({ turn }) => (turn as { content: unknown }).content);
};

const QUESTION = 'who signs the AI policy?';

/** What is stored of each, and a part of what is said to it. */
const TAKEN: readonly [name: string, content: object, reply: string][] = [
  ['message-personal', { kind: 'message', text: 'Who has to sign the AI policy?' }, 'Top management'],
  ['message-command', { kind: 'message', text: 'roles' }, 'Administrator'],
  ['message-channel', { kind: 'message', text: `${QUESTION} & why` }, 'Top management'],
  ['message-group', { kind: 'message', text: QUESTION }, 'Top management'],
  ['message-targeted', { kind: 'message', text: 'roles' }, 'Administrator'],
  ['message-shared-channel', { kind: 'message', text: QUESTION }, 'Top management'],
  [
    'message-file',
    { kind: 'message', text: '', files: [expect.objectContaining({ name: 'AI policy.pdf' })] },
    'Proposed for AI policy',
  ],
  [
    'message-picture',
    { kind: 'message', text: '', files: [expect.objectContaining({ name: 'picture' })] },
    'pasted into the message',
  ],
  ['card-action', { kind: 'action', action: 'command:run:roles' }, 'Administrator'],
  ['card-submit-of-an-old-client', { kind: 'action', action: 'command:run:roles' }, 'Administrator'],
  ['card-form', { kind: 'form', form: 'questions:unhelpful:1', values: { reason: 'wrong' } }, 'given to somebody else'],
  ['installed-personal', { kind: 'action', action: 'command:run:help' }, 'I help your organisation'],
  ['installation-added', { kind: 'action', action: 'command:run:help' }, 'I help your organisation'],
  ['installed-team', { kind: 'action', action: 'command:run:help' }, 'I help your organisation'],
];

/** Answered, and nothing of it is kept or said. */
const DROPPED: readonly string[] = [
  'message-channel-overheard',
  'message-edited',
  'message-undeleted',
  'message-deleted',
  'message-reaction',
  'message-of-a-bot',
  'typing',
  'read-receipt',
  'installation-upgraded',
  'installation-removed-personal',
  'member-joined',
  'member-left',
  'event-channelCreated',
  'event-channelRenamed',
  'event-channelDeleted',
  'event-teamRenamed',
  'event-teamArchived',
  'event-teamDeleted',
];

/** Nothing that Steward offers. */
const NOT_OFFERED = ['invoke-search', 'invoke-file-consent', 'invoke-task'];

const FEEDBACK = ['feedback-like', 'feedback-dislike', 'feedback-form', 'feedback-form-of-teams'];

const OTHERS = ['card-form-faulty', 'removed-team', 'installation-removed'];

test('every recorded payload is replayed', async () => {
  const recordings = (await readdir(PAYLOADS)).map((file) => file.replace('.json', ''));
  const replayed = [...TAKEN.map(([name]) => name), ...DROPPED, ...NOT_OFFERED, ...FEEDBACK, ...OTHERS];
  expect(recordings.toSorted()).toEqual(replayed.toSorted());
});

test.each(TAKEN)('%s is answered', async (name, content, reply) => {
  const { teams, app, replay } = await start();
  expect((await replay(name)).status).toBe(200);
  expect(JSON.stringify(await teams.activities.next())).toContain(reply);
  expect(await contents(app)).toEqual([content]);
});

test('what is nothing to Steward is acknowledged, and nothing of it is kept or answered', async () => {
  const { teams, app, replay } = await start();
  for (const name of DROPPED) expect(await replay(name), name).toEqual({ status: 200, body: {} });
  expect(await contents(app)).toEqual([]);
  await replay('message-personal');
  await teams.activities.next();
  expect(teams.activities.all).toHaveLength(1);
});

test('what Steward does not offer is refused as such', async () => {
  const { app, replay } = await start();
  for (const name of NOT_OFFERED) expect((await replay(name)).status, name).toBe(501);
  expect(await contents(app)).toEqual([]);
});

test('a faulty form comes back with its fault and what was filled in, and nothing is kept', async () => {
  const { app, replay } = await start();
  const { body } = await replay('card-form-faulty');
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  expect(JSON.stringify(body)).toContain('Choose what is the matter with it');
  expect(JSON.stringify(body)).toContain('"value":"boring"');
  expect(await contents(app)).toEqual([]);
});

test('thumbs lead to the same records as buttons elsewhere', async () => {
  const { teams, app, replay } = await start();
  await replay('message-personal');
  const answer = await teams.activities.next();
  expect(answer.channelData).toMatchObject({ feedbackLoop: { type: 'custom' } });
  const under = { ANSWER: answer.id ?? '' };
  await allSent(app);
  const rated = () =>
    app.database.db.selectFrom('answer_feedback').select(['is_helpful', 'reason', 'comment']).execute();

  const like = await replay('feedback-like', under);
  expect(like.body).toEqual({ task: { type: 'message', value: 'I note it in the chat.' } });
  expect((await teams.activities.next()).text).toContain('Noted: helpful.');
  expect(await rated()).toEqual([{ is_helpful: true, reason: null, comment: null }]);

  const dislike = await replay('feedback-dislike', under);
  expect(dislike.body).toMatchObject({ task: { type: 'continue', value: { title: 'Not helpful' } } });
  const form = await replay('feedback-form', under);
  expect(form).toEqual({ status: 200, body: {} });
  expect((await teams.activities.next()).text).toContain('Recorded: not helpful (incomplete).');
  expect(await rated()).toEqual([{ is_helpful: false, reason: 'incomplete', comment: 'Who in our house?' }]);

  const own = await replay('feedback-form-of-teams', under);
  expect(own).toEqual({ status: 200, body: {} });
  expect((await teams.activities.next()).text).toContain('Choose what is the matter with it. Nothing was changed.');
});

test('a thumb under a message that is no answer of this conversation changes nothing', async () => {
  const { app, replay } = await start();
  expect((await replay('feedback-like')).body).toMatchObject({ task: { type: 'message' } });
  expect((await replay('feedback-form')).body).toEqual({});
  expect(await contents(app)).toEqual([]);
});

test.each(['removed-team', 'installation-removed'])('%s is told to administrators, by name', async (name) => {
  const { teams, replay, app } = await start();
  await teams.post(app, teams.activityOf('aad-lee', { text: '/aims help' }));
  await teams.activities.next();
  expect(await replay(name)).toEqual({ status: 200, body: {} });
  const told = await teams.activities.next();
  expect(told.conversation.id).toBe('a:aad-lee');
  expect(told.text).toContain('team AI governance: I was removed from it');
});

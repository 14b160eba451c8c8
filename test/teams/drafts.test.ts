import { expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { APP_ID, allSent, TENANT, TeamsStandIn } from '../support/teams.ts';

const FIRST = 'The top of the organisation decides on the AI policy [1].';
const SECOND = 'Others may draft it [1].';
/** A sentence is checked, and seen, once the next one has begun. */
const PIECES = [`${FIRST} Others`, ' may draft it [1]. Top', ' management approves it [1].'];

/** A model that says one sentence after another, each when it is let. */
async function start() {
  const teams = await new TeamsStandIn().start();
  const model = await new ChatModelStandIn().start();
  const app = await startTestApp({ ...teams.settings, ...model.settings });
  const steps = PIECES.map(() => Promise.withResolvers<void>());
  model.answer = () => ({ say: steps.flatMap(({ promise }, index) => [promise, PIECES[index] ?? '']) });
  const ask = (over: Record<string, unknown> = {}) =>
    teams.post(app, teams.activityOf('aad-jon', { text: 'Who has to sign the AI policy?', ...over }));
  return { teams, app, model, steps, ask };
}

const states = (teams: TeamsStandIn) =>
  teams.drafts.all.map(({ id, text, entities, channelData }) => {
    expect(channelData).toMatchObject({ streamType: expect.any(String) });
    const [{ streamType, streamSequence, streamId } = {}] = (entities ?? []) as {
      streamType?: string;
      streamSequence?: number;
      streamId?: string;
    }[];
    return { id, text: text?.replaceAll('\\', ''), streamType, streamSequence, streamId };
  });

test('in a personal chat an answer is seen while it is written, and its message closes the stream', async () => {
  const { teams, steps, ask } = await start();
  await ask();
  const informed = await teams.drafts.next();
  steps[0]?.resolve();
  await teams.drafts.next(({ text }) => text?.includes('decides') === true);
  steps[1]?.resolve();
  await teams.drafts.next(({ text }) => text?.includes('Others') === true);
  steps[2]?.resolve();
  const whole = await teams.activities.next();
  const { id } = informed;
  expect(states(teams)).toEqual([
    { id, text: 'Looking it up …', streamType: 'informative', streamSequence: 1, streamId: undefined },
    { id, text: FIRST, streamType: 'streaming', streamSequence: 2, streamId: id },
    { id, text: `${FIRST} ${SECOND}`, streamType: 'streaming', streamSequence: 3, streamId: id },
  ]);
  expect(whole.id).toBe(id);
  expect(whole.text).toContain('Top management approves it [1]');
  expect(whole.channelData).toEqual({ feedbackLoop: { type: 'custom' }, streamId: id, streamType: 'final' });
  expect(whole.entities).toMatchObject([
    { additionalType: ['AIGeneratedContent'], citation: [{ position: 1 }] },
    { type: 'streaminfo', streamId: id, streamType: 'final' },
  ]);
});

test('feedback under an answer that was streamed finds it', async () => {
  const { teams, app, steps, ask } = await start();
  await ask();
  await teams.drafts.next();
  for (const step of steps) step.resolve();
  const { id } = await teams.activities.next();
  await allSent(app);
  const value = { actionName: 'feedback', actionValue: { reaction: 'like' } };
  await teams.post(
    app,
    teams.activityOf('aad-jon', { type: 'invoke', name: 'message/fetchTask', replyToId: id, value }),
  );
  expect((await teams.activities.next()).text).toContain('Noted: helpful.');
});

test.each([
  ['channel', { id: '19:abc@thread.tacv2;messageid=17', conversationType: 'channel', isGroup: true, tenantId: TENANT }],
  ['group chat', { id: '19:abc@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: TENANT }],
])('in a %s nothing is streamed', async (_name, conversation) => {
  const { teams, model, ask } = await start();
  model.answer = () => ({ say: FIRST, ends: 'hang' });
  const mention = { type: 'mention', text: '<at>Steward</at>', mentioned: { id: `28:${APP_ID}`, name: 'Steward' } };
  await ask({ text: '<at>Steward</at> Who has to sign the AI policy?', conversation, entities: [mention] });
  expect((await teams.activities.next()).conversation.id).toBe(conversation.id);
  expect(teams.drafts.all).toEqual([]);
});

test('where the person stops the stream, or Teams ends it, the answer is a message of its own', async () => {
  const { teams, steps, ask } = await start();
  await ask();
  const { id = '' } = await teams.drafts.next();
  teams.gone.add(id);
  for (const step of steps) step.resolve();
  const whole = await teams.activities.next();
  expect(whole.entities).toHaveLength(1);
  expect(whole.channelData).toEqual({ feedbackLoop: { type: 'custom' } });
  expect(whole.id).not.toBe(id);
  await expect.poll(() => teams.removed).toEqual([id]);
});

test('two questions at once are both answered, and one of them is streamed', async () => {
  const { teams, steps, ask } = await start();
  await ask();
  await ask({ text: 'Who has to approve the AI policy?' });
  await teams.drafts.next();
  for (const step of steps) step.resolve();
  await teams.activities.next();
  await teams.activities.next();
  expect(new Set(teams.drafts.all.map(({ id }) => id)).size).toBe(1);
});

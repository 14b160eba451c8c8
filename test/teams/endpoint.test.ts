import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { startTestApp } from '../support/app.ts';
import { APP_ID, TENANT, TeamsStandIn } from '../support/teams.ts';

async function startWithTeams(): Promise<{ app: App; teams: TeamsStandIn }> {
  const teams = await new TeamsStandIn().start();
  return { app: await startTestApp(teams.settings), teams };
}

const inboxOf = (app: App) => app.database.db.selectFrom('inbox').selectAll().execute();

test.each([
  ['no token', async () => '', 401],
  ['a token that is none', async () => 'abc', 401],
  ['a token for another bot', (teams: TeamsStandIn) => teams.token({ audience: 'somebody-else' }), 401],
  ['a token of another issuer', (teams: TeamsStandIn) => teams.token({ issuer: 'https://evil.example' }), 401],
  ['a token for another service', (teams: TeamsStandIn) => teams.token({ serviceUrl: 'https://evil.example' }), 401],
  ['an expired token', (teams: TeamsStandIn) => teams.token({ expires: '-1h' }), 401],
])('a request with %s is refused and nothing is written', async (_name, token, status) => {
  const { app, teams } = await startWithTeams();
  const response = await teams.post(app, teams.activityOf('aad-jon', { text: 'hi' }), await token(teams));
  expect(response.status).toBe(status);
  expect(await inboxOf(app)).toEqual([]);
});

test.each([
  ['malformed JSON', '{"type":', 400],
  ['no activity', '{"hello":"world"}', 400],
  ['an oversized body', JSON.stringify({ type: 'message', text: 'x'.repeat(600_000) }), 413],
])('a request with %s is refused and nothing is written', async (_name, body, status) => {
  const { app, teams } = await startWithTeams();
  expect((await teams.post(app, body)).status).toBe(status);
  expect(await inboxOf(app)).toEqual([]);
});

test('another tenant is refused and nothing is written', async () => {
  const { app, teams } = await startWithTeams();
  const conversation = { id: 'a:1', conversationType: 'personal', tenantId: '33333333-3333-3333-3333-333333333333' };
  const response = await teams.post(app, teams.activityOf('aad-jon', { text: 'hi', conversation }));
  expect(response.status).toBe(403);
  expect(await inboxOf(app)).toEqual([]);
});

test('citations and the AI label are really on the wire', async () => {
  const { app, teams } = await startWithTeams();
  await teams.post(app, teams.activityOf('aad-jon', { text: 'Who has to sign the AI policy?' }));
  const activity = await teams.activities.next();
  const [message, ...others] = activity.entities ?? [];
  expect(others).toEqual([]);
  expect(message).toMatchObject({ type: 'https://schema.org/Message', additionalType: ['AIGeneratedContent'] });
  const [citation] = (message as { citation?: unknown[] }).citation ?? [];
  const appearance = { '@type': 'DigitalDocument', name: '5.2 AI policy' };
  expect(citation).toMatchObject({ '@type': 'Claim', position: 1, appearance });
  expect(activity.text).toContain('[1]');
});

test('a mention in a channel is answered in its thread, without the mention', async () => {
  const { app, teams } = await startWithTeams();
  const mention = { type: 'mention', text: '<at>Steward</at>', mentioned: { id: `28:${APP_ID}`, name: 'Steward' } };
  const conversation = {
    id: '19:abc@thread.tacv2;messageid=17',
    conversationType: 'channel',
    isGroup: true,
    tenantId: TENANT,
  };
  const text = '<at>Steward</at> who signs the AI policy?';
  await teams.post(app, teams.activityOf('aad-jon', { text, conversation, entities: [mention] }));
  const activity = await teams.activities.next();
  expect(activity.conversation.id).toBe(conversation.id);
  expect(activity.text).toContain('Top management');
});

test('a delivery that Teams repeats is answered once', async () => {
  const { app, teams } = await startWithTeams();
  const activity = teams.activityOf('aad-jon', { text: 'Who has to sign the AI policy?' });
  await teams.post(app, activity);
  await teams.post(app, activity);
  await teams.activities.next();
  await teams.post(app, teams.activityOf('aad-jon', { text: '/aims help' }));
  await teams.activities.next();
  expect(teams.activities.all).toHaveLength(2);
});

test('a delivery that cannot be stored is refused, so that Teams delivers it again', async () => {
  const { app, teams } = await startWithTeams();
  await app.database.db.schema.alterTable('inbox').renameTo('inbox_away').execute();
  expect((await teams.post(app, teams.activityOf('aad-jon', { text: 'hi' }))).status).toBe(503);
});

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { IncomingActivity, Reference } from '../../src/adapters/teams/activity.ts';
import { Refused, type TeamsTransport, TransportFailure } from '../../src/adapters/teams/transport.ts';
import { readConfig, type TeamsConfig } from '../../src/config.ts';
import { TENANT, TeamsStandIn } from '../support/teams.ts';

/** What every filling of `TeamsTransport` promises, on the wire. @param open makes one */
export function transportContract(open: (config: TeamsConfig) => TeamsTransport): void {
  async function start(settings: Record<string, string> = {}) {
    const teams = await new TeamsStandIn().start();
    const { teams: config } = readConfig({ ...teams.settings, ...settings });
    if (!config) throw new Error('Teams is not configured.');
    const transport = open(config);
    const reference: Reference = {
      conversation: { id: 'a:jon', conversationType: 'personal', tenantId: TENANT },
      bot: { id: '28:bot', name: 'Steward' },
      channelId: 'msteams',
      serviceUrl: teams.url,
    };
    return { teams, transport, reference };
  }

  const receive = async (transport: TeamsTransport, token: string, activity: unknown) => {
    const seen: IncomingActivity[] = [];
    const answer = transport.receive(token && `Bearer ${token}`, activity, async (taken) => {
      seen.push(taken);
      return { status: 200, body: { taken: true } };
    });
    const refusal = await answer.then(
      () => undefined,
      (error: unknown) => (error instanceof Refused ? error.status : error),
    );
    return { seen, refusal, answer: await answer.catch(() => undefined) };
  };

  test('an activity with a good token is handed on as it came, and its answer goes back', async () => {
    const { teams, transport } = await start();
    const activity = teams.activityOf('aad-jon', { text: 'hi', channelData: { tenant: { id: TENANT }, more: [1] } });
    const { seen, answer } = await receive(transport, await teams.token(), structuredClone(activity));
    expect(seen).toMatchObject([activity]);
    expect(answer).toEqual({ status: 200, body: { taken: true } });
  });

  test.each([
    ['no token', async () => ''],
    ['a token that is none', async () => 'abc'],
    ['a token for another bot', (teams: TeamsStandIn) => teams.token({ audience: 'somebody-else' })],
    ['a token of another issuer', (teams: TeamsStandIn) => teams.token({ issuer: 'https://evil.example' })],
    ['a token for another service', (teams: TeamsStandIn) => teams.token({ serviceUrl: 'https://evil.example' })],
    ['an expired token', (teams: TeamsStandIn) => teams.token({ expires: '-1h' })],
  ])('an activity with %s is refused', async (_name, token) => {
    const { teams, transport } = await start();
    const activity = teams.activityOf('aad-jon', { text: 'hi' });
    expect(await receive(transport, await token(teams), activity)).toMatchObject({ seen: [], refusal: 401 });
  });

  test.each([
    ['another tenant', { conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'other' } }],
    ['another tenant in the channel', { conversation: { id: 'a:1' }, channelData: { tenant: { id: 'other' } } }],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: {} }],
  ])('an activity of %s is refused', async (_name, over) => {
    const { teams, transport } = await start();
    const activity = teams.activityOf('aad-jon', { text: 'hi', ...over });
    expect(await receive(transport, await teams.token(), activity)).toMatchObject({ seen: [], refusal: 403 });
  });

  test.each([{}, 7, { type: 'message', text: 7 }])('%j is no activity', async (body) => {
    const { teams, transport } = await start();
    expect(await receive(transport, await teams.token(), body)).toMatchObject({ seen: [], refusal: 400 });
  });

  test('what goes wrong while an activity is handled goes through as it is', async () => {
    const { teams, transport } = await start();
    const wrong = new Error('the database is away');
    const handled = transport.receive(`Bearer ${await teams.token()}`, teams.activityOf('aad-jon'), async () => {
      throw wrong;
    });
    await expect(handled).rejects.toBe(wrong);
  });

  test('what is said arrives in its conversation with all that was in it, and has an id', async () => {
    const { teams, transport, reference } = await start();
    const entity = { type: 'https://schema.org/Message', '@type': 'Message', citation: [], deep: { er: [{ x: 1 }] } };
    const content = { type: 'AdaptiveCard', version: '1.5', body: [] };
    const said = {
      type: 'message',
      text: 'Top management signs [1].',
      textFormat: 'markdown',
      summary: 'Top management signs.',
      entities: [entity],
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
      channelData: { feedbackLoop: { type: 'custom' } },
    } as const;
    const id = await transport.send(reference, said);
    const heard = await teams.activities.next();
    expect(heard).toMatchObject({ ...said, conversation: { id: 'a:jon' }, from: { id: '28:bot' } });
    expect(heard.entities).toEqual([entity]);
    expect(id).toBe(heard.id);
    expect(teams.targeted).toEqual([]);
  });

  test('what is for one person in a group is shown to that person alone', async () => {
    const { teams, transport, reference } = await start();
    await transport.send({ ...reference, onlyFor: '29:jon' }, { type: 'message', text: 'For you.' });
    expect((await teams.activities.next()).recipient.id).toBe('29:jon');
    expect(teams.targeted).toEqual(['isTargetedActivity=true']);
  });

  test('what was said is changed, and taken back', async () => {
    const { teams, transport, reference } = await start();
    await transport.update(reference, 'activity-7', { type: 'message', text: 'Approved.' });
    expect(await teams.activities.next()).toMatchObject({ id: 'activity-7', text: 'Approved.' });
    await transport.remove(reference, 'activity-7');
    expect(teams.removed).toEqual(['activity-7']);
    teams.gone.add('activity-8');
    const late = transport.update(reference, 'activity-8', { type: 'message', text: 'Approved.' });
    await expect(late).rejects.toMatchObject({ name: 'TransportFailure', status: 404 });
  });

  test.each([
    [
      { status: 429, headers: { 'retry-after': '17' } },
      { status: 429, retryAfter: 17 },
    ],
    [{ status: 429 }, { status: 429, retryAfter: undefined }],
    [{ status: 412 }, { status: 412, retryAfter: undefined }],
    [{ status: 502 }, { status: 502 }],
    [{ status: 504 }, { status: 504 }],
    [{ status: 403 }, { status: 403 }],
  ])('when Teams answers %j, that is told after one attempt', async (answer, told) => {
    const { teams, transport, reference } = await start();
    teams.failures.push(answer);
    const failure = transport.send(reference, { type: 'message', text: 'hi' });
    await expect(failure).rejects.toBeInstanceOf(TransportFailure);
    await expect(failure).rejects.toMatchObject(told);
    expect(teams.failures).toEqual([]);
    expect(teams.activities.all).toEqual([]);
  });

  test('credentials that are refused are told with their code', async () => {
    // An app that got no token before, which might be kept.
    const { teams, transport, reference } = await start({ TEAMS_APP_ID: randomUUID() });
    teams.refusal = 'AADSTS7000222';
    const refused = transport.send(reference, { type: 'message', text: 'hi' });
    await expect(refused).rejects.toMatchObject({ name: 'TransportFailure', code: 'invalid_client' });
  });

  test('a server that is away is told with its code', async () => {
    const { transport, reference } = await start();
    const away = transport.send({ ...reference, serviceUrl: 'https://127.0.0.1:1' }, { type: 'message', text: 'hi' });
    await expect(away).rejects.toMatchObject({ name: 'TransportFailure', status: undefined, code: 'ECONNREFUSED' });
  });

  test('a member of a conversation is told, and nobody else', async () => {
    const { transport, reference } = await start();
    expect(await transport.member(reference, 'aad-jon')).toEqual({
      name: 'Jon Reyes',
      tenantId: TENANT,
      userRole: undefined,
      email: 'jon@example.org',
      id: '29:aad-jon',
      aadObjectId: 'aad-jon',
    });
    expect(await transport.member(reference, 'aad-nobody')).toBeUndefined();
  });

  test('everybody in a conversation is told, where they are not too many', async () => {
    const { teams, transport, reference } = await start();
    teams.conversations['a:jon'] = ['aad-jon', 'aad-lee'];
    const members = await transport.members(reference, 2);
    expect(members?.map(({ aadObjectId }) => aadObjectId)).toEqual(['aad-jon', 'aad-lee']);
    expect(await transport.members(reference, 1)).toBeUndefined();
    const elsewhere = { ...reference, conversation: { ...reference.conversation, id: 'a:gone' } };
    await expect(transport.members(elsewhere, 2)).rejects.toMatchObject({ name: 'TransportFailure', status: 404 });
  });
}

import { randomUUID } from 'node:crypto';
import type { App } from '../../src/app.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import type { Role } from '../../src/people/role.ts';
import { giveRole } from '../../src/people/role-assignments.ts';
import { publishReviewedAnswer } from '../../src/records/reviewed-answer.ts';
import { startTestApp } from '../support/app.ts';
import type { Chatter } from '../support/chatter.ts';
import { messageEvent, SlackChatter, SlackStandIn, signedRequest } from '../support/slack.ts';
import { APP_ID, TENANT, TeamsChatter, TeamsStandIn } from '../support/teams.ts';

/** A platform with a closed channel in it. */
export interface Stage {
  readonly app: App;
  chatter(name: string): Chatter;
  /** Says who is in the channel from now on, besides Steward. */
  members(...names: string[]): void;
  /** Opens the channel: to everybody, or to another organisation. */
  open(how: 'public' | 'shared'): void;
  /** The platform answers no question about the channel any more. */
  fallSilent(): void;
  /** Asks in the channel. @returns what is said there */
  ask(name: string, text: string): Promise<string>;
  /** Presses a button in the channel. @returns what is said there */
  press(name: string, action: string): Promise<string>;
  /** Waits for what Steward says in the channel of its own accord. */
  hear(): Promise<string>;
  /** The platform tells that somebody joined. */
  tellJoined(name: string): Promise<void>;
}

export const STAGES = {
  async Slack(): Promise<Stage> {
    const channel = 'C0BOARD';
    const slack = await new SlackStandIn().start();
    const app = await startTestApp(slack.settings);
    let flags = {};
    const id = (name: string) => `U0${name.toUpperCase()}`;
    const hear = async () => {
      const { args } = await slack.posts.next((post) => post.args['channel'] === channel);
      return plain(args);
    };
    return {
      app,
      chatter: (name) => new SlackChatter(app, slack, name),
      members(...names) {
        slack.channels[channel] = { name: 'board', members: names.map(id), flags };
      },
      open(how) {
        flags = how === 'public' ? { is_private: false } : { is_ext_shared: true };
        slack.channels[channel] = { name: 'board', members: slack.channels[channel]?.members ?? [], flags };
      },
      fallSilent: () => void slack.scopes.splice(slack.scopes.indexOf('groups:read'), 1),
      async ask(name, text) {
        const place = { type: 'app_mention', channel, channel_type: 'group', user: id(name), ts: '1700.5' };
        await signedRequest(app, messageEvent(text, place));
        return hear();
      },
      async press(name, action) {
        const payload = {
          type: 'block_actions',
          team: { id: 'T0TEAM' },
          user: { id: id(name), team_id: 'T0TEAM' },
          trigger_id: randomUUID(),
          api_app_id: 'A0',
          channel: { id: channel },
          container: { type: 'message', channel_id: channel },
          message: { ts: '1700.5' },
          actions: [
            { type: 'button', action_id: 'act-0', value: action, block_id: 'actions', action_ts: randomUUID() },
          ],
        };
        const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
        await signedRequest(app, body, { contentType: 'application/x-www-form-urlencoded' });
        return hear();
      },
      hear,
      async tellJoined(name) {
        await signedRequest(
          app,
          messageEvent('', { type: 'member_joined_channel', channel, user: id(name), team: 'T0TEAM' }),
        );
      },
    };
  },
  async Teams(): Promise<Stage> {
    const teams = await new TeamsStandIn().start();
    const app = await startTestApp(teams.settings);
    let conversation = { id: '19:board@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: TENANT };
    let type: string | undefined;
    const id = (name: string) => `aad-${name}`;
    const channelData = () => ({ tenant: { id: TENANT }, ...(type ? { channel: { type } } : {}) });
    const hear = async () =>
      plain(await teams.activities.next((activity) => activity.conversation.id === conversation.id));
    return {
      app,
      chatter: (name) => new TeamsChatter(app, teams, name),
      members(...names) {
        teams.conversations[conversation.id] = names.map(id);
      },
      open(how) {
        type = how === 'public' ? 'standard' : 'shared';
        conversation = { ...conversation, conversationType: 'channel' };
      },
      fallSilent: () => void delete teams.conversations[conversation.id],
      async ask(name, text) {
        const mention = {
          type: 'mention',
          text: '<at>Steward</at>',
          mentioned: { id: `28:${APP_ID}`, name: 'Steward' },
        };
        const said = {
          text: `<at>Steward</at> ${text}`,
          conversation,
          channelData: channelData(),
          entities: [mention],
        };
        await teams.post(app, teams.activityOf(id(name), said));
        return hear();
      },
      async press(name, action) {
        const value = { action: { type: 'Action.Execute', verb: 'steward', data: { action } }, trigger: 'manual' };
        const pressed = {
          type: 'invoke',
          name: 'adaptiveCard/action',
          value,
          conversation,
          channelData: channelData(),
        };
        await teams.post(app, teams.activityOf(id(name), pressed));
        return hear();
      },
      hear,
      async tellJoined(name) {
        const joined = {
          type: 'conversationUpdate',
          membersAdded: [{ id: id(name) }],
          conversation,
          channelData: channelData(),
        };
        await teams.post(app, teams.activityOf(id(name), joined));
      },
    };
  },
} as const;

/** The words of a message, whatever it is made of. */
function plain(message: unknown): string {
  return JSON.stringify(message).replaceAll('\\', '').replaceAll(/[*`]/g, '');
}

/** Makes people known, and gives them their roles. */
export async function appoint(
  { app, chatter }: Stage,
  roles: Readonly<Record<string, Role | undefined>>,
): Promise<void> {
  for (const [name, role] of Object.entries(roles)) {
    const person = chatter(name);
    await person.say('/aims help');
    if (role) await give(app, person.userId(name), role);
  }
}

export async function personOf({ database: { db } }: App, userId: string): Promise<string> {
  const row = db.selectFrom('person_identity').select('person_id').where('user_id', '=', userId);
  return (await row.executeTakeFirstOrThrow()).person_id;
}

export async function give(app: App, userId: string, role: Role, deputy?: string): Promise<void> {
  const person = await personOf(app, userId);
  await governedChange(app.database.db, { kind: 'system' }, (change) =>
    giveRole(change, { person, role, deputy, endsOn: undefined }),
  );
}

export const SECRET = 'Is our chatbot vendor insured against AI damages?';

/** An answer for the committee alone. */
export async function publishSecret({ app, chatter }: Stage, lead = 'dana'): Promise<void> {
  const id = await personOf(app, chatter(lead).userId(lead));
  await governedChange(app.database.db, { kind: 'system' }, (change) =>
    publishReviewedAnswer(change, {
      question: SECRET,
      answer: 'Not insured, and the board knows.',
      phrasings: [],
      visibility: 'committee',
      requirement: undefined,
      reviewer: { id, name: 'Dana Okafor' },
      reviewedOn: '2026-11-01',
    }),
  );
}

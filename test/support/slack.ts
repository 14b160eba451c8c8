import { createHmac, randomUUID } from 'node:crypto';
import type { KnownBlock, ModalView } from '@slack/types';
import { SCOPES } from '../../src/adapters/slack/permissions.ts';
import type { App } from '../../src/app.ts';
import type { Chatter, SeenReply } from './chatter.ts';
import { Arrivals, standIn } from './stand-in.ts';

export const SIGNING_SECRET = 'signing-secret-of-the-test';
const TEAM = 'T0TEAM';

/** What Steward sent to Slack: a message, an ephemeral one, or a modal. */
export interface SlackPost {
  readonly method: string;
  readonly args: Record<string, unknown>;
}

/** What each method wants the token to be allowed, as Slack documents it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['chat:write'],
  'assistant.threads.setStatus': ['assistant:write'],
  'users.info': ['users:read', 'users:read.email'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.history': ['im:history', 'channels:history', 'groups:history'],
  'conversations.replies': ['im:history', 'channels:history', 'groups:history'],
};

interface SlackPerson {
  readonly name: string;
  readonly email: string;
  readonly flags?: Record<string, unknown>;
}

interface SlackConversation {
  readonly name: string;
  readonly members: readonly string[];
  /** A private channel's, where nothing else is said. */
  readonly flags?: Record<string, unknown>;
}

/** Slack's side: its Web API and response URLs, on the wire. */
export class SlackStandIn {
  readonly posts = new Arrivals<SlackPost>();
  /** What the next message that is posted is answered with, once. */
  afterPosting: { status?: number; headers?: Record<string, string>; body: unknown } | undefined;
  /** What the token may do. */
  scopes: string[] = Object.keys(SCOPES);
  /** Why the token is refused. */
  refusal: string | undefined;
  /** What time it is at Slack. */
  now: () => Date = () => new Date();
  /** With which error a message is refused, and not posted. */
  refuses: (args: SlackPost['args']) => string | undefined = () => undefined;
  /** Seconds for which Slack asks to wait in the place of posting a message. */
  limits: () => number | undefined = () => undefined;
  /** What the answer to a message that was posted waits for. */
  holds: (post: SlackPost) => Promise<unknown> | undefined = () => undefined;
  /** Threads in which Steward showed that it is at work. */
  readonly statuses: string[] = [];
  readonly people: Record<string, SlackPerson> = {
    U0JON: { name: 'Jon Reyes', email: 'jon@example.org' },
    U0LEE: { name: 'Lee Park', email: 'lee@example.org' },
    U0DANA: { name: 'Dana Okafor', email: 'dana@example.org' },
    U0ARUN: { name: 'Arun Mehta', email: 'arun@example.org' },
  };
  /** Channels in which Steward is. */
  readonly channels: Record<string, SlackConversation> = {};
  url = '';

  async start(): Promise<this> {
    this.url = await standIn(async ({ path, body, headers }) => {
      const method = path
        .replace(/^\/api\//, '')
        .replace(/^\//, '')
        .replace(/^response\/.*/, 'response');
      const args = { ...parseArguments(body, String(headers['content-type'])), path };
      const limit = method === 'chat.postMessage' ? this.limits() : undefined;
      if (limit) return { status: 429, headers: { 'retry-after': String(limit) }, body: {} };
      const refusal = method === 'chat.postMessage' ? this.refuses(args) : undefined;
      if (refusal) return { body: { ok: false, error: refusal } };
      const stamps = { date: this.now().toUTCString(), 'x-oauth-scopes': this.scopes.join(',') };
      const answer = { headers: stamps, body: this.#answer(method, args) };
      if (method === 'chat.postMessage') await this.holds({ method, args });
      const instead = method === 'chat.postMessage' ? this.afterPosting : undefined;
      if (instead) this.afterPosting = undefined;
      return instead ?? answer;
    });
    return this;
  }

  /** Settings that lead Steward here. */
  get settings(): Record<string, string> {
    return {
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: `${this.url}/api/`,
      STEWARD_ADMINISTRATORS: 'lee@example.org',
    };
  }

  #answer(method: string, args: Record<string, unknown>): object {
    const missing = (NEEDED[method] ?? []).filter((scope) => !this.scopes.includes(scope));
    if (missing.length > 0) return { ok: false, error: 'missing_scope', needed: missing.join(',') };
    switch (method) {
      case 'auth.test':
        if (this.refusal) return { ok: false, error: this.refusal };
        return { ok: true, team: 'Example', team_id: TEAM, user: 'steward', user_id: 'U0STEWARD' };
      case 'chat.postMessage':
      case 'views.update':
      case 'response':
        this.posts.push({ method, args });
        return { ok: true, ts: `${this.posts.all.length}.000100`, view: { id: 'V0' } };
      case 'assistant.threads.setStatus':
        this.statuses.push(String(args['thread_ts']));
        return { ok: true };
      case 'users.info':
        return this.#userInfo(String(args['user']));
      case 'conversations.info':
      case 'conversations.members':
        return this.#channel(String(args['channel']), method);
      case 'conversations.history':
      case 'conversations.replies': {
        const sent = this.posts.all.filter((post) => post.method === 'chat.postMessage');
        return {
          ok: true,
          messages: sent.map((post, index) => ({ ts: `${index + 1}.000100`, metadata: post.args['metadata'] })),
        };
      }
      default:
        return { ok: true };
    }
  }

  #channel(id: string, method: string): object {
    const channel = this.channels[id];
    if (!channel) return { ok: false, error: 'channel_not_found' };
    const { name, members, flags } = channel;
    return method === 'conversations.members'
      ? { ok: true, members: [...members, 'U0STEWARD'] }
      : { ok: true, channel: { id, name, is_private: true, ...flags } };
  }

  #userInfo(id: string): object {
    const person = this.people[id];
    if (!person) return { ok: false, error: 'user_not_found' };
    const profile = { real_name: person.name, email: person.email };
    return { ok: true, user: { id, team_id: TEAM, is_email_confirmed: true, profile, ...person.flags } };
  }
}

function parseArguments(body: string, contentType: string): Record<string, unknown> {
  if (contentType.includes('json')) return JSON.parse(body || '{}');
  const entries = [...new URLSearchParams(body)].map(([key, value]) => [
    key,
    /^[[{]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Sends a body as Slack does, signed. */
export function signedRequest(
  app: Pick<App, 'port'>,
  body: string,
  { contentType = 'application/json', secret = SIGNING_SECRET, age = 0, headers = {} as Record<string, string> } = {},
): Promise<Response> {
  const timestamp = Math.floor(Date.now() / 1000) - age;
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(`http://127.0.0.1:${app.port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
      ...headers,
    },
    body,
  });
}

export function messageEvent(text: string, over: Record<string, unknown> = {}, eventId: string = `Ev${randomUUID()}`) {
  return JSON.stringify({
    type: 'event_callback',
    team_id: TEAM,
    api_app_id: 'A0',
    event_id: eventId,
    event_time: 1,
    authorizations: [{ team_id: TEAM, user_id: 'U0STEWARD', is_bot: true }],
    event: {
      type: 'message',
      channel_type: 'im',
      channel: 'D0DIRECT',
      user: 'U0JON',
      user_team: TEAM,
      team: TEAM,
      ts: '1700000000.000100',
      text: slackEscaped(text),
      ...over,
    },
  });
}

function slackEscaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Somebody in Slack, in a direct message with Steward. */
export class SlackChatter implements Chatter {
  readonly platform = 'slack';
  readonly #app: App;
  readonly #slack: SlackStandIn;
  readonly #user: string;
  readonly #channel: string;
  #view: ModalView | undefined;
  /** The ids by which Slack tells buttons apart, of those that were shown. */
  readonly #buttons = new Map<string, string>();

  constructor(app: App, slack: SlackStandIn, person = 'jon') {
    this.#app = app;
    this.#slack = slack;
    this.#user = this.userId(person);
    this.#channel = `D0${person.toUpperCase()}`;
  }

  userId(person: string): string {
    return `U0${person.toUpperCase()}`;
  }

  async say(text: string): Promise<SeenReply> {
    await this.#deliver(messageEvent(text, { user: this.#user, channel: this.#channel }));
    return this.#nextReply();
  }

  async command(text: string): Promise<SeenReply> {
    const fields = {
      command: '/aims',
      text: slackEscaped(text),
      team_id: TEAM,
      channel_id: 'C0CHANNEL',
      channel_name: 'general',
      user_id: this.#user,
      user_name: 'somebody',
      trigger_id: this.#trigger(),
      response_url: `${this.#slack.url}/response/${this.#user}`,
      api_app_id: 'A0',
    };
    await this.#deliver(new URLSearchParams(fields).toString(), true);
    return this.#nextReply();
  }

  async press(action: string): Promise<SeenReply> {
    const action_id = this.#buttons.get(action) ?? 'act-0';
    await this.#interact({
      type: 'block_actions',
      channel: { id: this.#channel },
      container: { type: 'message', channel_id: this.#channel },
      message: { ts: '1700000000.000200' },
      actions: [{ type: 'button', action_id, block_id: 'actions', value: action, action_ts: randomUUID() }],
    });
    return this.#nextReply();
  }

  hear(): Promise<SeenReply> {
    return this.#nextReply();
  }

  async submit(values: Record<string, string>): Promise<SeenReply> {
    const state = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value: { type: 'plain_text_input', value } }]),
    );
    const answer = await this.#interact({
      type: 'view_submission',
      view: { ...this.#view, id: `V${randomUUID()}`, hash: '1', state: { values: state } },
    });
    const { errors } = answer as { errors?: Record<string, string> };
    return errors ? { text: '', citations: [], actions: [], inputs: [], errors } : this.#nextReply();
  }

  async #interact(payload: Record<string, unknown>): Promise<unknown> {
    const whole = {
      team: { id: TEAM },
      user: { id: this.#user, team_id: TEAM },
      trigger_id: this.#trigger(),
      api_app_id: 'A0',
      ...payload,
    };
    return this.#deliver(new URLSearchParams({ payload: JSON.stringify(whole) }).toString(), true);
  }

  async #deliver(body: string, isForm = false): Promise<unknown> {
    const options = isForm ? { contentType: 'application/x-www-form-urlencoded' } : {};
    const response = await signedRequest(this.#app, body, options);
    if (response.status !== 200) throw new Error(`Slack's request was answered with ${response.status}.`);
    const text = await response.text();
    return text.startsWith('{') ? JSON.parse(text) : {};
  }

  /** Names the person, so that the modal which it opens is known to be theirs. */
  #trigger(): string {
    return `${this.#user}-${randomUUID()}`;
  }

  #isMine({ method, args }: SlackPost): boolean {
    if (method === 'views.update') return String(args['external_id']).startsWith(`${this.#user}-`);
    if (method === 'response') return String(args['path']).endsWith(`/${this.#user}`);
    return args['channel'] === this.#channel || args['channel'] === this.#user;
  }

  async #nextReply(): Promise<SeenReply> {
    const { method, args } = await this.#slack.posts.next((post) => this.#isMine(post));
    const view = method === 'views.update' ? (args['view'] as ModalView) : undefined;
    if (view) this.#view = view;
    const blocks = (view?.blocks ?? args['blocks'] ?? []) as KnownBlock[];
    for (const block of blocks) {
      if (block.type !== 'actions') continue;
      for (const element of block.elements) {
        if (element.type === 'button') this.#buttons.set(element.value ?? '', element.action_id ?? '');
      }
    }
    const text = blocks.map(blockText).join('\n');
    return {
      text,
      citations: [...text.matchAll(/^\[\d+\] (\S+)/gm)].map(([, id]) => id ?? ''),
      actions: blocks.flatMap((block) =>
        block.type === 'actions'
          ? block.elements.flatMap((element) =>
              element.type === 'button' ? [{ id: element.value ?? '', label: element.text.text }] : [],
            )
          : [],
      ),
      inputs: blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : [])),
      errors: {},
    };
  }
}

/** What a person reads in a block. */
function blockText(block: KnownBlock): string {
  if (block.type === 'actions' || block.type === 'input') return '';
  if (block.type === 'table') return block.rows.map((row) => row.map(textIn).join(' | ')).join('\n');
  return textIn(block);
}

function textIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, part]) => (key === 'text' && typeof part === 'string' ? part : textIn(part)))
    .join('');
}

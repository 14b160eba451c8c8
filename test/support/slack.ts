import { createHmac, randomUUID } from 'node:crypto';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { expect, onTestFinished } from 'vitest';
import { SCOPES } from '../../src/adapters/slack/permissions.ts';
import type { App } from '../../src/app.ts';
import { faultIn } from './block-kit.ts';
import type { Chatter, GivenFile, SeenReply } from './chatter.ts';
import { Arrivals, type StandInReply, type StandInRequest, standIn } from './stand-in.ts';

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
  'chat.update': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.appendStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'assistant.threads.setStatus': ['assistant:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'files.info': ['files:read'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read', 'users:read.email'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.history': ['im:history', 'channels:history', 'groups:history'],
  'conversations.replies': ['im:history', 'channels:history', 'groups:history'],
};

/** Methods with which something is said. */
const SAYING: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.update', 'views.update', 'response']);

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

/** What each method needs to be told, as Slack documents it. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'chat.update': ['channel', 'ts'],
  'chat.startStream': ['channel', 'thread_ts', 'recipient_user_id', 'recipient_team_id', 'markdown_text'],
  'chat.appendStream': ['channel', 'ts', 'markdown_text'],
  'chat.stopStream': ['channel', 'ts'],
  'assistant.threads.setStatus': ['channel_id', 'thread_ts', 'status'],
  'assistant.threads.setSuggestedPrompts': ['channel_id', 'prompts'],
  'views.publish': ['user_id', 'view'],
};

/** A message in Slack, as it is seen now. */
export interface SlackMessageSeen {
  readonly ts: string;
  readonly channel: string;
  readonly isStreaming: boolean;
  /** What was streamed. */
  readonly markdown?: string;
  readonly blocks?: unknown;
  readonly metadata?: unknown;
}

/** Slack's side: its Web API and response URLs, on the wire. Whatever Slack would refuse fails the test. */
export class SlackStandIn {
  readonly posts = new Arrivals<SlackPost>();
  /** What the Home tab of each person shows, as it is published. */
  readonly homes = new Arrivals<SlackPost>();
  /** Every call of a method, in its order. */
  readonly calls: SlackPost[] = [];
  /** Messages by their ts. */
  readonly messages = new Map<string, SlackMessageSeen>();
  /** With which error a call of a method is answered. */
  fails: (method: string, args: SlackPost['args']) => string | undefined = () => undefined;
  /** What the answer to a call waits for, before it has any effect. */
  delays: (method: string, args: SlackPost['args']) => Promise<unknown> | undefined = () => undefined;
  /** What anything else than the Web API is answered with: files, on Slack's own host. */
  serves: (request: StandInRequest) => StandInReply | Promise<StandInReply> = () => ({ status: 404, body: {} });
  /** What was said in threads, by channel and first message: `C0CHANNEL 1700000000.000300`. */
  readonly threads = new Map<string, readonly object[]>();
  /** What Slack tells of files, by their ids. */
  readonly files = new Map<string, object>();
  /** Where Socket Mode connects to, and why it may not. */
  socketUrl: () => string = () => '';
  socketRefusal: string | undefined;
  /** Messages of a conversation that Slack tells at a time. */
  pageSize = 200;
  /** Whether what Steward sends is held against Slack's limits; measurements leave that out. */
  isStrict = true;
  readonly #faults: string[] = [];
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
    onTestFinished(() => expect(this.#faults).toEqual([]));
    this.url = await standIn(async (request) => {
      const { path, body, headers } = request;
      if (path.startsWith('/files')) return this.serves(request);
      const method = path
        .replace(/^\/api\//, '')
        .replace(/^\//, '')
        .replace(/^response\/.*/, 'response');
      const args = { ...parseArguments(body, String(headers['content-type'])), path };
      this.calls.push({ method, args });
      await this.delays(method, args);
      const limit = method === 'chat.postMessage' ? this.limits() : undefined;
      if (limit) return { status: 429, headers: { 'retry-after': String(limit) }, body: {} };
      const refusal = method === 'chat.postMessage' ? this.refuses(args) : undefined;
      if (refusal) return { body: { ok: false, error: refusal } };
      const stamps = { date: this.now().toUTCString(), 'x-oauth-scopes': this.scopes.join(',') };
      const answer = { headers: stamps, body: this.#answer(method, args) };
      if (SAYING.has(method)) await this.holds({ method, args });
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
    const lacking = (REQUIRED[method] ?? []).filter((name) => !args[name]);
    const fault = !this.isStrict
      ? undefined
      : lacking.length > 0
        ? `${method} lacks ${lacking.join(', ')}`
        : faultIn(method, args);
    if (fault) {
      this.#faults.push(fault);
      return { ok: false, error: 'invalid_arguments' };
    }
    const failure = this.fails(method, args);
    if (failure) return { ok: false, error: failure };
    const missing = (NEEDED[method] ?? []).filter((scope) => !this.scopes.includes(scope));
    if (missing.length > 0) return { ok: false, error: 'missing_scope', needed: missing.join(',') };
    switch (method) {
      case 'auth.test':
        if (this.refusal) return { ok: false, error: this.refusal };
        return { ok: true, team: 'Example', team_id: TEAM, user: 'steward', user_id: 'U0STEWARD' };
      case 'chat.postMessage': {
        this.posts.push({ method, args });
        const ts = `${this.posts.all.length}.000100`;
        this.#keep(ts, { ...args, channel: directWith(args['channel']), isStreaming: false });
        return { ok: true, ts };
      }
      case 'conversations.open':
        return { ok: true, channel: { id: directWith(args['users']) } };
      case 'chat.update': {
        const ts = String(args['ts']);
        const message = this.messages.get(ts);
        if (!message) return { ok: false, error: 'message_not_found' };
        if (message.isStreaming) return { ok: false, error: 'streaming_state_conflict' };
        this.posts.push({ method, args });
        this.#keep(ts, { ...args, isStreaming: false });
        return { ok: true, ts };
      }
      case 'chat.startStream':
      case 'chat.appendStream':
      case 'chat.stopStream':
        return this.#stream(method, args);
      case 'views.publish':
        this.homes.push({ method, args });
        return { ok: true, view: { id: 'VHOME' } };
      case 'views.update':
        // What stands in a modal until the reply is there is no reply.
        if (JSON.stringify(args['view']).includes('One moment')) return { ok: true, view: { id: 'V0' } };
        this.posts.push({ method, args });
        return { ok: true, view: { id: 'V0' } };
      case 'response':
        this.posts.push({ method, args });
        return { ok: true };
      case 'files.info': {
        const file = this.files.get(String(args['file']));
        return file ? { ok: true, file } : { ok: false, error: 'file_not_found' };
      }
      case 'apps.connections.open':
        if (this.socketRefusal) return { ok: false, error: this.socketRefusal };
        return { ok: true, url: this.socketUrl() };
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
        const { channel, limit, cursor = 0 } = args;
        const all: readonly object[] =
          this.threads.get(`${channel} ${args['ts']}`) ??
          [...this.messages.values()].filter((message) => message.channel === channel);
        const end = Number(cursor) + Math.min(Number(limit), this.pageSize);
        const next_cursor = end < all.length ? String(end) : '';
        return { ok: true, messages: all.slice(Number(cursor), end), response_metadata: { next_cursor } };
      }
      default:
        return { ok: true };
    }
  }

  #keep(ts: string, message: Record<string, unknown> & { isStreaming: boolean }): void {
    this.messages.set(ts, { ...message, ts, channel: String(message['channel']) });
  }

  #stream(method: string, args: Record<string, unknown>): object {
    const text = String(args['markdown_text'] ?? '');
    if (method === 'chat.startStream') {
      const ts = `${this.messages.size + 1}.000900`;
      this.#keep(ts, { channel: args['channel'], markdown: text, isStreaming: true });
      return { ok: true, ts };
    }
    const ts = String(args['ts']);
    const message = this.messages.get(ts);
    if (!message?.isStreaming) return { ok: false, error: 'message_not_in_streaming_state' };
    const isStreaming = method === 'chat.appendStream';
    this.#keep(ts, { ...message, markdown: `${message.markdown ?? ''}${text}`, isStreaming });
    return { ok: true, ts };
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

/** The conversation with a person, for their id. */
function directWith(id: unknown): string {
  return String(id).replace(/^U/, 'D');
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
  /** What Slack sends when a button is pressed, of those that were shown. */
  readonly #buttons = new Map<string, ShownButton>();

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

  async give({ name, bytes }: GivenFile, text = ''): Promise<SeenReply> {
    const path = `/files-pri/${randomUUID()}`;
    const serves = this.#slack.serves;
    this.#slack.serves = (request) => (request.path === path ? { body: bytes } : serves(request));
    const files = [
      { id: 'F0FILE', name, size: bytes.length, mode: 'hosted', url_private: `${this.#slack.url}${path}` },
    ];
    const place = { user: this.#user, channel: this.#channel };
    await this.#deliver(messageEvent(text, { subtype: 'file_share', files, ...place }));
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
    const { view, ...shown } = this.#buttons.get(action) ?? { type: 'button', action_id: 'act-0', value: action };
    const place = view
      ? { container: { type: 'view' }, view }
      : {
          channel: { id: this.#channel },
          container: { type: 'message', channel_id: this.#channel },
          message: { ts: '1700000000.000200' },
        };
    const block_id = 'block_id' in shown ? shown.block_id : 'actions';
    await this.#interact({
      type: 'block_actions',
      ...place,
      actions: [{ ...shown, block_id, action_ts: randomUUID() }],
    });
    return this.#nextReply();
  }

  /** Picks a message in a channel, and *Ask Steward about this*. */
  async askAbout(text: string): Promise<SeenReply> {
    await this.#interact({
      type: 'message_action',
      callback_id: 'ask_about_message',
      action_ts: randomUUID(),
      message_ts: '1700000000.000300',
      channel: { id: 'C0CHANNEL', name: 'general' },
      message: { type: 'message', user: 'U0SOMEBODY', ts: '1700000000.000300', text: slackEscaped(text) },
      response_url: `${this.#slack.url}/response/${this.#user}`,
    });
    return this.#nextReply();
  }

  /** Picks a message in a thread of a channel, and *Keep thread as evidence*. */
  async keepThread(channel: string, thread_ts: string): Promise<SeenReply> {
    const ts = `${thread_ts.split('.')[0]}.000999`;
    await this.#interact({
      type: 'message_action',
      callback_id: 'keep_thread',
      action_ts: randomUUID(),
      message_ts: ts,
      channel: { id: channel, name: 'general' },
      message: { type: 'message', user: 'U0SOMEBODY', ts, thread_ts, text: 'Agreed.' },
      response_url: `${this.#slack.url}/response/${this.#user}`,
    });
    return this.#nextReply();
  }

  /** Opens the Home tab. */
  async home(): Promise<SeenReply> {
    await this.#deliver(
      messageEvent('', { type: 'app_home_opened', tab: 'home', user: this.#user, channel: this.#channel }),
    );
    const { args } = await this.#slack.homes.next(({ args: { user_id } }) => user_id === this.#user);
    const view = { ...(args['view'] as HomeView), id: 'VHOME' };
    return this.#see(view.blocks as KnownBlock[], view);
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
      view: { ...this.#view, id: `V${this.#user}-${randomUUID()}`, hash: '1', state: { values: state } },
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
    if (method === 'views.update') return String(args['external_id'] ?? args['view_id']).includes(`${this.#user}-`);
    if (method === 'response') return String(args['path']).endsWith(`/${this.#user}`);
    return args['channel'] === this.#channel || args['channel'] === this.#user;
  }

  async #nextReply(): Promise<SeenReply> {
    const { method, args } = await this.#slack.posts.next((post) => this.#isMine(post));
    const view = method === 'views.update' ? (args['view'] as ModalView) : undefined;
    if (view) this.#view = view;
    const shown = view && { ...view, id: `V${this.#user}-${randomUUID()}` };
    return this.#see((view?.blocks ?? args['blocks'] ?? []) as KnownBlock[], shown);
  }

  #see(blocks: readonly KnownBlock[], view?: object): SeenReply {
    const buttons = blocks.flatMap(buttonsIn);
    for (const { id, label: _label, link: _link, ...button } of buttons)
      this.#buttons.set(id, { ...button, ...(view ? { view } : {}) });
    const text = blocks.map(blockText).join('\n');
    return {
      text,
      citations: blocks
        .flatMap((block) => (block.type === 'context' ? block.elements : []))
        .flatMap((element) => /^\[\d+\] (\S+)/.exec(textIn(element))?.[1] ?? []),
      actions: buttons.map(({ id, label, link }) => ({ id, label, ...(link === undefined ? {} : { link }) })),
      inputs: blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : [])),
      errors: {},
    };
  }
}

interface ShownButton {
  readonly type: string;
  readonly action_id: string;
  readonly block_id?: string;
  readonly value: string;
  readonly view?: object;
}

function buttonsIn(
  block: KnownBlock,
): (ShownButton & { readonly id: string; readonly label: string; readonly link?: string })[] {
  const { block_id = 'actions' } = block;
  if (block.type === 'actions') {
    return block.elements.flatMap((element) => {
      if (element.type !== 'button') return [];
      const { type, action_id = '', value = '', url } = element;
      const link = url === undefined ? {} : { link: url };
      return [{ id: value, label: element.text.text, type, action_id, block_id, value, ...link }];
    });
  }
  if (block.type !== 'context_actions') return [];
  return block.elements.flatMap((element) => {
    if (element.type !== 'feedback_buttons') return [];
    const { type, action_id = '' } = element;
    return [element.positive_button, element.negative_button].map(({ value, text }) => ({
      id: value.replace(/^open /, ''),
      label: text.text,
      type,
      action_id,
      block_id,
      value,
    }));
  });
}

/** What a person reads in a block. */
function blockText(block: KnownBlock): string {
  if (block.type === 'actions' || block.type === 'context_actions' || block.type === 'input') return '';
  if (block.type === 'context') return block.elements.map(textIn).join('\n');
  if (block.type === 'table') return block.rows.map((row) => row.map(textIn).join(' | ')).join('\n');
  return textIn(block);
}

function textIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, part]) => (key === 'text' && typeof part === 'string' ? part : textIn(part)))
    .join('');
}

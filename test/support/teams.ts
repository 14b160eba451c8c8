import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, onTestFinished } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Chatter, GivenFile, SeenReply } from './chatter.ts';
import { Arrivals, type StandInReply, type StandInRequest, standIn } from './stand-in.ts';
import { cardFaults, faultsOf } from './teams-limits.ts';

export const APP_ID = '11111111-1111-1111-1111-111111111111';
export const TENANT = '22222222-2222-2222-2222-222222222222';
const ISSUER = 'https://api.botframework.com';

type Card = { readonly type: string; readonly [property: string]: unknown };

/** What Teams reads of the state of a stream. */
interface StreamInfo {
  readonly streamType?: string;
  readonly streamId?: string;
  readonly streamSequence?: number;
}

/** Microsoft's side: keys, tokens and the connector, on the wire. Whatever Steward says is held against Teams's limits. */
export class TeamsStandIn {
  /** What Steward said, as it came over the wire, with the id that Teams gave it; also what took the place of something else. */
  readonly activities = new Arrivals<Activity>();
  /** What Steward showed of answers that were not done. */
  readonly drafts = new Arrivals<Activity>();
  /** The ids of messages that Steward changed, and of those that it took back. */
  readonly changed: string[] = [];
  readonly removed: string[] = [];
  /** Messages that are gone. */
  readonly gone = new Set<string>();
  /** The queries of requests that show a message to one person alone. */
  readonly targeted: string[] = [];
  /** What people have in their OneDrive, by its address. */
  readonly files = new Map<string, StandInReply>();
  readonly #faults: string[] = [];
  readonly #streams = new Map<string, { sequence: number; text: string; isClosed: boolean }>();
  /** What the answer to a question about a person waits for, and how often it was asked. */
  holdsMember: () => Promise<unknown> | undefined = () => undefined;
  askedForMembers = 0;
  /** What the answer to a message that was posted waits for. */
  holds: (activity: Activity) => Promise<unknown> | undefined = () => undefined;
  /** Statuses with which the next activities are refused. */
  readonly failures: { status: number; headers?: Record<string, string> }[] = [];
  readonly people: Record<string, { name: string; email: string; userRole?: string; tenantId?: string }> = {
    'aad-jon': { name: 'Jon Reyes', email: 'jon@example.org' },
    'aad-lee': { name: 'Lee Park', email: 'lee@example.org' },
    'aad-dana': { name: 'Dana Okafor', email: 'dana@example.org' },
    'aad-arun': { name: 'Arun Mehta', email: 'arun@example.org' },
  };
  /** Who is in which conversation, by the ids of `people`. */
  readonly conversations: Record<string, readonly string[]> = {};
  /** Microsoft's code for why it gives no token; `hang`: it never answers. */
  refusal: string | undefined;
  /** What time it is at Microsoft. */
  now: () => Date = () => new Date();
  url = '';
  #key: CryptoKey | undefined;

  async start(): Promise<this> {
    onTestFinished(() => expect(this.#faults).toEqual([]));
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    this.#key = privateKey;
    const jwk = {
      ...(await exportJWK(publicKey)),
      kid: 'test-key',
      use: 'sig',
      alg: 'RS256',
      endorsements: ['msteams'],
    };
    this.url = await standIn((request, url) => {
      const { path } = request;
      const file = this.files.get(path);
      if (file) return file;
      if (path.includes('/v2.0/.well-known/openid-configuration')) {
        const login = `${url}/${TENANT}`;
        const issuer = `${login}/v2.0`;
        return {
          body: {
            issuer,
            authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
            token_endpoint: `${login}/oauth2/v2.0/token`,
            jwks_uri: `${url}/keys`,
          },
        };
      }
      if (path.startsWith('/openid')) {
        const metadata = { issuer: ISSUER, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
        return { headers: { date: this.now().toUTCString() }, body: metadata };
      }
      if (path.startsWith('/keys')) return { body: { keys: [jwk] } };
      if (path.includes('/oauth2/') && this.refusal === 'hang') return new Promise(() => {});
      if (path.includes('/oauth2/') && this.refusal) {
        const error_description = `${this.refusal}: refused by the test. Trace ID: 1`;
        return { status: 401, body: { error: 'invalid_client', error_description } };
      }
      if (path.includes('/oauth2/')) return { body: { token_type: 'Bearer', expires_in: 3600, access_token: 'token' } };
      if (path.includes('/discovery/'))
        return { body: { tenant_discovery_endpoint: `${url}/tenant/openid`, metadata: [] } };
      const member = /\/members\/(.+)$/.exec(path)?.[1];
      if (member) return this.#member(decodeURIComponent(member));
      const conversation = /\/conversations\/([^/]+)\/pagedmembers/.exec(path)?.[1];
      if (conversation) return this.#pagedMembers(decodeURIComponent(conversation));
      if (path.includes('/activities')) return this.#activity(request);
      return { status: 404, body: { error: { code: 'NotFound', message: path } } };
    }, 'https');
    return this;
  }

  /** Settings that lead Steward here. */
  get settings(): Record<string, string> {
    return {
      TEAMS_APP_ID: APP_ID,
      TEAMS_APP_PASSWORD: 'password-of-the-test',
      TEAMS_TENANT_ID: TENANT,
      STEWARD_ADMINISTRATORS: 'lee@example.org',
      TEAMS_CLOUD: JSON.stringify({
        ValidateAuthority: 'true',
        ToChannelFromBotLoginUrl: `${this.url}/${TENANT}`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        ToBotFromChannelTokenIssuer: ISSUER,
        OAuthUrl: this.url,
        ToBotFromChannelOpenIdMetadataUrl: `${this.url}/openid`,
        ToBotFromEmulatorOpenIdMetadataUrl: `${this.url}/openid`,
        CallerId: '',
        FileHosts: '127.0.0.1',
      }),
    };
  }

  /** A token as Microsoft's servers make them, or one that is wrong in some way. */
  async token({ audience = APP_ID, issuer = ISSUER, serviceUrl = this.url, expires = '1h' } = {}): Promise<string> {
    if (!this.#key) throw new Error('The stand-in is not started.');
    return new SignJWT({ serviceurl: serviceUrl })
      .setProtectedHeader({ alg: 'RS256', kid: 'test-key' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt('-2h')
      .setNotBefore('-2h')
      .setExpirationTime(expires)
      .sign(this.#key);
  }

  activityOf(user: string, over: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      type: 'message',
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl: this.url,
      from: { id: `29:${user}`, name: user, aadObjectId: user },
      recipient: { id: `28:${APP_ID}`, name: 'Steward' },
      conversation: { id: `a:${user}`, conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      ...over,
    };
  }

  async post(app: Pick<App, 'port'>, activity: unknown, token?: string): Promise<Response> {
    const authorization = `Bearer ${token ?? (await this.token())}`;
    return fetch(`http://127.0.0.1:${app.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization }) },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
  }

  async #member(id: string): Promise<StandInReply> {
    this.askedForMembers += 1;
    await this.holdsMember();
    if (!this.people[id]) return { status: 404, body: { error: { code: 'NotFound', message: 'no such member' } } };
    return { body: this.#account(id) };
  }

  #pagedMembers(conversation: string) {
    const members = this.conversations[conversation];
    if (!members) return { status: 404, body: { error: { code: 'ConversationNotFound', message: conversation } } };
    return { body: { members: members.map((id) => this.#account(id)) } };
  }

  #account(id: string) {
    return {
      id: `29:${id}`,
      aadObjectId: id,
      tenantId: TENANT,
      userPrincipalName: this.people[id]?.email,
      ...this.people[id],
    };
  }

  async #activity({ method, path, body }: StandInRequest): Promise<StandInReply> {
    const [place = '', query] = path.split('?');
    const id = /\/activities\/(.+)$/.exec(place)?.[1] ?? '';
    if (method === 'DELETE') {
      this.removed.push(id);
      return { body: {} };
    }
    const activity = JSON.parse(body) as Activity;
    if (activity.type === 'typing' && !activity.text) return { body: { id: 'typing' } };
    const failure = this.failures.shift();
    if (failure) return { ...failure, body: { error: { code: 'Failed', message: 'refused by the test' } } };
    const stream = activity.entities?.find(({ type }) => type === 'streaminfo') as StreamInfo | undefined;
    const faults = [...faultsOf(activity), ...(stream ? this.#streamFaults(activity, stream) : [])];
    this.#faults.push(...faults);
    if (faults.length > 0) return { status: 400, body: { error: { code: 'BadRequest', message: faults.join(' ') } } };
    if (query) this.targeted.push(query);
    if (method === 'PUT') return this.#change(activity, id);
    if (stream) return this.#stream(activity, stream);
    const posted = { ...activity, id: `activity-${this.activities.all.length + 1}` };
    this.activities.push(posted);
    await this.holds(activity);
    return { status: 201, body: { id: posted.id } };
  }

  #change(activity: Activity, id: string): StandInReply {
    if (this.gone.has(id)) return { status: 404, body: { error: { code: 'ActivityNotFound', message: 'gone' } } };
    this.changed.push(id);
    this.activities.push({ ...activity, id });
    return { body: { id } };
  }

  #stream(activity: Activity, { streamId, streamSequence, streamType }: StreamInfo): StandInReply {
    const id = streamId ?? `stream-${this.#streams.size + 1}`;
    const isClosed = streamType === 'final';
    if (this.gone.has(id)) {
      return {
        status: 403,
        body: { error: { code: 'ContentStreamNotAllowed', message: 'Content stream is not allowed' } },
      };
    }
    this.#streams.set(id, { sequence: streamSequence ?? 0, text: textOnly(activity, streamType), isClosed });
    (isClosed ? this.activities : this.drafts).push({ ...activity, id });
    return streamId ? { status: 202, body: {} } : { status: 201, body: { id } };
  }

  /** What Teams's documentation asks of streams. */
  #streamFaults(activity: Activity, { streamId, streamSequence, streamType }: StreamInfo): string[] {
    const known = this.#streams.get(streamId ?? '');
    const isFinal = streamType === 'final';
    const rules: [boolean, string][] = [
      [activity.conversation.conversationType === 'personal', 'A stream is in a group.'],
      [Boolean(activity.text), 'An update of a stream has no text.'],
      [streamId === undefined || known !== undefined, 'A stream does not exist.'],
      [known?.isClosed !== true, 'A stream goes on after its end.'],
      [activity.type === (isFinal ? 'message' : 'typing'), 'An update of a stream has the wrong type.'],
      [isFinal ? streamSequence === undefined : streamSequence === (known?.sequence ?? 0) + 1, 'A sequence is wrong.'],
      [isFinal || textOnly(activity, streamType).startsWith(known?.text ?? ''), 'A stream took back what it showed.'],
      [isFinal || !activity.attachments?.length, 'A draft has attachments.'],
    ];
    return rules.flatMap(([holds, fault]) => (holds ? [] : [fault]));
  }
}

function textOnly({ text }: Activity, streamType: string | undefined): string {
  return streamType === 'informative' ? '' : (text ?? '');
}

/** Somebody in Teams, in a personal chat with Steward. */
export class TeamsChatter implements Chatter {
  readonly platform = 'teams';
  readonly #app: App;
  readonly #teams: TeamsStandIn;
  readonly #user: string;
  #form: unknown;
  /** The message whose feedback is asked for in an open window, and the fields that must be filled in. */
  #window: { readonly message: string; readonly required: Record<string, string> } | undefined;

  constructor(app: App, teams: TeamsStandIn, person = 'jon') {
    this.#app = app;
    this.#teams = teams;
    this.#user = this.userId(person);
  }

  userId(person: string): string {
    return `aad-${person}`;
  }

  async say(text: string): Promise<SeenReply> {
    await this.#deliver({ text });
    return this.#nextReply();
  }

  async give({ name, bytes }: GivenFile, text = ''): Promise<SeenReply> {
    const path = `/files/${randomUUID()}`;
    this.#teams.files.set(path, { body: bytes });
    const content = { downloadUrl: `${this.#teams.url}${path}`, uniqueId: randomUUID(), fileType: 'pdf' };
    const attachments = [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name, content }];
    await this.#deliver({ text, attachments });
    return this.#nextReply();
  }

  command(text: string): Promise<SeenReply> {
    return this.say(`/aims ${text}`);
  }

  async press(action: string): Promise<SeenReply> {
    const [, reaction, message = ''] = /^thumb (like|dislike) (.+)$/.exec(action) ?? [];
    if (reaction) return this.#pressThumb(reaction, message);
    await this.#execute({ action });
    return this.#nextReply();
  }

  hear(): Promise<SeenReply> {
    return this.#nextReply();
  }

  async submit(values: Record<string, string>): Promise<SeenReply> {
    if (this.#window) return this.#submitWindow(this.#window, values);
    const answer = (await this.#execute({ form: this.#form, ...values })) as { value: Card };
    expect(cardFaults(answer.value)).toEqual([]);
    const faults = faultsIn(answer.value);
    return Object.keys(faults).length > 0 ? asReply({ errors: faults }) : this.#nextReply();
  }

  /** Teams shows a sentence, or opens a window with a form. */
  async #pressThumb(reaction: string, message: string): Promise<SeenReply> {
    await allSent(this.#app);
    const { task } = (await this.#feedback('message/fetchTask', { reaction }, message)) as {
      task: { type: string; value: unknown };
    };
    if (task.type === 'message') {
      return task.value === 'I note it in the chat.' ? this.#nextReply() : asReply({ text: String(task.value) });
    }
    const { card } = task.value as { card: { content: Card } };
    expect(cardFaults(card.content)).toEqual([]);
    const required = (card.content['body'] as Card[]).filter((element) => element['isRequired'] === true);
    this.#window = {
      message,
      required: Object.fromEntries(required.map((input) => [String(input['id']), String(input['errorMessage'])])),
    };
    return asReply({ text: textOf(card.content), inputs: inputsOf(card.content) });
  }

  /** Teams itself keeps the window open while a field is empty. */
  async #submitWindow(
    { message, required }: { message: string; required: Record<string, string> },
    values: Record<string, string>,
  ): Promise<SeenReply> {
    const errors = Object.fromEntries(Object.entries(required).filter(([name]) => !values[name]));
    if (Object.keys(errors).length > 0) return asReply({ errors });
    this.#window = undefined;
    const filled = { reaction: 'dislike', feedback: JSON.stringify(values) };
    expect(await this.#feedback('message/submitAction', filled, message)).toEqual({});
    return this.#nextReply();
  }

  #feedback(name: string, actionValue: object, replyToId: string): Promise<unknown> {
    return this.#deliver({ type: 'invoke', name, replyToId, value: { actionName: 'feedback', actionValue } });
  }

  #execute(data: unknown): Promise<unknown> {
    const value = { action: { type: 'Action.Execute', verb: 'steward', data }, trigger: 'manual' };
    return this.#deliver({ type: 'invoke', name: 'adaptiveCard/action', value });
  }

  async #deliver(over: Record<string, unknown>): Promise<unknown> {
    const response = await this.#teams.post(this.#app, this.#teams.activityOf(this.#user, over));
    if (response.status !== 200) throw new Error(`Teams's request was answered with ${response.status}.`);
    return response.json();
  }

  async #nextReply(): Promise<SeenReply> {
    const activity = await this.#teams.activities.next(({ conversation }) => conversation.id === `a:${this.#user}`);
    const card = (activity.attachments ?? [])[0]?.content as Card | undefined;
    const actions = elementsOf(card, 'Action.Execute');
    const form = actions.map(({ data }) => (data as { form?: unknown }).form).find(Boolean);
    if (form) this.#form = form;
    const [entity] = (activity.entities ?? []) as { citation?: { appearance: { name: string } }[] }[];
    return {
      text: asRead([activity.text ?? '', card ? textOf(card) : ''].join('\n')),
      citations: (entity?.citation ?? []).map(({ appearance }) => appearance.name.split(' ')[0] ?? ''),
      actions: [
        ...thumbsOf(activity),
        ...actions.map(({ title, data }) => ({
          id: (data as { action?: string }).action ?? '',
          label: String(title),
        })),
        ...elementsOf(card, 'Action.OpenUrl').map(({ title, url }) => ({
          id: '',
          label: String(title),
          link: String(url),
        })),
      ],
      inputs: ['Input.Text', 'Input.ChoiceSet', 'Input.Date'].flatMap((type) => elementsOf(card, type)).length
        ? inputsOf(card)
        : [],
      errors: {},
    };
  }
}

/** Whoever presses something does so after Teams has confirmed the message. */
export async function allSent({ database }: App): Promise<void> {
  const unsent = database.db
    .selectFrom('outbox')
    .select('key')
    .where('sent_at', 'is', null)
    .where('failed_at', 'is', null);
  await expect.poll(() => unsent.execute(), { interval: 10 }).toEqual([]);
}

function asReply(seen: Partial<SeenReply>): SeenReply {
  return { text: '', citations: [], actions: [], inputs: [], errors: {}, ...seen };
}

/** The thumbs that Teams shows under a message. */
function thumbsOf({ id = '', channelData }: Activity): SeenReply['actions'] {
  if (channelData?.feedbackLoop?.type !== 'custom') return [];
  return [
    { id: `thumb like ${id}`, label: 'Helpful' },
    { id: `thumb dislike ${id}`, label: 'Not helpful' },
  ];
}

function elementsOf(value: unknown, type: string): Card[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as Card).type === type ? [value as Card] : [];
  return [...own, ...Object.values(value).flatMap((part) => elementsOf(part, type))];
}

function inputsOf(card: Card | undefined): string[] {
  return ((card?.['body'] ?? []) as Card[]).filter(({ type }) => type.startsWith('Input.')).map(({ id }) => String(id));
}

/** The sentences in the colour of faults, under the input before them. */
function faultsIn(card: Card): Record<string, string> {
  const faults: Record<string, string> = {};
  let input = '';
  for (const element of (card['body'] ?? []) as Card[]) {
    if (element.type.startsWith('Input.')) input = String(element['id']);
    if (element['color'] === 'Attention') faults[input] = asRead(String(element['text']));
  }
  return faults;
}

function textOf(element: Card): string {
  if (element.type === 'TableRow') return ((element['cells'] ?? []) as Card[]).map(textOf).join(' | ');
  const own = [element['text'], element['value'], element['title']].filter((part) => typeof part === 'string');
  const parts = ['body', 'items', 'rows', 'facts'].flatMap((key) => (element[key] ?? []) as Card[]);
  return [...own, ...parts.map(textOf)].join('\n');
}

function asRead(markdown: string): string {
  return markdown.replace(/(?<!\\)(?:\*\*|\*|`)/g, '').replace(/\\([^\w\s])/g, '$1');
}

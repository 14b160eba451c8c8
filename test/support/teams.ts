import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { App } from '../../src/app.ts';
import type { Chatter, SeenReply } from './chatter.ts';
import { Arrivals, standIn } from './stand-in.ts';

export const APP_ID = '11111111-1111-1111-1111-111111111111';
export const TENANT = '22222222-2222-2222-2222-222222222222';
const ISSUER = 'https://api.botframework.com';

type Card = { readonly type: string; readonly [property: string]: unknown };

/** Microsoft's side: keys, tokens and the connector, on the wire. */
export class TeamsStandIn {
  /** What Steward said, as it came over the wire. */
  readonly activities = new Arrivals<Activity>();
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
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    this.#key = privateKey;
    const jwk = {
      ...(await exportJWK(publicKey)),
      kid: 'test-key',
      use: 'sig',
      alg: 'RS256',
      endorsements: ['msteams'],
    };
    this.url = await standIn(({ method, path, body }, url) => {
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
      if (method === 'POST' && path.includes('/activities')) return this.#activity(JSON.parse(body) as Activity);
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

  async post(app: App, activity: unknown, token?: string): Promise<Response> {
    const authorization = `Bearer ${token ?? (await this.token())}`;
    return fetch(`http://127.0.0.1:${app.port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization }) },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
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

  #member(id: string) {
    if (!this.people[id]) return { status: 404, body: { error: { code: 'NotFound', message: 'no such member' } } };
    return { body: this.#account(id) };
  }

  async #activity(activity: Activity) {
    if (activity.type === 'typing') return { body: { id: 'typing' } };
    const failure = this.failures.shift();
    if (failure) return { ...failure, body: { error: { code: 'Failed', message: 'refused by the test' } } };
    this.activities.push(activity);
    await this.holds(activity);
    return { body: { id: `activity-${this.activities.all.length}` } };
  }
}

/** Somebody in Teams, in a personal chat with Steward. */
export class TeamsChatter implements Chatter {
  readonly platform = 'teams';
  readonly #app: App;
  readonly #teams: TeamsStandIn;
  readonly #user: string;
  #form: unknown;

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

  command(text: string): Promise<SeenReply> {
    return this.say(`/aims ${text}`);
  }

  async press(action: string): Promise<SeenReply> {
    await this.#execute({ action });
    return this.#nextReply();
  }

  hear(): Promise<SeenReply> {
    return this.#nextReply();
  }

  async submit(values: Record<string, string>): Promise<SeenReply> {
    const answer = (await this.#execute({ form: this.#form, ...values })) as { value: Card };
    const faults = faultsIn(answer.value);
    return Object.keys(faults).length > 0
      ? { text: '', citations: [], actions: [], inputs: [], errors: faults }
      : this.#nextReply();
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
      actions: actions.map(({ title, data }) => ({
        id: (data as { action?: string }).action ?? '',
        label: String(title),
      })),
      inputs: ['Input.Text', 'Input.ChoiceSet', 'Input.Date'].flatMap((type) => elementsOf(card, type)).length
        ? inputsOf(card)
        : [],
      errors: {},
    };
  }
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

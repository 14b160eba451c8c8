import { join, resolve } from 'node:path';
import querystring from 'node:querystring';
import { z } from 'zod';
import type { DatabaseLocation } from './database/database.ts';

/** Everything that can be set, checked. `.env.example` explains each setting. Nothing else reads the environment. */
export interface Config {
  readonly database: DatabaseLocation;
  /** The public https address under which the platforms reach Steward, without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** The port for Slack, Teams, health and metrics. */
  readonly port: number;
  /** The port of the local web chat; undefined where Slack or Teams is on, or where it is switched off. */
  readonly webChatPort: number | undefined;
  readonly timeZone: string;
  /** Months from the approval of an AI system to its next review. */
  readonly reviewMonths: number;
  /** E-mail addresses in lower case, or `platform:workspace:user`. */
  readonly administrators: ReadonlySet<string>;
  /** The Ed25519 key that signs the event log's head. */
  readonly eventLogKeyFile: string;
  readonly retention: RetentionConfig;
  readonly logLevel: string;
  /** What one file of evidence may have, in bytes. */
  readonly evidenceBytes: number;
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  readonly models: ModelsConfig;
  /** Settings that nothing uses as they are: sentences for an administrator. */
  readonly unused: readonly string[];
}

/** For how many days what people said is kept. */
export interface RetentionConfig {
  /** What was said in conversations, as it was received and sent. */
  readonly messageDays: number;
  /** Questions with their answers, comments on them, and who asked what was open. */
  readonly questionDays: number;
}

/** The models that are switched on. */
export interface ModelsConfig {
  readonly embedding: ModelConfig | undefined;
  readonly chat: ChatModelConfig | undefined;
}

export interface ModelConfig {
  /** The model's name; on Azure that of its deployment. */
  readonly model: string;
  readonly server: ModelServer;
}

export interface ChatModelConfig extends ModelConfig {
  /** Whether passages that are not Steward's own guidance may be sent to it. */
  readonly seesEvidence: boolean;
  readonly prices: ModelPrices | undefined;
  readonly ceiling: MonthlyCeiling;
  readonly patience: Patience;
}

/** What a million tokens cost, in one currency. */
export interface ModelPrices {
  readonly input: number;
  readonly output: number;
}

/** What a model may use in a calendar month; undefined where there is no ceiling. */
export interface MonthlyCeiling {
  readonly tokens: number | undefined;
  /** In the currency of the prices. */
  readonly cost: number | undefined;
}

/** How long people wait for a language model, in milliseconds. */
export interface Patience {
  /** Until its first word, and between two. */
  readonly silence: number;
  /** For everything that it does in one turn. */
  readonly turn: number;
}

/** Where a model is: a server that speaks OpenAI's interface, or Azure's variant of it. */
export type ModelServer =
  | { readonly kind: 'openai'; readonly apiKey: string | undefined; readonly baseUrl: string }
  | { readonly kind: 'azure'; readonly apiKey: string; readonly endpoint: string; readonly apiVersion: string };

export interface SlackConfig {
  readonly botToken: string;
  readonly entrance: SlackEntrance;
  /** Another host for the Web API: GovSlack, or a test's stand-in. */
  readonly apiUrl: string | undefined;
}

/** How Slack delivers: by requests that it signs, or in Socket Mode, over a connection that Steward opens. */
export type SlackEntrance =
  | { readonly kind: 'http'; readonly signingSecret: string }
  | { readonly kind: 'socket'; readonly appToken: string };

export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** Settings of botbuilder's authentication for a government cloud, or a test's stand-in. */
  readonly cloud: Readonly<Record<string, string>>;
  /** Files that people attach are fetched from these hosts and their subdomains alone. */
  readonly fileHosts: readonly string[];
}

/** The settings are unusable; the message says which and why. */
export class InvalidConfig extends Error {
  override name = 'InvalidConfig';
}

export interface ConfigInspection {
  /** Parts that are faulty are as if they were not set. */
  readonly config: Config;
  /** What is wrong: sentences that name the settings, and no secret. */
  readonly faults: readonly string[];
  readonly faulty: ReadonlySet<ConfigPart>;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

const OPENAI = 'https://api.openai.com/v1';

/** Switches of LangChain that send or print every text that a model is given. */
const TRACING = [
  'LANGSMITH_TRACING_V2',
  'LANGSMITH_TRACING',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_TRACING',
  'LANGCHAIN_VERBOSE',
];

const PATIENCE: Patience = { silence: 10_000, turn: 30_000 };

const blankIsMissing = (value: unknown) => (value === '' ? undefined : value);
const text = z.preprocess(blankIsMissing, z.string().optional());
const url = z.preprocess(
  blankIsMissing,
  z.url({ protocol: /^https?$/, error: 'must begin with https:// or http://' }).optional(),
);
const wholeNumber = (least: number, most: number, error: string) =>
  z.coerce.number({ error: 'is no number' }).int(error).min(least, error).max(most, error);
const port = (fallback: number) =>
  z.preprocess(blankIsMissing, wholeNumber(0, 65_535, 'must be a whole number from 0 to 65535').default(fallback));

const money = z.preprocess(
  blankIsMissing,
  z.coerce.number({ error: 'is no number' }).min(0, 'must not be below 0').optional(),
);

const days = (fallback: number) =>
  z.preprocess(
    blankIsMissing,
    wholeNumber(1, 3_650, 'must be a whole number of days from 1 to 3650').default(fallback),
  );

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const MODEL_SERVER = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'AZURE_OPENAI_ENDPOINT',
  'AZURE_OPENAI_API_VERSION',
] as const;

const CHAT_MODEL = [
  'OPENAI_CHAT_MODEL',
  'MODEL_SEES_EVIDENCE',
  'MODEL_MONTHLY_TOKENS',
  'MODEL_INPUT_PRICE',
  'MODEL_OUTPUT_PRICE',
  'MODEL_MONTHLY_COST',
] as const;

/** Settings that are read together. */
const PARTS = {
  database: ['DATABASE_URL'],
  administrators: ['STEWARD_ADMINISTRATORS'],
  tracing: TRACING,
  slack: ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL'],
  teams: ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_TENANT_ID', 'TEAMS_CLOUD'],
  chat: [...MODEL_SERVER, ...CHAT_MODEL],
  embedding: [...MODEL_SERVER, 'EMBEDDING_MODEL', 'EMBEDDING_API_KEY', 'EMBEDDING_BASE_URL'],
} as const satisfies Record<string, readonly string[]>;

export type ConfigPart = keyof typeof PARTS;

/** Shorter ones are no secrets, and stand in many a word. */
const SHORTEST_SECRET = 6;

const SECRET = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'TEAMS_APP_PASSWORD',
  'OPENAI_API_KEY',
  'EMBEDDING_API_KEY',
] as const;

const Environment = z.object({
  STEWARD_URL: z.preprocess(
    blankIsMissing,
    z.string().refine(isPublicAddress, 'must be an address such as https://steward.example.org').optional(),
  ),
  STEWARD_DATA: z.preprocess(blankIsMissing, z.string().default('.steward')),
  REGISTER_REVIEW_MONTHS: z.preprocess(
    blankIsMissing,
    wholeNumber(1, 60, 'must be a whole number of months from 1 to 60').default(12),
  ),
  STEWARD_TIME_ZONE: z.preprocess(
    blankIsMissing,
    z.string().default('UTC').refine(isTimeZone, 'is no IANA time zone, such as Europe/Vienna'),
  ),
  STEWARD_ADMINISTRATORS: text,
  DATABASE_URL: z.preprocess(
    blankIsMissing,
    z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgres://' }).optional(),
  ),
  PORT: port(8080),
  WEB_CHAT_PORT: port(3000),
  LOG_LEVEL: z.preprocess(
    blankIsMissing,
    z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  ),
  EVENT_LOG_KEY_FILE: text,
  EVIDENCE_MAX_MB: z.preprocess(
    blankIsMissing,
    wholeNumber(1, 200, 'must be a whole number from 1 to 200').default(25),
  ),
  MESSAGE_RETENTION_DAYS: days(30),
  QUESTION_RETENTION_DAYS: days(365),
  SLACK_BOT_TOKEN: z.preprocess(blankIsMissing, z.string().startsWith('xoxb-', 'must begin with xoxb-').optional()),
  SLACK_SIGNING_SECRET: text,
  SLACK_APP_TOKEN: z.preprocess(blankIsMissing, z.string().startsWith('xapp-', 'must begin with xapp-').optional()),
  SLACK_API_URL: url,
  TEAMS_APP_ID: text,
  TEAMS_APP_PASSWORD: text,
  TEAMS_TENANT_ID: text,
  TEAMS_CLOUD: z.preprocess(blankIsMissing, z.string().optional()),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url,
  AZURE_OPENAI_ENDPOINT: url,
  AZURE_OPENAI_API_VERSION: text,
  OPENAI_CHAT_MODEL: text,
  MODEL_SEES_EVIDENCE: z.preprocess(
    blankIsMissing,
    z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('no'),
  ),
  MODEL_MONTHLY_TOKENS: z.preprocess(
    blankIsMissing,
    wholeNumber(1, Number.MAX_SAFE_INTEGER, 'must be a whole number above 0').optional(),
  ),
  MODEL_INPUT_PRICE: money,
  MODEL_OUTPUT_PRICE: money,
  MODEL_MONTHLY_COST: money,
  EMBEDDING_MODEL: text,
  EMBEDDING_API_KEY: text,
  EMBEDDING_BASE_URL: url,
});

type Environment = z.infer<typeof Environment>;

/** @throws InvalidConfig naming everything that is wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const { config, faults } = inspectConfig(environment);
  if (faults.length === 0) return config;
  throw new InvalidConfig(
    `Some settings cannot be used. ${faults.join(' ')} See .env.example for what each one means.`,
  );
}

/** The process's own settings. @throws InvalidConfig */
export function configFromEnvironment(): Config {
  return readConfig(process.env);
}

/**
 * Settings for the example organisation, which has a folder of its own beside the usual one.
 *
 * @throws InvalidConfig also where Slack or Teams is on: real people must not meet invented records
 */
export function readExampleConfig(environment: NodeJS.ProcessEnv): Config {
  const { STEWARD_DATA } = environment;
  const folder = `${STEWARD_DATA || '.steward'}-example`;
  const config = readConfig({ ...environment, STEWARD_DATA: folder, EVENT_LOG_KEY_FILE: '' });
  if (config.slack || config.teams) {
    throw new InvalidConfig(
      'The example organisation is for the web chat alone. Start with --example without the settings of Slack and Teams.',
    );
  }
  return config;
}

/** The process's own settings, for the example organisation. @throws InvalidConfig */
export function exampleConfigFromEnvironment(): Config {
  return readExampleConfig(process.env);
}

/** The process's own settings, and all that is wrong with them. */
export function inspectEnvironment(): ConfigInspection {
  return inspectConfig(process.env);
}

export function inspectConfig(environment: NodeJS.ProcessEnv): ConfigInspection {
  const { settings, unusable } = usableSettings(environment);
  const faults = new Set(unusable.values());
  const faulty = new Set<ConfigPart>();
  const part = <T>(name: ConfigPart, read: (settings: Environment) => T): T | undefined => {
    try {
      // With one of its settings left out, it would look half set.
      if (!PARTS[name].some((setting) => unusable.has(setting))) return read(settings);
    } catch (error) {
      if (!(error instanceof InvalidConfig)) throw error;
      faults.add(error.message);
    }
    faulty.add(name);
    return undefined;
  };
  part('tracing', () => refuseTracing(environment));
  const data = resolve(settings.STEWARD_DATA);
  const server = part('database', ({ DATABASE_URL }) => DATABASE_URL);
  const slack = part('slack', slackConfig);
  const teams = part('teams', teamsConfig);
  const config: Config = {
    database: server ? { kind: 'server', url: server } : { kind: 'embedded', folder: join(data, 'database') },
    publicUrl: settings.STEWARD_URL?.replace(/\/+$/, ''),
    port: settings.PORT,
    webChatPort: slack || teams ? undefined : settings.WEB_CHAT_PORT,
    timeZone: settings.STEWARD_TIME_ZONE,
    reviewMonths: settings.REGISTER_REVIEW_MONTHS,
    administrators: part('administrators', administrators) ?? new Set(),
    eventLogKeyFile: settings.EVENT_LOG_KEY_FILE ?? join(data, 'event-log-key.pem'),
    retention: { messageDays: settings.MESSAGE_RETENTION_DAYS, questionDays: settings.QUESTION_RETENTION_DAYS },
    logLevel: settings.LOG_LEVEL,
    evidenceBytes: settings.EVIDENCE_MAX_MB * 1024 * 1024,
    slack,
    teams,
    models: { chat: part('chat', chatConfig), embedding: part('embedding', embeddingConfig) },
    unused: unusedSettings(settings),
  };
  return { config, faults: [...faults], faulty, secrets: secretsIn(environment) };
}

/** Each setting by itself. @returns also the settings that cannot be used, each with a sentence; they are left out */
function usableSettings(environment: NodeJS.ProcessEnv) {
  const issues = Environment.safeParse(environment).error?.issues ?? [];
  const unusable = new Map(issues.map(({ path, message }) => [path.join('.'), `${path.join('.')} ${message}.`]));
  const usable = Object.entries(environment).filter(([name]) => !unusable.has(name));
  return { settings: Environment.parse(Object.fromEntries(usable)), unusable };
}

function secretsIn(environment: NodeJS.ProcessEnv): string[] {
  const { password = '' } = URL.parse(environment['DATABASE_URL'] ?? '') ?? {};
  return [...SECRET.map((name) => environment[name] ?? ''), password, querystring.unescape(password)].filter(
    ({ length }) => length >= SHORTEST_SECRET,
  );
}

function slackConfig(settings: Environment): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL: apiUrl } = settings;
  if (!SLACK_BOT_TOKEN && !SLACK_SIGNING_SECRET && !SLACK_APP_TOKEN) return undefined;
  if (SLACK_BOT_TOKEN && SLACK_APP_TOKEN) {
    return { botToken: SLACK_BOT_TOKEN, entrance: { kind: 'socket', appToken: SLACK_APP_TOKEN }, apiUrl };
  }
  if (SLACK_BOT_TOKEN && SLACK_SIGNING_SECRET) {
    return { botToken: SLACK_BOT_TOKEN, entrance: { kind: 'http', signingSecret: SLACK_SIGNING_SECRET }, apiUrl };
  }
  throw new InvalidConfig(
    SLACK_BOT_TOKEN
      ? 'Slack needs SLACK_SIGNING_SECRET beside SLACK_BOT_TOKEN, or SLACK_APP_TOKEN for Socket Mode.'
      : 'Slack needs SLACK_BOT_TOKEN; it is missing.',
  );
}

function teamsConfig({
  TEAMS_APP_ID,
  TEAMS_APP_PASSWORD,
  TEAMS_TENANT_ID,
  TEAMS_CLOUD,
}: Environment): TeamsConfig | undefined {
  if (!TEAMS_APP_ID && !TEAMS_APP_PASSWORD && !TEAMS_TENANT_ID) return undefined;
  if (!TEAMS_APP_ID || !TEAMS_APP_PASSWORD || !TEAMS_TENANT_ID) {
    throw new InvalidConfig(
      'Teams needs TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID together. Without them the endpoint would accept ' +
        'requests from anybody, so Steward does not start.',
    );
  }
  return {
    appId: TEAMS_APP_ID,
    appPassword: TEAMS_APP_PASSWORD,
    tenantId: TEAMS_TENANT_ID,
    ...cloudSettings(TEAMS_CLOUD, TEAMS_TENANT_ID),
  };
}

/** The token services of Microsoft's clouds for the government of the United States. All else is the same in both. */
const GOVERNMENT: ReadonlyMap<string, string> = new Map([
  ['gcc-high', 'https://tokengcch.botframework.azure.us'],
  ['dod', 'https://apiDoD.botframework.azure.us'],
]);

/** SharePoint's domains, in which OneDrive is too: of the public cloud, GCC High and DoD. */
const FILE_HOSTS = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us'];

function cloudSettings(setting: string | undefined, tenantId: string): Pick<TeamsConfig, 'cloud' | 'fileHosts'> {
  if (setting === undefined) return { cloud: {}, fileHosts: FILE_HOSTS };
  const oAuthUrl = GOVERNMENT.get(setting.toLowerCase());
  if (oAuthUrl) return { cloud: governmentCloud(oAuthUrl, tenantId), fileHosts: FILE_HOSTS };
  const { FileHosts: hosts, ...cloud } = jsonTexts(setting);
  const missing = Object.keys(governmentCloud('', '')).filter((name) => cloud[name] === undefined);
  // botbuilder would not check then what is missing, such as who signed a token.
  if (missing.length > 0) throw new InvalidConfig(`TEAMS_CLOUD lacks ${missing.join(', ')}; see .env.example.`);
  return { cloud, fileHosts: hosts?.split(/[\s,]+/).filter(Boolean) ?? FILE_HOSTS };
}

function jsonTexts(setting: string): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(setting));
  } catch (cause) {
    const names = [...GOVERNMENT.keys()].join(', ');
    throw new InvalidConfig(`TEAMS_CLOUD must be ${names} or a JSON object of texts; see .env.example.`, { cause });
  }
}

function governmentCloud(oAuthUrl: string, tenantId: string): Record<string, string> {
  const login = 'https://login.microsoftonline.us';
  return {
    ValidateAuthority: 'true',
    ToChannelFromBotLoginUrl: `${login}/${tenantId}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.us',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
    OAuthUrl: oAuthUrl,
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    ToBotFromEmulatorOpenIdMetadataUrl: `${login}/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration`,
    CallerId: 'urn:botframework:azureusgov',
  };
}

function refuseTracing(environment: NodeJS.ProcessEnv): void {
  const tracing = TRACING.find((name) => environment[name] === 'true');
  if (tracing) throw new InvalidConfig(`${tracing} would give what people ask and write to others. Unset it.`);
}

function chatConfig(settings: Environment): ChatModelConfig | undefined {
  const { OPENAI_CHAT_MODEL: model, MODEL_SEES_EVIDENCE, MODEL_MONTHLY_TOKENS: tokens } = settings;
  if (!model) return undefined;
  const server = modelServer(settings, { apiKey: undefined, baseUrl: undefined });
  if (!server) {
    throw new InvalidConfig(
      'OPENAI_CHAT_MODEL is set, but no server that has it: set OPENAI_API_KEY, or OPENAI_BASE_URL for another server.',
    );
  }
  const prices = modelPrices(settings);
  const ceiling = { tokens, cost: settings.MODEL_MONTHLY_COST };
  return { model, server, seesEvidence: MODEL_SEES_EVIDENCE === 'yes', prices, ceiling, patience: PATIENCE };
}

function modelPrices(settings: Environment): ModelPrices | undefined {
  const { MODEL_INPUT_PRICE: input, MODEL_OUTPUT_PRICE: output, MODEL_MONTHLY_COST } = settings;
  if (input !== undefined && output !== undefined) return { input, output };
  if (input === undefined && output === undefined && MODEL_MONTHLY_COST === undefined) return undefined;
  throw new InvalidConfig(
    'MODEL_INPUT_PRICE and MODEL_OUTPUT_PRICE belong together, and MODEL_MONTHLY_COST needs both: without prices the cost is not known.',
  );
}

function embeddingConfig(settings: Environment): ModelConfig | undefined {
  const { EMBEDDING_MODEL: model, EMBEDDING_API_KEY: apiKey, EMBEDDING_BASE_URL: baseUrl } = settings;
  if (!model) return undefined;
  const server = modelServer(settings, { apiKey, baseUrl });
  if (server) return { model, server };
  throw new InvalidConfig(
    'EMBEDDING_MODEL is set, but no server that has it: set OPENAI_API_KEY, or EMBEDDING_BASE_URL for another server.',
  );
}

/** A server of models is set, but no model. */
function unusedSettings(settings: Environment): string[] {
  if (settings.OPENAI_CHAT_MODEL || settings.EMBEDDING_MODEL) return [];
  return MODEL_SERVER.filter((name) => settings[name]).map(
    (name) => `${name} is set, but no model that would use it: set OPENAI_CHAT_MODEL, EMBEDDING_MODEL or both.`,
  );
}

/**
 * @param own what is set for one kind of model goes before what is set for all
 * @returns undefined where no server is named
 */
function modelServer(
  settings: Environment,
  own: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined },
): ModelServer | undefined {
  const { OPENAI_BASE_URL, AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_VERSION: apiVersion } = settings;
  const apiKey = own.apiKey ?? settings.OPENAI_API_KEY;
  if (own.baseUrl) return { kind: 'openai', apiKey, baseUrl: own.baseUrl };
  if (endpoint || apiVersion) {
    if (endpoint && apiVersion && apiKey && !OPENAI_BASE_URL) return { kind: 'azure', apiKey, endpoint, apiVersion };
    throw new InvalidConfig(
      'Azure needs AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_VERSION and OPENAI_API_KEY together, and no OPENAI_BASE_URL.',
    );
  }
  if (!apiKey && !OPENAI_BASE_URL) return undefined;
  return { kind: 'openai', apiKey, baseUrl: OPENAI_BASE_URL ?? OPENAI };
}

function administrators({ STEWARD_ADMINISTRATORS: list = '' }: Environment): ReadonlySet<string> {
  const words = (text: string) => text.split(/\s+/).filter(Boolean);
  const isEntry = (word: string) => word.includes('@') || /^(slack|teams):[^:]+:.+$/.test(word);
  // Spaces separate too, but a name of two words is quoted as it was written.
  const parts = list.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !words(part).every(isEntry));
  const entries = parts.flatMap(words);
  if (wrong) {
    throw new InvalidConfig(
      `STEWARD_ADMINISTRATORS: "${wrong}" is neither an e-mail address nor platform:workspace:user, such as slack:T0123:U0456.`,
    );
  }
  return new Set(entries.map((entry) => (entry.includes('@') ? entry.toLowerCase() : entry)));
}

/** An https address with nothing behind its path. */
function isPublicAddress(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && !url.username && !url.search && !url.hash;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

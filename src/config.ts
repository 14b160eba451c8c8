import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { DatabaseLocation } from './database/database.ts';

/** Everything that can be set, checked. `.env.example` explains each setting. Nothing else reads the environment. */
export interface Config {
  readonly database: DatabaseLocation;
  /** The port for Slack, Teams, health and metrics. */
  readonly port: number;
  /** The port of the local web chat; undefined where Slack or Teams is on, or where it is switched off. */
  readonly webChatPort: number | undefined;
  readonly timeZone: string;
  /** E-mail addresses in lower case, or `platform:workspace:user`. */
  readonly administrators: ReadonlySet<string>;
  /** The Ed25519 key that signs the event log's head. */
  readonly eventLogKeyFile: string;
  readonly logLevel: string;
  readonly slack: SlackConfig | undefined;
  readonly teams: TeamsConfig | undefined;
  readonly models: ModelsConfig;
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
  /** The ceiling of a calendar month; undefined where there is none. */
  readonly monthlyTokens: number | undefined;
  readonly patience: Patience;
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
  readonly signingSecret: string;
  /** Another host for the Web API: GovSlack, or a test's stand-in. */
  readonly apiUrl: string | undefined;
}

export interface TeamsConfig {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** Settings of botbuilder's authentication for a government cloud, or a test's stand-in. */
  readonly cloud: Readonly<Record<string, string>>;
}

/** The settings are unusable; the message says which and why. */
export class InvalidConfig extends Error {
  override name = 'InvalidConfig';
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
const url = z.preprocess(blankIsMissing, z.url({ protocol: /^https?$/, error: 'must begin with https://' }).optional());
const port = (fallback: number) =>
  z.preprocess(blankIsMissing, z.coerce.number().int().min(0).max(65_535).default(fallback));

const Environment = z.object({
  STEWARD_DATA: z.preprocess(blankIsMissing, z.string().default('.steward')),
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
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ),
  EVENT_LOG_KEY_FILE: text,
  SLACK_BOT_TOKEN: z.preprocess(blankIsMissing, z.string().startsWith('xoxb-', 'must begin with xoxb-').optional()),
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: z.preprocess(blankIsMissing, z.url().optional()),
  TEAMS_APP_ID: text,
  TEAMS_APP_PASSWORD: text,
  TEAMS_TENANT_ID: text,
  TEAMS_CLOUD: z.preprocess(blankIsMissing, z.string().optional()),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url,
  AZURE_OPENAI_ENDPOINT: url,
  AZURE_OPENAI_API_VERSION: text,
  OPENAI_CHAT_MODEL: text,
  MODEL_SEES_EVIDENCE: z.preprocess(blankIsMissing, z.enum(['yes', 'no']).default('no')),
  MODEL_MONTHLY_TOKENS: z.preprocess(blankIsMissing, z.coerce.number().int().positive().optional()),
  EMBEDDING_MODEL: text,
  EMBEDDING_API_KEY: text,
  EMBEDDING_BASE_URL: url,
});

type Environment = z.infer<typeof Environment>;

/** @throws InvalidConfig */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new InvalidConfig(
      `Some settings cannot be used: ${faults.join('; ')}. See .env.example for what each one means.`,
    );
  }
  const settings = parsed.data;
  refuseTracing(environment);
  const data = resolve(settings.STEWARD_DATA);
  const slack = slackConfig(settings);
  const teams = teamsConfig(settings);
  return {
    database: settings.DATABASE_URL
      ? { kind: 'server', url: settings.DATABASE_URL }
      : { kind: 'embedded', folder: join(data, 'database') },
    port: settings.PORT,
    webChatPort: slack || teams ? undefined : settings.WEB_CHAT_PORT,
    timeZone: settings.STEWARD_TIME_ZONE,
    administrators: administrators(settings.STEWARD_ADMINISTRATORS ?? ''),
    eventLogKeyFile: settings.EVENT_LOG_KEY_FILE ?? join(data, 'event-log-key.pem'),
    logLevel: settings.LOG_LEVEL,
    slack,
    teams,
    models: modelsConfig(settings),
  };
}

/** The process's own settings. @throws InvalidConfig */
export function configFromEnvironment(): Config {
  return readConfig(process.env);
}

function slackConfig({ SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL }: Environment): SlackConfig | undefined {
  if (!SLACK_BOT_TOKEN && !SLACK_SIGNING_SECRET) return undefined;
  if (!SLACK_BOT_TOKEN || !SLACK_SIGNING_SECRET) {
    throw new InvalidConfig('Slack needs both SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET; one of them is missing.');
  }
  return { botToken: SLACK_BOT_TOKEN, signingSecret: SLACK_SIGNING_SECRET, apiUrl: SLACK_API_URL };
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
    cloud: cloudSettings(TEAMS_CLOUD),
  };
}

function cloudSettings(json: string | undefined): Readonly<Record<string, string>> {
  if (json === undefined) return {};
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(json));
  } catch (cause) {
    throw new InvalidConfig('TEAMS_CLOUD must be a JSON object of texts; see .env.example.', { cause });
  }
}

function modelsConfig(settings: Environment): ModelsConfig {
  return { embedding: embeddingConfig(settings), chat: chatConfig(settings) };
}

function refuseTracing(environment: NodeJS.ProcessEnv): void {
  const tracing = TRACING.find((name) => environment[name] === 'true');
  if (tracing) throw new InvalidConfig(`${tracing} would give what people ask and write to others. Unset it.`);
}

function chatConfig(settings: Environment): ChatModelConfig | undefined {
  const { OPENAI_CHAT_MODEL: model, MODEL_SEES_EVIDENCE, MODEL_MONTHLY_TOKENS: monthlyTokens } = settings;
  if (!model) return undefined;
  const server = modelServer(settings, { apiKey: undefined, baseUrl: undefined });
  if (server) return { model, server, seesEvidence: MODEL_SEES_EVIDENCE === 'yes', monthlyTokens, patience: PATIENCE };
  throw new InvalidConfig(
    'OPENAI_CHAT_MODEL is set, but no server that has it: set OPENAI_API_KEY, or OPENAI_BASE_URL for another server.',
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

function administrators(list: string): ReadonlySet<string> {
  const entries = list.split(/[,\s]+/).filter(Boolean);
  const wrong = entries.find((entry) => !entry.includes('@') && !/^(slack|teams):[^:]+:.+$/.test(entry));
  if (wrong) {
    throw new InvalidConfig(
      `STEWARD_ADMINISTRATORS: "${wrong}" is neither an e-mail address nor platform:workspace:user, such as slack:T0123:U0456.`,
    );
  }
  return new Set(entries.map((entry) => (entry.includes('@') ? entry.toLowerCase() : entry)));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

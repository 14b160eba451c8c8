import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { clockFinding } from '../../src/cli/doctor/clock.ts';
import { examine } from '../../src/cli/doctor/examine.ts';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { inspectConfig } from '../../src/config.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/database/database.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import { createLog } from '../../src/log.ts';
import { startTestApp } from '../support/app.ts';
import { ChatModelStandIn } from '../support/chat-model.ts';
import { copyOfTemplate } from '../support/database.ts';
import { EmbeddingServer, FAULTS } from '../support/embeddings.ts';
import { SlackStandIn } from '../support/slack.ts';
import { standIn } from '../support/stand-in.ts';
import { TeamsStandIn } from '../support/teams.ts';

const log = createLog('silent');

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'steward-doctor-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

interface Patient {
  readonly settings?: Record<string, string>;
  readonly database?: DatabaseLocation;
  /** In milliseconds. */
  readonly patience?: number;
}

async function findings({ settings = {}, database, patience }: Patient): Promise<Finding[]> {
  const inspection = inspectConfig({ PORT: '0', WEB_CHAT_PORT: '0', STEWARD_DATA: await folder(), ...settings });
  const location = database ?? (settings['DATABASE_URL'] ? inspection.config.database : await copyOfTemplate());
  const { models } = inspection.config;
  const chat = models.chat && { ...models.chat, patience: { silence: 1_000, turn: 1_000 } };
  const config = { ...inspection.config, database: location, models: { ...models, chat } };
  return examine({ ...inspection, config }, log, patience);
}

/** Those that are not OK, as people read them. */
function complaints(all: readonly Finding[]): string[] {
  return all
    .filter(({ status }) => status !== 'ok')
    .map(({ status, about, message, remedy = '' }) => `${status} ${about}: ${message} ${remedy}`);
}

async function changed(change: (database: Database) => Promise<unknown>): Promise<Patient> {
  const database = await copyOfTemplate();
  const open = await openDatabase(database, () => {});
  await change(open);
  await open.close();
  return { database };
}

async function leadWhoLeft(db: Database['db']): Promise<void> {
  const { id } = await db
    .insertInto('person')
    .values({ display_name: 'Dana Okafor' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const identity = { platform: 'slack', workspace: 'T0TEAM', user_id: 'U0DANA', standing: 'deactivated' };
  await db
    .insertInto('person_identity')
    .values({ ...identity, person_id: id, checked_at: new Date() })
    .execute();
  await db.insertInto('role_assignment').values({ person_id: id, role: 'compliance_lead' }).execute();
}

async function withSlack(change: (slack: SlackStandIn) => void): Promise<Patient> {
  const slack = await new SlackStandIn().start();
  change(slack);
  return { settings: slack.settings };
}

async function withTeams(change: (teams: TeamsStandIn) => void): Promise<Patient> {
  const teams = await new TeamsStandIn().start();
  change(teams);
  return { settings: teams.settings };
}

async function withKey(content: string | Buffer, mode: number): Promise<Patient> {
  const file = join(await folder(), 'key.pem');
  await writeFile(file, content);
  await chmod(file, mode);
  return { settings: { EVENT_LOG_KEY_FILE: file } };
}

const pem = (type: 'ed25519' | 'x25519') =>
  generateKeyPairSync(type as 'ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });

const inSixMinutes = () => new Date(Date.now() + 6 * 60_000);
const halfAMinuteAgo = () => new Date(Date.now() - 30_000);

test('a whole installation is well, and every part of it was looked at', async () => {
  const slack = await new SlackStandIn().start();
  const teams = await new TeamsStandIn().start();
  const chat = await new ChatModelStandIn().start();
  const embeddings = await new EmbeddingServer().start();
  const database = await copyOfTemplate();
  const all = await findings({
    database,
    settings: {
      ...slack.settings,
      ...teams.settings,
      ...chat.settings,
      ...embeddings.settings,
      STEWARD_URL: await standIn(() => ({ body: { status: 'alive' } }), 'https'),
      EVENT_LOG_KEY_FILE: (await withKey(pem('ed25519'), 0o600)).settings?.['EVENT_LOG_KEY_FILE'] ?? '',
    },
  });
  expect(complaints(all)).toEqual([]);
  const said = Object.fromEntries(all.map(({ about, message }) => [about, message]));
  expect(said).toMatchObject({
    Settings: 'Every setting can be used.',
    'Data folder': expect.anything(),
    'Signing key': expect.stringMatching(/Its fingerprint is [0-9a-f]{16}\.$/),
    Guidance: expect.stringMatching(/^All \d+ pages can be read/),
    Database: expect.stringContaining('PostgreSQL 1'),
    pgvector: expect.stringMatching(/version 0\.\d+/),
    Clock: "This machine's clock agrees with the database's.",
    Migrations: expect.stringMatching(/^All \d+ migrations have run/),
    'Stored guidance': expect.stringMatching(/^All \d+ pages are in the database/),
    Roles: 'Nobody has written to Steward yet.',
    'Event log': 'All 0 entries are intact.',
    'Port 0': 'Free, for PORT.',
    'Public address': expect.stringContaining('leads to Steward'),
    Slack: expect.stringContaining('for the workspace Example (T0TEAM). It has every permission needed.'),
    'Slack clock': "This machine's clock agrees with Slack's.",
    Teams: expect.stringContaining('a token to answer with'),
    'Teams clock': "This machine's clock agrees with Microsoft's.",
    'Chat model': expect.stringContaining('model-of-the-test answers, in'),
    'Embedding model': expect.stringContaining('trigrams answers, in'),
  });
  expect(chat.requests.all).toHaveLength(1);
  expect(embeddings.requests).toHaveLength(1);
});

test('with nothing configured everything is well, and nothing is made', async () => {
  const data = join(await folder(), 'data');
  const database = { kind: 'embedded', folder: join(data, 'database') } as const;
  const all = await findings({ settings: { STEWARD_DATA: data }, database });
  expect(complaints(all)).toEqual([]);
  for (const about of ['Slack', 'Teams', 'Chat model', 'Embedding model']) {
    expect(all.find((finding) => finding.about === about)?.message).toContain('Off, which is fine.');
  }
  await expect(rm(data)).rejects.toThrow('ENOENT');
});

test.each<[string, () => Promise<Patient>, string[]]>([
  [
    'Slack refuses the token',
    () => withSlack((slack) => (slack.refusal = 'invalid_auth')),
    ['fault Slack: Slack refused: invalid_auth. Compare SLACK_BOT_TOKEN'],
  ],
  [
    'Slack cannot be reached',
    async () => ({ settings: { ...new SlackStandIn().settings, SLACK_API_URL: 'http://127.0.0.1:1/api/' } }),
    ['fault Slack: Slack could not be reached'],
  ],
  [
    "the Slack app's manifest is an old one",
    () => withSlack((slack) => (slack.scopes = slack.scopes.filter((scope) => scope !== 'assistant:write'))),
    [
      'lacks permissions: assistant:write (to suggest questions, and to show that an answer is on its way). Run npm run manifests',
    ],
  ],
  [
    'the clock is six minutes behind Slack',
    () => withSlack((slack) => (slack.now = inSixMinutes)),
    ["fault Slack clock: This machine's clock is 6 minutes behind Slack's. Requests are refused"],
  ],
  [
    'the Teams secret is wrong',
    () => withTeams((teams) => (teams.refusal = 'AADSTS7000215')),
    ['fault Teams: Microsoft gives no token (AADSTS7000215). The secret is wrong'],
  ],
  [
    'the Teams secret has expired',
    () => withTeams((teams) => (teams.refusal = 'AADSTS7000222')),
    ['fault Teams: Microsoft gives no token (AADSTS7000222). The secret has expired'],
  ],
  [
    'Microsoft never answers',
    async () => ({
      ...(await withTeams((teams) => {
        teams.refusal = 'hang';
      })),
      database: { kind: 'embedded', folder: join(await folder(), 'none-yet') },
      patience: 8_000,
    }),
    ['fault Teams: This took longer than 8 s.'],
  ],
  [
    'nobody can give roles',
    async () => ({
      ...(await changed(({ db }) => leadWhoLeft(db))),
      settings: { ...(await new SlackStandIn().start()).settings, STEWARD_ADMINISTRATORS: '' },
    }),
    [
      'attention Settings: Every setting can be used. They name no administrator',
      'fault Roles: Nobody is administrator',
    ],
  ],
  [
    'the lead has left',
    async () => ({ ...(await changed(({ db }) => leadWhoLeft(db))), ...(await withSlack(() => {})) }),
    [
      'attention Roles: Nobody is compliance lead, so what Steward does not know goes to nobody who can answer it. 1 of 1 roles',
    ],
  ],
  [
    'the clock is ahead of Microsoft',
    () => withTeams((teams) => (teams.now = halfAMinuteAgo)),
    ["attention Teams clock: This machine's clock is 3"],
  ],
  [
    'Microsoft cannot be reached',
    async () => {
      const { settings } = new TeamsStandIn();
      const cloud = {
        ...JSON.parse(settings['TEAMS_CLOUD'] ?? ''),
        ToChannelFromBotLoginUrl: 'https://127.0.0.1:1/t',
        ToBotFromChannelOpenIdMetadataUrl: 'https://127.0.0.1:1/k',
      };
      return { settings: { ...settings, TEAMS_CLOUD: JSON.stringify(cloud) } };
    },
    ['fault Teams: The login server cannot be reached', 'fault Teams: 127.0.0.1:1 cannot be reached. Without the keys'],
  ],
  [
    'the chat model refuses the key',
    async () => {
      const chat = await new ChatModelStandIn().start();
      chat.answer = () => ({ status: 401 });
      return { settings: chat.settings };
    },
    ['fault Chat model: The server of the model model-of-the-test refuses the key (status 401). Compare the key'],
  ],
  [
    'the chat model hangs',
    async () => {
      const chat = await new ChatModelStandIn().start();
      chat.answer = () => 'hang';
      return { settings: chat.settings };
    },
    ['fault Chat model: The server of the model model-of-the-test did not answer in time. Choose a faster'],
  ],
  [
    'the embedding model is out of credit',
    async () => {
      const embeddings = await new EmbeddingServer().start();
      embeddings.fault = FAULTS['rate-limit'];
      return { settings: embeddings.settings };
    },
    ['fault Embedding model: The server of the model trigrams takes no more requests'],
  ],
  [
    'vectors are too wide',
    async () => {
      const embeddings = await new EmbeddingServer().start();
      embeddings.dimensions = 3_000;
      return { settings: embeddings.settings };
    },
    [
      'fault Embedding model: The server of the model trigrams gives answers that cannot be used (vectors of 3000 numbers',
    ],
  ],
  [
    'the database is down',
    async () => ({ settings: { DATABASE_URL: 'postgres://me:secret-word@127.0.0.1:1/nothing' } }),
    ['fault Database: The database at 127.0.0.1:1/nothing cannot be used'],
  ],
  [
    'the database is newer than the program',
    () => changed(({ db }) => sql`insert into migration (name, run_on) values ('9999_later', now())`.execute(db)),
    ['fault Migrations: The database was made by a newer Steward: it has the migration 9999_later'],
  ],
  [
    'a migration has not run',
    () => changed(({ db }) => sql`delete from migration where name like '0003%'`.execute(db)),
    ['migrations have not run: 0003_inbox-and-outbox. Make a backup'],
  ],
  [
    'the guidance is of another version',
    () => changed(({ db }) => sql`delete from document where key = 'A.2.2'`.execute(db)),
    ['attention Stored guidance: 1 pages in the database are missing'],
  ],
  [
    'an entry of the event log was changed',
    () =>
      changed(async ({ db }) => {
        await governedChange(db, { kind: 'system' }, async (change) => {
          change.record({ action: 'test.noted', subject: 'thing:1', detail: {} });
        });
        await sql`alter table event_log disable trigger user`.execute(db);
        await sql`update event_log set subject = 'thing:2'`.execute(db);
      }),
    ['fault Event log: The event log does not verify. Entry 1 was changed. Keep the database as it is'],
  ],
  [
    'others can read the signing key',
    () => withKey(pem('ed25519'), 0o640),
    ['attention Signing key: The key that signs heads of the event log may be opened by others'],
  ],
  ['the signing key is of another kind', () => withKey(pem('x25519'), 0o600), ['fault Signing key']],
  ['the signing key is none', () => withKey('nothing', 0o600), ['fault Signing key']],
  [
    'Slack refuses the token of Socket Mode',
    async () => {
      const { settings } = await withSlack((slack) => (slack.socketRefusal = 'invalid_auth'));
      return { settings: { ...settings, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-test' } };
    },
    ['fault Slack Socket Mode: Slack refused: invalid_auth. Compare SLACK_APP_TOKEN'],
  ],
  [
    'the public address leads elsewhere',
    async () => ({ settings: { STEWARD_URL: await standIn(() => ({ body: 'Hello' }), 'https') } }),
    ['attention Public address'],
  ],
  [
    'nobody is administrator',
    async () => ({ settings: { ...(await withSlack(() => {})).settings, STEWARD_ADMINISTRATORS: '' } }),
    ['attention Settings: Every setting can be used. They name no administrator'],
  ],
])('where %s, that and nothing else is found', async (_name, prepare, expected) => {
  const found = complaints(await findings(await prepare()));
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
});

test('all faulty settings are told at once, what hangs on them is not called well, and no secret is told', async () => {
  const settings = {
    DATABASE_URL: 'mysql://me:secret-of-database@host/x',
    SLACK_BOT_TOKEN: 'xapp-secret-of-slack',
    SLACK_SIGNING_SECRET: 'secret-of-signing',
    TEAMS_APP_PASSWORD: 'secret-of-teams',
    OPENAI_API_KEY: 'secret-of-openai',
    OPENAI_CHAT_MODEL: 'm',
    AZURE_OPENAI_ENDPOINT: 'https://a.example',
    EMBEDDING_MODEL: 'e',
    EMBEDDING_API_KEY: 'secret-of-embedding',
    STEWARD_URL: 'http://steward.example',
    STEWARD_ADMINISTRATORS: 'lee',
    PORT: 'eighty',
    WEB_CHAT_PORT: '0',
  };
  const all = await findings({ settings });
  const faults = all.filter(({ about }) => about === 'Settings').map(({ message }) => message);
  expect(faults.toSorted()).toEqual(
    [
      'Azure needs',
      'DATABASE_URL must begin with postgres://',
      'PORT ',
      'SLACK_BOT_TOKEN must begin with xoxb-.',
      'STEWARD_ADMINISTRATORS: "lee" is neither',
      'STEWARD_URL must be an address such as https://',
      'Teams needs TEAMS_APP_ID',
    ].map((text) => expect.stringContaining(text)),
  );
  for (const about of ['Database', 'Slack', 'Teams', 'Chat model', 'Embedding model']) {
    expect(all.find((finding) => finding.about === about)).toMatchObject({ status: 'attention' });
  }
  expect(JSON.stringify(all)).not.toContain('secret-of');
});

test('what a server repeats of a secret is not told', async () => {
  const slack = await new SlackStandIn().start();
  slack.refusal = `no_such_token_${slack.settings['SLACK_SIGNING_SECRET']}`;
  const [complaint = ''] = complaints(await findings({ settings: slack.settings }));
  expect(complaint).toContain('Slack refused: no_such_token_[removed].');
});

test('a port is free, held by Steward, or held by another program', async () => {
  const app = await startTestApp();
  const other = createServer((_request, response) => response.end('something else'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const chat = new URL(app.webChatUrl ?? '').port;
  const held = await findings({ settings: { PORT: String(app.port), WEB_CHAT_PORT: chat } });
  expect(held.filter(({ about }) => about.startsWith('Port')).map(({ message }) => message)).toEqual([
    'A Steward is running on it.',
    'A Steward is running on it.',
  ]);
  expect(complaints(await findings({ settings: { PORT: String(port) } }))).toEqual([
    expect.stringContaining(`fault Port ${port}: Another program holds it.`),
  ]);
});

test('an embedded database in use is left alone, and one that others can open is told', async () => {
  const path = await folder();
  await chmod(path, 0o755);
  // Process 1 is alive on every machine, and is not this one.
  await writeFile(join(path, 'lock'), '1');
  expect(complaints(await findings({ database: { kind: 'embedded', folder: path } }))).toEqual([
    expect.stringContaining('attention Data folder: The embedded database may be opened by others'),
    expect.stringContaining('attention Database: The embedded database serves one process'),
  ]);
});

test.each([
  [400, 'ok', 'agrees with'],
  [-30_000, 'attention', '30 seconds behind'],
  [60_000, 'attention', '60 seconds ahead of'],
  [300_000, 'fault', '5 minutes ahead of'],
] as const)('a clock that is %d ms ahead is %s', (ahead, status, words) => {
  const finding = clockFinding(ahead, "the database's");
  expect(finding).toMatchObject({ status, message: expect.stringContaining(words) });
});

test('the command ends with 0 where all is well and with 1 on a fault, in JSON and in words', async () => {
  const cwd = await folder();
  const run = (settings: Record<string, string>, ...options: string[]) => {
    const env = { PATH: process.env['PATH'], PORT: '0', WEB_CHAT_PORT: '0', ...settings };
    const main = join(process.cwd(), 'src/main.ts');
    return promisify(execFile)(process.execPath, [main, 'doctor', ...options], { cwd, env }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  };
  const well = await run({}, '--json');
  expect(well.code).toBe(0);
  expect(JSON.parse(well.stdout)).toMatchObject({ ok: true, findings: expect.arrayContaining([]) });
  await mkdir(join(cwd, '.steward'));
  const ill = await run({ TEAMS_APP_ID: 'x' });
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/^fault +Settings +Teams needs TEAMS_APP_ID/m);
  expect(ill.stdout).toContain('1 fault. Steward does not work until that is mended.');
});

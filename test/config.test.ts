import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

test('nothing has to be set', () => {
  expect(readConfig({})).toMatchObject({
    database: { kind: 'embedded' },
    port: 8080,
    webChatPort: 3000,
    timeZone: 'UTC',
    retention: { messageDays: 30, questionDays: 365 },
  });
});

test('what people said is kept for whole days', () => {
  expect(() => readConfig({ MESSAGE_RETENTION_DAYS: '0' })).toThrow('must be a whole number of days from 1 to 3650');
});

test('the web chat is off once a platform is on', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).webChatPort).toBeUndefined();
});

test('the public address has no slash at its end', () => {
  expect(readConfig({ STEWARD_URL: 'https://ai.example.org/steward/' }).publicUrl).toBe(
    'https://ai.example.org/steward',
  );
});

test('everything that is wrong is said at once', () => {
  const settings = { PORT: 'eighty', SLACK_BOT_TOKEN: 'xoxb-1', STEWARD_ADMINISTRATORS: 'lee' };
  expect(() => readConfig(settings)).toThrow(/PORT .*Slack needs SLACK_SIGNING_SECRET.*STEWARD_ADMINISTRATORS/);
});

const azure = { AZURE_OPENAI_ENDPOINT: 'https://a.example', AZURE_OPENAI_API_VERSION: '2024-10-21' };

test.each([
  [{ OPENAI_API_KEY: 'k' }, undefined],
  [
    { OPENAI_API_KEY: 'k', EMBEDDING_MODEL: 'm' },
    { kind: 'openai', apiKey: 'k', baseUrl: 'https://api.openai.com/v1' },
  ],
  [
    {
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: 'http://chat/v1',
      EMBEDDING_MODEL: 'm',
      EMBEDDING_BASE_URL: 'http://other/v1',
    },
    { kind: 'openai', apiKey: 'k', baseUrl: 'http://other/v1' },
  ],
  [
    { OPENAI_API_KEY: 'k', EMBEDDING_MODEL: 'm', EMBEDDING_API_KEY: 'own', ...azure },
    { kind: 'azure', apiKey: 'own', endpoint: 'https://a.example', apiVersion: '2024-10-21' },
  ],
])('%j leads to the embedding server %j', (settings, server) => {
  expect(readConfig(settings).models.embedding?.server).toEqual(server);
});

const CHAT = { OPENAI_CHAT_MODEL: 'm', OPENAI_API_KEY: 'k' };

test('a language model is used only where one is named, and sees guidance only unless allowed otherwise', () => {
  expect(readConfig({ OPENAI_API_KEY: 'k' }).models.chat).toBeUndefined();
  expect(readConfig({ OPENAI_API_KEY: 'k', OPENAI_CHAT_MODEL: 'm' }).models.chat).toEqual({
    model: 'm',
    server: { kind: 'openai', apiKey: 'k', baseUrl: 'https://api.openai.com/v1' },
    seesEvidence: false,
    prices: undefined,
    ceiling: { tokens: undefined, cost: undefined },
    patience: { silence: 10_000, turn: 30_000 },
  });
});

const TEAMS = { TEAMS_APP_ID: 'a', TEAMS_APP_PASSWORD: 'b', TEAMS_TENANT_ID: 'c' };

test("a government's cloud has its own addresses, and no others are left out", async () => {
  const readme = await readFile('README.md', 'utf8');
  for (const [name, oAuthUrl] of [
    ['gcc-high', 'https://tokengcch.botframework.azure.us'],
    ['dod', 'https://apiDoD.botframework.azure.us'],
  ]) {
    const cloud = readConfig({ ...TEAMS, TEAMS_CLOUD: name }).teams?.cloud ?? {};
    expect(cloud).toMatchObject({
      OAuthUrl: oAuthUrl,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/c',
    });
    const { CallerId: _, ToChannelFromBotLoginUrl: __, ...documented } = cloud;
    for (const [key, value] of Object.entries(documented)) {
      expect(readme).toContain(`\`${key}\``);
      expect(readme).toContain(`\`${value}\``);
    }
  }
  expect(readConfig(TEAMS).teams).toMatchObject({ cloud: {}, fileHosts: expect.arrayContaining(['sharepoint.com']) });
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }, 'must begin with xoxb-'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-2' }, 'must begin with xapp-'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'Slack needs SLACK_SIGNING_SECRET beside SLACK_BOT_TOKEN, or SLACK_APP_TOKEN'],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, 'Slack needs SLACK_BOT_TOKEN; it is missing.'],
  [{ TEAMS_APP_ID: 'a' }, 'Steward does not start'],
  [{ STEWARD_URL: 'http://ai.example.org' }, 'STEWARD_URL must be an address such as https://'],
  [{ STEWARD_URL: 'https://me:word@ai.example.org' }, 'STEWARD_URL must be'],
  [{ DATABASE_URL: 'mysql://x' }, 'must begin with postgres://'],
  [{ STEWARD_TIME_ZONE: 'Mars/Olympus' }, 'is no IANA time zone'],
  [{ STEWARD_ADMINISTRATORS: 'lee' }, 'neither an e-mail address nor'],
  [{ ...TEAMS, TEAMS_CLOUD: '{' }, 'TEAMS_CLOUD must be gcc-high, dod or a JSON object'],
  [{ ...TEAMS, TEAMS_CLOUD: 'gcc high' }, 'TEAMS_CLOUD must be'],
  [{ ...TEAMS, TEAMS_CLOUD: '{"OAuthUrl":"https://a.example"}' }, 'TEAMS_CLOUD lacks ValidateAuthority, ToChannel'],
  [{ EMBEDDING_MODEL: 'm' }, 'no server that has it'],
  [{ OPENAI_CHAT_MODEL: 'm' }, 'no server that has it'],
  [
    { OPENAI_CHAT_MODEL: 'm', OPENAI_API_KEY: 'k', MODEL_MONTHLY_TOKENS: '-1' },
    'MODEL_MONTHLY_TOKENS must be a whole number above 0.',
  ],
  [{ ...CHAT, MODEL_INPUT_PRICE: '1' }, 'belong together'],
  [{ ...CHAT, MODEL_MONTHLY_COST: '20' }, 'MODEL_MONTHLY_COST needs both'],
  [{ ...CHAT, MODEL_INPUT_PRICE: '1', MODEL_OUTPUT_PRICE: '-1' }, 'MODEL_OUTPUT_PRICE must not be below 0.'],
  [{ ...CHAT, MODEL_INPUT_PRICE: 'cheap', MODEL_OUTPUT_PRICE: '1' }, 'MODEL_INPUT_PRICE is no number.'],
  [
    { OPENAI_CHAT_MODEL: 'm', OPENAI_API_KEY: 'k', MODEL_SEES_EVIDENCE: 'maybe' },
    'MODEL_SEES_EVIDENCE must be yes or no.',
  ],
  [{ PORT: 'eighty' }, 'PORT is no number.'],
  [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug, info, warn, error, silent.'],
  [{ STEWARD_ADMINISTRATORS: 'a@b.example, Lee Novak' }, '"Lee Novak" is neither'],
  [{ LANGSMITH_TRACING: 'true' }, 'would give what people ask and write to others'],
  [{ EMBEDDING_MODEL: 'm', EMBEDDING_BASE_URL: 'localhost:1' }, 'must begin with https:// or http://'],
  [{ EMBEDDING_MODEL: 'm', OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: 'https://a.example' }, 'Azure needs'],
])('%j is refused in words', (settings, sentence) => {
  expect(() => readConfig(settings)).toThrow(sentence);
});

test('a key or an address of models that no model uses is told', () => {
  const [sentence, ...others] = readConfig({ OPENAI_API_KEY: 'k' }).unused;
  expect(sentence).toContain('OPENAI_API_KEY is set, but no model that would use it');
  expect(others).toEqual([]);
  expect(readConfig({ AZURE_OPENAI_ENDPOINT: 'https://a.example' }).unused).toHaveLength(1);
  expect(readConfig({ OPENAI_API_KEY: 'k', EMBEDDING_MODEL: 'm' }).unused).toEqual([]);
});

test('administrators may be separated by commas, spaces or both', () => {
  expect([...readConfig({ STEWARD_ADMINISTRATORS: 'A@b.example slack:T1:U1, c@d.example,' }).administrators]).toEqual([
    'a@b.example',
    'slack:T1:U1',
    'c@d.example',
  ]);
});

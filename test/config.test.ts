import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

test('nothing has to be set', () => {
  expect(readConfig({})).toMatchObject({
    database: { kind: 'embedded' },
    port: 8080,
    webChatPort: 3000,
    timeZone: 'UTC',
  });
});

test('the web chat is off once a platform is on', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).webChatPort).toBeUndefined();
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'Slack needs both'],
  [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 's' }, 'must begin with xoxb-'],
  [{ TEAMS_APP_ID: 'a' }, 'Steward does not start'],
  [{ DATABASE_URL: 'mysql://x' }, 'must begin with postgres://'],
  [{ STEWARD_TIME_ZONE: 'Mars/Olympus' }, 'is no IANA time zone'],
  [{ STEWARD_ADMINISTRATORS: 'lee' }, 'neither an e-mail address nor'],
  [{ TEAMS_APP_ID: 'a', TEAMS_APP_PASSWORD: 'b', TEAMS_TENANT_ID: 'c', TEAMS_CLOUD: '{' }, 'must be a JSON object'],
])('%j is refused in words', (settings, sentence) => {
  expect(() => readConfig(settings)).toThrow(sentence);
});

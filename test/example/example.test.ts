import { expect, onTestFinished, test, vi } from 'vitest';
import { startApp } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { readExampleConfig, type SlackConfig } from '../../src/config.ts';
import { readEntries } from '../../src/event-log/event-log.ts';
import { verifyChain } from '../../src/event-log/verify.ts';
import { fillExample, holdsExample } from '../../src/example/fill.ts';
import { createLog } from '../../src/log.ts';
import { readStandings } from '../../src/records/kpi/standing.ts';
import { copyOfTemplate, openTestDatabase } from '../support/database.ts';
import { addPerson } from '../support/evidence.ts';
import { WebChatter } from '../support/web.ts';

vi.setConfig({ testTimeout: 90_000 });

const clock = systemClock('UTC');

const SLACK: SlackConfig = {
  botToken: 'xoxb-1',
  entrance: { kind: 'http', signingSecret: 'secret' },
  apiUrl: undefined,
};

test('the example organisation is as large as it is said to be, is shown as one, and never meets real people', async () => {
  const config = { ...readExampleConfig({ PORT: '0', WEB_CHAT_PORT: '0' }), database: await copyOfTemplate() };
  const start = (other: object = {}) =>
    startApp({ ...config, ...other }, createLog('silent'), () => {}, { example: true });
  const app = await start();
  onTestFinished(() => app.stop());
  const { db } = app.database;
  const count = async (table: 'person' | 'ai_system' | 'evidence' | 'kpi_snapshot') => {
    const { total } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return total;
  };
  expect(await count('person')).toBe(50);
  expect(await count('ai_system')).toBe(30);
  expect(await count('evidence')).toBe(200);
  const real = await db.selectFrom('person').select('display_name').where('is_example', '=', false).execute();
  expect(real).toEqual([]);
  expect((await verifyChain(readEntries(db))).faults).toEqual([]);
  const standings = await readStandings(db, { now: clock.now(), today: clock.today() });
  expect(standings.find(({ kpi }) => kpi.id === 'evidence-freshness')?.history).toHaveLength(12);
  expect(standings.filter(({ trend }) => trend !== undefined).length).toBeGreaterThan(12);
  expect(standings.some(({ current }) => current.value === undefined)).toBe(true);

  const begun = (await (await fetch(`${app.webChatUrl}/api/start`)).json()) as { isExample: boolean };
  expect(begun.isExample).toBe(true);
  expect((await new WebChatter(app, 'arun').say('/aims kpi')).text).toContain('Evidence freshness');

  await fillExample(db, clock, () => {});
  expect(await count('evidence')).toBe(200);
  await app.stop();
  await expect(start({ slack: SLACK, webChatPort: undefined })).rejects.toThrow(
    'Give Slack and Teams another database',
  );
});

test('what holds people or records already is left alone', async () => {
  const { db } = await openTestDatabase();
  await addPerson(db, 'Ana');
  await expect(fillExample(db, clock, () => {})).rejects.toThrow('holds people or records already');
  expect(await holdsExample(db)).toBe(false);
});

test('its settings lead to a folder of its own, and are refused where Slack or Teams is on', () => {
  expect(readExampleConfig({ STEWARD_DATA: '/srv/steward', EVENT_LOG_KEY_FILE: '/srv/key.pem' })).toMatchObject({
    database: { kind: 'embedded', folder: '/srv/steward-example/database' },
    eventLogKeyFile: '/srv/steward-example/event-log-key.pem',
  });
  expect(() => readExampleConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })).toThrow(
    'for the web chat alone',
  );
});

import { Readable } from 'node:stream';
import express from 'express';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mountDownloads } from '../../src/adapters/downloads.ts';
import { listen } from '../../src/adapters/server.ts';
import type { App } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import type { Db } from '../../src/database/database.ts';
import { Downloads, type FileMaker } from '../../src/downloads/downloads.ts';
import { governedChange } from '../../src/event-log/governed-change.ts';
import type { SeenReply } from '../support/chatter.ts';
import { openTestDatabase } from '../support/database.ts';
import { STAGES } from '../support/stages.ts';
import { putSystem } from '../support/systems.ts';

const OUTSIDE = 'https://steward.example.org/here';

/** Follows the link of a button, as a browser does. */
function follow(app: App, reply: SeenReply, label: string): Promise<Response> {
  const link = reply.actions.find((action) => action.label === label)?.link ?? 'no link';
  const inside = app.webChatUrl ?? `http://127.0.0.1:${app.port}`;
  return fetch(link.startsWith('/') ? inside + link : link.replace(OUTSIDE, inside));
}

describe.each(Object.entries(STAGES))('on %s', (_platform, stage) => {
  test('somebody gets the register as a file, by a link that is for them alone', async () => {
    const { app, jon } = await stage({ STEWARD_URL: OUTSIDE });
    await putSystem(app.database.db, { name: 'Ticket sorter' }, 'approved');
    const offered = await jon.say('/aims systems export');
    expect(offered.actions.map(({ label }) => label)).toEqual(['XLSX', 'CSV', 'JSON']);
    expect(offered.text).toContain('for 10 minutes');
    const csv = await follow(app, offered, 'CSV');
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename=register-\d{4}-\d\d-\d\d\.csv$/);
    expect(csv.headers.get('cache-control')).toBe('no-store');
    expect(await csv.text()).toContain('AIS-1,Ticket sorter');
    const { systems } = (await (await follow(app, offered, 'JSON')).json()) as { systems: { name: string }[] };
    expect(systems.map(({ name }) => name)).toEqual(['Ticket sorter']);
    expect((await (await follow(app, offered, 'XLSX')).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    const one = await jon.say('/aims systems export csv');
    expect(one.actions.map(({ label }) => label)).toEqual(['CSV']);
  });
});

test('what is asked for in a channel comes in a direct message', async () => {
  const stage = STAGES['Slack'];
  const { jon } = (await stage?.({ STEWARD_URL: OUTSIDE })) ?? expect.unreachable();
  const answered = await jon.command('systems export xlsx');
  expect(answered.text).toContain('in a direct message');
  expect(answered.actions).toEqual([]);
  expect((await jon.hear()).actions.map(({ label }) => label)).toEqual(['XLSX']);
});

test('without a public address it says what is missing', async () => {
  const { jon } = (await STAGES['Teams']?.()) ?? expect.unreachable();
  expect((await jon.say('/aims systems export')).text).toContain('STEWARD_URL');
});

interface Served {
  readonly db: Db;
  readonly person: string;
  readonly log: () => Promise<string[]>;
  /** Makes a link; the path of its address. */
  link(argument: string): Promise<string>;
  get(path: string, method?: string): Promise<Response>;
  passes(minutes: number): void;
}

/** Links to files of a member, served alone. */
async function serve(make: FileMaker): Promise<Served> {
  const { db } = await openTestDatabase();
  let now = new Date('2026-11-25T09:00:00Z');
  const clock: Clock = { now: () => now, today: () => '2026-11-25' };
  const { id: person } = await db
    .insertInto('person')
    .values({ display_name: 'Ana Lima' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const identity = { platform: 'slack', workspace: 'T0TEAM', user_id: 'U0ANA', person_id: person };
  await db
    .insertInto('person_identity')
    .values({ ...identity, standing: 'member', checked_at: now })
    .execute();
  const downloads = new Downloads({ db, clock, publicUrl: OUTSIDE, makers: new Map([['note', make]]) });
  const server = express();
  mountDownloads(server, downloads, pino({ level: 'silent' }));
  const { port, close } = await listen(server, 0, '127.0.0.1');
  onTestFinished(close);
  return {
    db,
    person,
    log: async () =>
      (
        await db
          .selectFrom('event_log')
          .select('action')
          .where('action', 'like', 'file.%')
          .orderBy('sequence')
          .execute()
      ).map(({ action }) => action),
    link: (argument) =>
      governedChange(db, { kind: 'system' }, async (change) => {
        const file = { kind: 'note', argument, label: 'Note' };
        const { link = '' } = await downloads.link(change, { person, platform: 'slack' }, file);
        return link.replace(OUTSIDE, '');
      }),
    get: (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method }),
    passes: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

const note = (text: string) => ({ name: 'Zürich "notes".html', mediaType: 'text/html', content: Buffer.from(text) });

test('a link lapses, and leads to what its person may have when it is followed', async () => {
  const steward = await serve(async ({ person, audience }, argument) =>
    audience.guidanceOnly || audience.person !== person ? undefined : note(argument),
  );
  const path = await steward.link('first');
  const file = await steward.get(path);
  expect(await file.text()).toBe('first');
  // Whatever is in it, it is kept as a file, and runs nothing.
  expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''Z%C3%BCrich%20%22notes%22.html");
  expect(file.headers.get('content-security-policy')).toContain('sandbox');
  expect((await steward.get(path, 'HEAD')).status).toBe(405);
  expect((await steward.get(path.slice(0, -1))).status).toBe(404);
  expect((await steward.get('/files/%00')).status).toBe(404);
  expect(await steward.log()).toEqual(['file.offered', 'file.fetched']);

  await steward.db.updateTable('person_identity').set({ standing: 'deactivated' }).execute();
  expect((await steward.get(path)).status).toBe(404);
  await steward.db.updateTable('person_identity').set({ standing: 'member' }).execute();
  steward.passes(10);
  expect((await steward.get(path)).status).toBe(200);
  steward.passes(1);
  const lapsed = await steward.get(path);
  expect([lapsed.status, await lapsed.text()]).toEqual([
    404,
    expect.stringContaining('Ask Steward for the file again'),
  ]);
  await steward.link('second');
  const kept = await steward.db.selectFrom('download_link').select(['argument', 'token_hash']).execute();
  expect(kept.map(({ argument }) => argument)).toEqual(['second']);
});

test('a large file is passed on as it is made', async () => {
  const steward = await serve(async () => ({ ...note(''), content: Readable.from(['one ', 'two']) }));
  expect(await (await steward.get(await steward.link('any'))).text()).toBe('one two');
});

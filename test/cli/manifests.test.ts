import { readFile } from 'node:fs/promises';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { Resvg } from '@resvg/resvg-js';
import { strFromU8, unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import type { slackManifest } from '../../src/adapters/slack/manifest.ts';
import { EVENTS, SCOPES } from '../../src/adapters/slack/permissions.ts';
import { COMMANDS } from '../../src/app.ts';
import { manifests } from '../../src/cli/manifests.ts';
import { readConfig } from '../../src/config.ts';
import { startTestApp } from '../support/app.ts';
import { APP_ID, TENANT } from '../support/teams.ts';
import { WebChatter } from '../support/web.ts';

const TEAMS = { TEAMS_APP_ID: APP_ID, TEAMS_APP_PASSWORD: 'password-of-the-test', TEAMS_TENANT_ID: TENANT };

async function made(settings: Record<string, string> = TEAMS) {
  const files = await manifests(readConfig({ STEWARD_URL: 'https://steward.example.org/', ...settings }));
  return new Map(files.map(({ name, content }) => [name, Buffer.from(content)]));
}

async function teamsFiles() {
  return unzipSync((await made()).get('steward-teams.zip') ?? new Uint8Array());
}

test('the same settings give the same bytes, wherever and whenever they are made', async () => {
  const first = await made();
  const zone = process.env['TZ'];
  onTestFinished(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'Pacific/Auckland';
  expect(await made()).toEqual(first);
});

test('Slack is asked for what Steward needs, within its limits, and sends everything to one address', async () => {
  const manifest = JSON.parse(String((await made()).get('slack-app.json'))) as ReturnType<typeof slackManifest>;
  const url = 'https://steward.example.org/slack/events';
  expect(manifest).toMatchObject({
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    features: { agent_view: expect.anything(), slash_commands: [{ command: '/aims', url }] },
    settings: {
      event_subscriptions: { request_url: url, bot_events: Object.keys(EVENTS) },
      interactivity: { is_enabled: true, request_url: url },
      socket_mode_enabled: false,
    },
  });
  const { agent_description = '', suggested_prompts = [] } = manifest.features?.agent_view ?? {};
  expect(agent_description.length).toBeLessThanOrEqual(300);
  expect(suggested_prompts.length).toBeLessThanOrEqual(4);
  expect(manifest.display_information.description?.length).toBeLessThanOrEqual(140);
});

test.each([
  ['no address that Slack reaches', { STEWARD_URL: '' }],
  ['Socket Mode', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }],
])('with %s, Steward calls Slack', async (_name, settings) => {
  const manifest = String((await made(settings)).get('slack-app.json'));
  expect(JSON.parse(manifest)).toMatchObject({ settings: { socket_mode_enabled: true } });
  expect(manifest).not.toContain('url"');
});

test('every permission is explained to administrators', async () => {
  const readme = await readFile('README.md', 'utf8');
  for (const scope of Object.keys(SCOPES)) expect(readme).toContain(`\`${scope}\``);
});

test("the Teams package holds a manifest that Microsoft's schema takes, for the bot of the settings", async () => {
  const files = await teamsFiles();
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
  expect(await AppManifestUtils.validateAgainstSchema(manifest)).toEqual([]);
  expect(manifest).toMatchObject({ id: APP_ID, manifestVersion: '1.30' });
  expect(manifest.bots).toEqual([
    expect.objectContaining({ botId: APP_ID, scopes: ['personal', 'team', 'groupChat'], supportsFiles: true }),
  ]);
  const readme = await readFile('README.md', 'utf8');
  const permissions = manifest.authorization.permissions.resourceSpecific.map(({ name }: { name: string }) => name);
  expect(permissions).toEqual(['ChannelMessage.Read.Group']);
  expect(readme).toContain(`\`${permissions[0]}\``);
  expect(manifest.webApplicationInfo.id).toBe(APP_ID);
});

test('the commands in Teams are those that the help lists, and do alone what they do behind /aims', async () => {
  const jon = new WebChatter(await startTestApp());
  const help = await jon.command('help');
  const listed = [...help.text.matchAll(/\/aims (\w+)/g)].map(([, name]) => name);
  expect(COMMANDS.map(({ name }) => name)).toEqual(listed);
  const { bots } = JSON.parse(strFromU8((await teamsFiles())['manifest.json'] ?? new Uint8Array()));
  const [list] = bots[0].commandLists;
  expect(list.triggers).toEqual(['mention', 'slash']);
  expect(bots[0].supportsTargetedMessages).toBe(true);
  const titles: string[] = list.commands.map(({ title }: { title: string }) => title);
  // Twelve have room; what few people need is left out.
  expect(titles).toEqual(listed.filter((name) => titles.includes(name ?? '')));
  expect(titles).toHaveLength(Math.min(12, listed.length));
  expect(titles).toEqual(expect.arrayContaining(['ask', 'mine', 'register', 'actions', 'help']));
  for (const title of titles) expect(await jon.say(title)).toEqual(await jon.command(title));
});

test('the icons have the sizes that Teams wants; the outline is white on nothing', async () => {
  const files = await teamsFiles();
  const color = pixels(files['color.png'], 192);
  const outline = pixels(files['outline.png'], 32);
  expect(color.every(([, , , alpha]) => alpha === 255)).toBe(true);
  // The colours are multiplied by the opacity.
  expect(outline.every(([red, green, blue, alpha]) => red === alpha && green === alpha && blue === alpha)).toBe(true);
  expect(new Set(outline.map(([, , , alpha]) => alpha))).toContain(0);
  expect(new Set(outline.map(([, , , alpha]) => alpha))).toContain(255);
});

test('without Teams there is only what Slack wants', async () => {
  expect([...(await made({})).keys()]).toEqual(['slack-app.json']);
});

test.each([
  [{ ...TEAMS, STEWARD_URL: '' }, 'Set STEWARD_URL'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', STEWARD_URL: '' }, 'Set STEWARD_URL'],
  [{ STEWARD_URL: 'http://steward.example.org' }, 'STEWARD_URL must be an address such as https://'],
  [{ ...TEAMS, TEAMS_APP_ID: 'my-bot' }, 'Teams would refuse the manifest: /id must match'],
])('%j is refused in words', async (settings, sentence) => {
  await expect(made(settings)).rejects.toThrow(sentence);
});

/** Each pixel as red, green, blue and opacity. Fails for an image of another size. */
function pixels(png: Uint8Array | undefined, size: number): number[][] {
  const buffer = Buffer.from(png ?? []);
  expect([buffer.readUInt32BE(16), buffer.readUInt32BE(20)]).toEqual([size, size]);
  const href = `data:image/png;base64,${buffer.toString('base64')}`;
  const image = `<image width="${size}" height="${size}" href="${href}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${image}</svg>`;
  const bytes = [...new Resvg(svg).render().pixels];
  return Array.from({ length: size * size }, (_value, index) => bytes.slice(index * 4, index * 4 + 4));
}

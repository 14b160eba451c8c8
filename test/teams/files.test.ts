import { expect, test } from 'vitest';
import { BotbuilderTransport } from '../../src/adapters/teams/botbuilder-transport.ts';
import { sharedFiles } from '../../src/adapters/teams/files.ts';
import { TeamsChannel } from '../../src/adapters/teams/teams-channel.ts';
import { readConfig } from '../../src/config.ts';
import { TeamsStandIn } from '../support/teams.ts';

const LIMIT = 1_000;

async function start() {
  const teams = await new TeamsStandIn().start();
  const { teams: config } = readConfig(teams.settings);
  if (!config) throw new Error('Teams is not configured.');
  const channel = new TeamsChannel(new BotbuilderTransport(config), config);
  /** Downloads what somebody attached under an address. */
  const download = (downloadUrl: string, contentType = 'application/vnd.microsoft.teams.file.download.info') => {
    const attachments = [{ contentType, name: 'AI policy.pdf', content: { downloadUrl, fileType: 'pdf' } }];
    const [file] = sharedFiles({ attachments } as never);
    if (!file) throw new Error('No file was shared.');
    return channel.download(file, LIMIT);
  };
  return { teams, download };
}

test('a file that somebody attached is fetched byte by byte, also behind a redirect', async () => {
  const { teams, download } = await start();
  const bytes = Buffer.from([0, 255, 13, 10, 128]);
  teams.files.set('/files/a', { body: bytes });
  teams.files.set('/files/b', { status: 302, headers: { location: '/files/a' }, body: {} });
  expect(Buffer.from(await download(`${teams.url}/files/a`))).toEqual(bytes);
  expect(Buffer.from(await download(`${teams.url}/files/b`))).toEqual(bytes);
});

test.each([
  ['an address of another server', 'https://evil.example/a', 'from OneDrive and SharePoint alone'],
  ['an address that only looks like one', 'https://127.0.0.1.evil.example/a', 'from OneDrive and SharePoint alone'],
  ['an address without encryption', 'http://127.0.0.1/a', 'from OneDrive and SharePoint alone'],
  ['no address', '', 'from OneDrive and SharePoint alone'],
])('%s is not fetched', async (_name, url, sentence) => {
  const { download } = await start();
  await expect(download(url)).rejects.toMatchObject({
    name: 'FileUnavailable',
    message: expect.stringContaining(sentence),
  });
});

test.each([
  ['too large', { body: Buffer.alloc(LIMIT + 1) }, 'It is larger than the 0 MB that I keep of one file.'],
  ['no longer there', { status: 404, body: {} }, 'Teams lets me for a short while only. Send it again.'],
  ['behind an address that has expired', { status: 401, body: {} }, 'Teams lets me for a short while only'],
  ['on a server with a fault', { status: 500, body: {} }, 'I cannot fetch it at the moment'],
  [
    'led elsewhere',
    { status: 302, headers: { location: 'https://evil.example/' }, body: {} },
    'OneDrive and SharePoint alone',
  ],
  ['led in a circle', { status: 302, headers: { location: '/files/a' }, body: {} }, 'not where Teams says it is'],
])('a file that is %s is told in a sentence', async (_name, answer, sentence) => {
  const { teams, download } = await start();
  teams.files.set('/files/a', answer);
  await expect(download(`${teams.url}/files/a`)).rejects.toMatchObject({
    name: 'FileUnavailable',
    message: expect.stringContaining(sentence),
  });
});

test('a picture that was pasted is asked for as a file', async () => {
  const { download } = await start();
  await expect(download('', 'image/png')).rejects.toMatchObject({
    message: expect.stringContaining('Attach it as a file'),
  });
});

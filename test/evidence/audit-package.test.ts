import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { readScope } from '../../src/cli/export.ts';
import type { Db } from '../../src/database/database.ts';
import { DocumentReader } from '../../src/documents/document-reader.ts';
import { makePackage } from '../../src/records/audit-package/make-package.ts';
import { endOfDay, type PackageScope } from '../../src/records/audit-package/package-scope.ts';
import { renewEvidence, replaceFile, withdrawEvidence } from '../../src/records/evidence/change-evidence.ts';
import { readEvidence } from '../../src/records/evidence/read-evidence.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, aFile, anItem, changing, TODAY } from '../support/evidence.ts';

const run = promisify(execFile);
const { privateKey: key } = generateKeyPairSync('ed25519');
const AUDITORS = { guidanceOnly: false, visibilities: ['everyone', 'auditors'] as const, person: undefined };

async function folderFor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a package and unpacks it with the machine's own program. */
async function unpacked(db: Db, scope: PackageScope = {}, timeZone = 'UTC'): Promise<string> {
  const folder = await folderFor();
  const file = join(folder, 'package.zip');
  await makePackage({ db, key, timeZone }, { audience: AUDITORS, today: TODAY }, scope, createWriteStream(file));
  const files = unzipSync(await readFile(file));
  for (const [path, bytes] of Object.entries(files)) {
    const target = join(folder, path);
    await run('mkdir', ['-p', join(target, '..')]);
    await writeFile(target, bytes);
  }
  await rm(file);
  return folder;
}

async function verify(folder: string): Promise<string> {
  const { stdout, stderr } = await run('bash', [join(folder, 'verify.sh')]).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return (stdout.trim().endsWith('Verified.') ? 'Verified.' : stderr.trim()) || stdout;
}

async function archive() {
  const { db } = await openTestDatabase();
  const jon = await addPerson(db, 'Jon <b>Reyes</b>');
  const reading = { audience: { ...AUDITORS, person: jon }, today: TODAY };
  const read = async (item: string) => {
    const found = await readEvidence(db, item, reading);
    if (!found) throw new Error(`${item} is not there.`);
    return found;
  };
  const about = { requirements: [{ id: 'A.6.2.4', reason: 'its title is about tests' }] };
  const { key: report } = await anItem(db, jon, {
    ...about,
    title: 'Bias test <script>alert(1)</script>',
    file: await aFile(db, '../../Prüf bericht "1".txt', 'First results.'),
    visibility: 'auditors',
  });
  const first = await read(report);
  const file = await aFile(db, 'second.txt', 'Second results.');
  await changing(db, jon, (change) => replaceFile(change, first, { ...first, title: 'Bias test' }, file));
  await anItem(db, jon, { title: 'Committee only', visibility: 'committee', text: 'hush', ...about });
  const { key: minutes } = await anItem(db, jon, { title: 'Minutes', text: 'All agreed.', kind: 'minutes' });
  return { db, jon, read, report, minutes };
}

test('a package is verified with sha256sum and openssl alone, and shows nothing that auditors may not see', async () => {
  const { db } = await archive();
  const folder = await unpacked(db);
  expect(await verify(folder)).toBe('Verified.');
  const { stdout: listed } = await run('find', ['.', '-type', 'f'], { cwd: folder });
  expect(listed.trim().split('\n').sort()).toEqual([
    './README.txt',
    './SHA256SUMS',
    './event-log/chain.txt',
    './event-log/entries.txt',
    './event-log/head.txt',
    './event-log/head.txt.sig',
    './event-log/key.pub.pem',
    './evidence/EV-1/v1/Pru_f bericht 1.txt',
    './evidence/EV-1/v2/second.txt',
    './evidence/EV-3/v1/test.txt',
    './index.html',
    './index.xlsx',
    './verify.sh',
  ]);
  const { stdout: everything } = await run('grep', ['-rlE', 'Committee only|hush|EV-2'], { cwd: folder }).catch(() => ({
    stdout: '',
  }));
  expect(everything).toBe('');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  expect(html).toContain('Prüf bericht');
  expect(html).toContain('Jon &lt;b&gt;Reyes&lt;/b&gt;');
  expect(html).not.toContain('<script>');
  const reader = new DocumentReader();
  onTestFinished(() => reader.close());
  const { passages } = await reader.read(await readFile(join(folder, 'index.xlsx')));
  const workbook = passages.map(({ text }) => text).join('\n');
  expect(workbook).toContain('Item: EV-1; Title: Bias test; Kind: Test report; State: current');
  expect(workbook).not.toContain('Committee');
});

test.each<[string, (folder: string) => Promise<unknown>, string]>([
  ['a file', (folder) => appendFile(join(folder, 'evidence/EV-3/v1/test.txt'), '!'), 'a file was changed'],
  [
    'a file and its hash',
    async (folder) => {
      const path = join(folder, 'evidence/EV-3/v1/test.txt');
      await writeFile(path, 'Forged.');
      const { stdout } = await run('sha256sum', [path]);
      const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8');
      const forged = sums.replace(/^[0-9a-f]{64}(?= {2}evidence\/EV-3)/m, stdout.slice(0, 64));
      await writeFile(join(folder, 'SHA256SUMS'), forged);
    },
    'the log does not tell of evidence/EV-3/v1/test.txt',
  ],
  ['what an entry says', (folder) => edit(folder, 'event-log/entries.txt', 'Bias test', 'Good test'), 'entry'],
  ['an inner hash', (folder) => edit(folder, 'event-log/chain.txt', /^1 ./m, '1 x'), 'chain'],
  [
    'an entry, by leaving it out',
    (folder) => edit(folder, 'event-log/chain.txt', /^2 .*\n/m, ''),
    'entry 2 is missing',
  ],
  ['the head', (folder) => edit(folder, 'event-log/head.txt', /sequence /, 'sequence 1'), 'the signature of the head'],
])('it is seen that somebody changed %s', async (_what, change, fault) => {
  const { db } = await archive();
  const folder = await unpacked(db);
  await change(folder);
  expect(await verify(folder)).toContain(fault);
});

/** Changes a file, and its hash among the sums, as a forger would. */
async function edit(folder: string, path: string, from: string | RegExp, to: string): Promise<void> {
  const file = join(folder, path);
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
  const { stdout } = await run('sha256sum', [file]);
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8');
  const lines = sums.split('\n').map((line) => (line.endsWith(`  ${path}`) ? `${stdout.slice(0, 64)}  ${path}` : line));
  await writeFile(join(folder, 'SHA256SUMS'), lines.join('\n'));
}

test('a scope leaves the rest out; the chain holds all the same', async () => {
  const { db } = await archive();
  const folder = await unpacked(db, { requirements: ['A.6'] });
  expect(await verify(folder)).toBe('Verified.');
  const entries = await readFile(join(folder, 'event-log/entries.txt'), 'utf8');
  expect(entries).toContain('"subject":"EV-1"');
  expect(entries).not.toContain('EV-3');
  const chain = (await readFile(join(folder, 'event-log/chain.txt'), 'utf8')).trim().split('\n');
  expect(chain.length).toBeGreaterThan(entries.trim().split('\n').length);
});

test('a package of a past day shows what was known then', async () => {
  const { db, jon, read, report, minutes } = await archive();
  // All that happened so far was yesterday, a quarter of an hour before midnight in Vienna.
  const yesterday = new Date(Date.now() - 2 * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
  const moment = new Date((await endOfDay(db, yesterday, 'Europe/Vienna')).getTime() - 15 * 60_000);
  await db.updateTable('document_version').set({ created_at: moment }).execute();
  await db
    .updateTable('document_version')
    .set({ superseded_at: moment })
    .where('superseded_at', 'is not', null)
    .execute();
  await db.updateTable('evidence').set({ added_at: moment }).execute();
  const item = await read(report);
  await changing(db, jon, (change) => renewEvidence(change, item, '2030-01-01', 'Looked at.'));
  const other = await read(minutes);
  await changing(db, jon, (change) => withdrawEvidence(change, other, 'a mistake'));
  await anItem(db, jon, { title: 'Later' });
  const now = await readFile(join(await unpacked(db), 'index.html'), 'utf8');
  expect(now).toContain('2030-01-01');
  expect(now).toContain('withdrawn: a mistake');
  const html = await readFile(join(await unpacked(db, { asOf: yesterday }, 'Europe/Vienna'), 'index.html'), 'utf8');
  expect(html).toContain('Minutes');
  expect(html).not.toMatch(/2030-01-01|withdrawn|a mistake|Later/);
  const before = new Date(Date.parse(yesterday) - 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
  expect(await readFile(join(await unpacked(db, { asOf: before }), 'index.html'), 'utf8')).toContain('0 items');
});

test('a scope that cannot be is a plain sentence', () => {
  expect(() => readScope({ requirements: ['A.9.5'] })).toThrow('ISO/IEC 42001 has no A.9.5.');
  expect(() => readScope({ from: '2026-02-30' })).toThrow('2026-02-30 is no day. Write it as YYYY-MM-DD.');
  expect(() => readScope({ from: '2026-02-02', to: '2026-02-01' })).toThrow('There is no day');
  expect(readScope({ requirements: ['B.7.4'], asOf: '2026-01-01' })).toEqual({
    requirements: ['A.7.4'],
    asOf: '2026-01-01',
  });
});

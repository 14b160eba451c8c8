import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { ingestFolder } from '../../src/cli/ingest.ts';
import { namedPerson } from '../../src/cli/named-person.ts';
import type { Db } from '../../src/database/database.ts';
import { DocumentReader } from '../../src/documents/document-reader.ts';
import { listEvidence } from '../../src/records/evidence/read-evidence.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, COMMITTEE, TODAY } from '../support/evidence.ts';
import { docxFile, encryptedPdf, PNG, pdfFile, xlsxFile } from '../support/files.ts';

const reader = new DocumentReader();
afterAll(() => reader.close());

async function archive(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'policies/old'), { recursive: true });
  const policy = docxFile([{ text: 'AI policy', style: 'Heading1' }, { text: 'Effective from 1 March 2026.' }]);
  const files: [string, Buffer | string][] = [
    ['policies/policy.docx', policy],
    ['policies/old/copy of policy.docx', policy],
    ['tests/bias.pdf', pdfFile([[{ text: 'Bias test of Mia', size: 20 }, { text: 'No group was treated worse.' }]])],
    [
      'risk register.xlsx',
      await xlsxFile({
        Risks: [
          ['Risk', 'Owner'],
          ['Drift', 'Jon'],
        ],
      }),
    ],
    ['photo.png', PNG],
    ['locked.pdf', encryptedPdf()],
    ['empty.txt', ''],
    ['.DS_Store', 'x'],
  ];
  await mkdir(join(folder, 'tests'));
  for (const [path, content] of files) await writeFile(join(folder, path), content);
  await symlink('/etc/hostname', join(folder, 'link.txt'));
  return folder;
}

function ingest(db: Db, owner: string, folder: string) {
  const parts = { db, reader, systems: [], owner, visibility: 'committee' as const };
  return ingestFolder(parts, folder, 25 * 1024 * 1024, () => {});
}

async function titles(db: Db): Promise<string[]> {
  const { items } = await listEvidence(db, { audience: COMMITTEE, today: TODAY }, {}, { limit: 100, offset: 0 });
  return items.map(({ title, kind }) => `${kind}: ${title}`).sort();
}

test('an archive becomes evidence; what was not taken is told with its reason', { timeout: 90_000 }, async () => {
  const { db } = await openTestDatabase();
  const owner = await addPerson(db, 'Dana Okafor');
  const folder = await archive();
  const report = await ingest(db, owner, folder);
  expect(report).toEqual({
    added: 4,
    known: 1,
    notTaken: [
      { path: '.DS_Store', reason: 'It is hidden.' },
      { path: 'empty.txt', reason: 'It is empty.' },
      { path: 'link.txt', reason: 'It is a link or a device, not a file.' },
      { path: 'locked.pdf', reason: 'It is protected with a password. Send it without one.' },
    ],
  });
  expect(await titles(db)).toEqual([
    'assessment: Risk register',
    'bias_test: Bias test of Mia',
    'other: Photo',
    'policy: AI policy',
  ]);
  const { rows } = { rows: await db.selectFrom('event_log').select(['action', 'on_behalf_of']).execute() };
  expect(rows.filter(({ action }) => action === 'evidence.added').map((row) => row.on_behalf_of)).toEqual(
    Array(4).fill(owner),
  );
});

test('a run that was stopped goes on; two runs at once double nothing', { timeout: 90_000 }, async () => {
  const { db } = await openTestDatabase();
  const owner = await addPerson(db, 'Dana Okafor');
  const folder = await archive();
  const [first, second] = await Promise.all([ingest(db, owner, folder), ingest(db, owner, folder)]);
  expect((first?.added ?? 0) + (second?.added ?? 0)).toBe(4);
  await writeFile(join(folder, 'later.md'), '# Minutes\n\nAll agreed.');
  expect(await ingest(db, owner, folder)).toMatchObject({ added: 1, known: 5 });
  expect(await titles(db)).toHaveLength(5);
});

test('a run that broke off in the middle is taken up by the next one', { timeout: 90_000 }, async () => {
  const { db } = await openTestDatabase();
  const owner = await addPerson(db, 'Dana Okafor');
  const folder = await mkdtemp(join(tmpdir(), 'steward-archive-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const names = Array.from({ length: 8 }, (_, index) => `Note ${String.fromCharCode(65 + index)}`);
  for (const name of names) await writeFile(join(folder, `${name}.md`), `# ${name}\n\nText of ${name}.`);
  let left = 4;
  const breaking = new (class extends DocumentReader {
    override async read(bytes: Uint8Array) {
      if (left-- === 0) throw new Error('The disk is full.');
      return reader.read(bytes);
    }
  })();
  const parts = { db, reader: breaking, systems: [], owner, visibility: 'committee' as const };
  await expect(ingestFolder(parts, folder, 1_000_000, () => {})).rejects.toThrow('The disk is full.');
  const before = (await titles(db)).length;
  expect(before).toBeGreaterThan(0);
  expect(await ingest(db, owner, folder)).toMatchObject({ added: 8 - before, known: before, notTaken: [] });
  expect(await titles(db)).toEqual(names.map((name) => `other: ${name}`));
});

test('a folder that is not there is a plain sentence', async () => {
  const { db } = await openTestDatabase();
  const owner = await addPerson(db, 'Dana Okafor');
  await expect(ingest(db, owner, '/nowhere/at/all')).rejects.toThrow('/nowhere/at/all is not there.');
});

test('whose evidence it is', async () => {
  const { db } = await openTestDatabase();
  await expect(namedPerson(db, undefined, TODAY, '--owner')).rejects.toThrow(
    'Nobody is compliance lead. Say in whose name: --owner E-MAIL.',
  );
  const dana = await addPerson(db, 'Dana Okafor');
  expect(await namedPerson(db, 'Dana Okafor', TODAY, '--owner')).toEqual({ id: dana, name: 'Dana Okafor' });
  await addPerson(db, 'Dana Okafor');
  await expect(namedPerson(db, 'Dana Okafor', TODAY, '--owner')).rejects.toThrow('Several people');
  await expect(namedPerson(db, 'x@example.org', TODAY, '--owner')).rejects.toThrow('I know nobody called');
});

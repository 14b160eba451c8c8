import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished, test } from 'vitest';
import { ingestFolder } from '../../src/cli/ingest.ts';
import type { Db } from '../../src/database/database.ts';
import { DocumentReader } from '../../src/documents/document-reader.ts';
import { judgeQuestions, readQuestions, report } from '../../src/evaluation/questions.ts';
import type { Audience } from '../../src/people/audience.ts';
import { makePackage } from '../../src/records/audit-package/make-package.ts';
import { missingKinds, requirementCoverage } from '../../src/records/evidence/coverage.ts';
import { evidenceChanges } from '../../src/records/evidence/evidence-changes.ts';
import { EVIDENCE_KINDS } from '../../src/records/evidence/kinds.ts';
import { listEvidence, type Reading } from '../../src/records/evidence/read-evidence.ts';
import { searchEvidence } from '../../src/records/evidence/search-evidence.ts';
import { search } from '../../src/retrieval/search.ts';
import { structure } from '../../src/standard/structure.ts';
import { openTestDatabase } from '../support/database.ts';
import { addPerson, aFile, anItem, TODAY } from '../support/evidence.ts';
import { docxFile, pdfFile, xlsxFile } from '../support/files.ts';
import { oneOf, random, readLanguage } from './language.ts';
import { percentile, timed } from './measure.ts';

/** Documents of ten passages each. The embedded database is for trying, and has a tenth of them. */
const DOCUMENTS = 10_000;
const EMBEDDED_DOCUMENTS = 1_000;
const PASSAGES = 10;

/** Files of an archive, read from the disk before the others are there and behind them. */
const FILES = 150;
const QUESTIONS = 100;
const LIMIT = 25 * 1024 * 1024;

/** A fourth is for everyone, the committee, auditors and named people each. */
const VISIBILITIES = ['everyone', 'committee', 'auditors', 'named'] as const;

test('ten thousand documents: ingestion, search by permission, lists, audit package', async () => {
  const { db, kind } = await openTestDatabase();
  const documents = kind === 'embedded' ? EMBEDDED_DOCUMENTS : DOCUMENTS;
  const people = await Promise.all(Array.from({ length: 20 }, (_, index) => addPerson(db, `Person ${index}`)));
  const [owner = ''] = people;
  const { text, questions } = await readLanguage(QUESTIONS);
  const reader = new DocumentReader();
  onTestFinished(() => reader.close());
  const ingest = async () => {
    const folder = await archive(text);
    const parts = { db, reader, systems: [], owner, visibility: 'committee' as const };
    return FILES / (await timed(() => ingestFolder(parts, folder, LIMIT, () => {})));
  };

  console.log(`\n${documents} documents, ${documents * PASSAGES} passages, ${kind}`);
  const early = await ingest();
  const fill = await timed(() => addItems(db, documents, people, text));
  await sql`vacuum analyze`.execute(db);
  const late = await ingest();
  console.table({
    'files of an archive, beside nothing': { 'a second': Number(early.toFixed(1)) },
    'items of ten passages, already read': { 'a second': Number((documents / fill).toFixed(1)) },
    'files of an archive, beside all of them': { 'a second': Number(late.toFixed(1)) },
  });
  const audiences: Record<string, Audience> = {
    'in a channel': { guidanceOnly: false, visibilities: ['everyone'], person: undefined },
    'staff, alone': { guidanceOnly: false, visibilities: ['everyone'], person: people[3] },
    'auditor, alone': { guidanceOnly: false, visibilities: ['everyone', 'auditors'], person: people[3] },
    'committee, alone': { guidanceOnly: false, visibilities: ['everyone', 'committee', 'auditors'], person: people[3] },
  };
  for (const [name, audience] of Object.entries(audiences)) {
    console.log(name);
    console.table(await measure(db, { audience, today: TODAY }, questions));
  }
  await measurePackages(db);
  const asked = await readQuestions('test/evaluation/questions.jsonl');
  console.log("the guidance's own questions beside all of it, asked by somebody who may see a fourth of it");
  console.table(report(await judgeQuestions(db, asked, undefined, EVERYONE)));
});

const EVERYONE: Audience = { guidanceOnly: false, visibilities: ['everyone'], person: undefined };

async function archive(text: () => string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'files'));
  const paragraphs = () => Array.from({ length: PASSAGES * 2 }, () => text());
  for (let index = 0; index < FILES; index += 1) {
    const title = `Report ${text().slice(0, 40)}`;
    const files = {
      docx: () => docxFile([{ text: title, style: 'Heading1' }, ...paragraphs().map((one) => ({ text: one }))]),
      pdf: () =>
        pdfFile(
          paragraphs().map((one) => [
            { text: title, size: 18 },
            ...(one.match(/.{1,90}(\s|$)/g) ?? []).map((line) => ({ text: line.replace(/[^\x20-\x7e]/g, '') })),
          ]),
        ),
      xlsx: () => xlsxFile({ Data: [['Finding', 'Text'], ...paragraphs().map((one, row) => [row, one])] }),
      md: () => Buffer.from(`# ${title}\n\n${paragraphs().join('\n\n')}`),
    };
    const [ending, make] = oneOf(Object.entries(files));
    await writeFile(join(folder, 'files', `${index}.${ending}`), await make());
  }
  return folder;
}

async function addItems(db: Db, count: number, people: readonly string[], text: () => string): Promise<void> {
  const requirements = [...structure.auditableClauses, ...structure.controls];
  for (let number = 0; number < count; number += 1) {
    const passages = Array.from({ length: PASSAGES }, (_, page) => ({
      section: `Page ${page + 1}`,
      heading: undefined,
      text: text(),
    }));
    const file = await aFile(db, `${number}.txt`, passages.map((passage) => passage.text).join('\n'), passages);
    await anItem(db, oneOf(people), {
      title: `Report ${number}`,
      kind: oneOf(EVIDENCE_KINDS),
      visibility: oneOf(VISIBILITIES),
      readers: [oneOf(people)],
      requirements: [{ id: oneOf(requirements).id, reason: 'its title' }],
      systems: [{ id: `AIS-${Math.ceil(random() * 100)}`, reason: 'names it' }],
      validUntil: random() < 0.3 ? '2026-06-30' : '2027-06-30',
      file,
    });
  }
}

async function measure(db: Db, reading: Reading, questions: readonly string[]) {
  const page = { limit: 20, offset: 0 };
  const tasks: Record<string, (question: string) => Promise<unknown>> = {
    'search in the guidance': (question) => search(db, question, reading.audience, 20, undefined, 'knowledge'),
    'search in evidence': (question) => searchEvidence(db, question, reading, 20, undefined),
    'list, newest 20 and how many': () => listEvidence(db, reading, {}, page),
    'list for A.7.4': () => listEvidence(db, reading, { requirements: ['A.7.4'] }, page),
    'list of what is stale': () => listEvidence(db, reading, { states: ['stale'] }, page),
    'coverage of all requirements': () => requirementCoverage(db, reading),
    'missing kinds of a system': () => missingKinds(db, reading, 'AIS-7'),
    'changes of the last minute': () => evidenceChanges(db, reading, new Date(Date.now() - 60_000), 20),
  };
  const results: Record<string, { 'p50 ms': number; 'p95 ms': number }> = {};
  for (const [name, task] of Object.entries(tasks)) {
    const milliseconds: number[] = [];
    for (const question of questions) milliseconds.push((await timed(() => task(question))) * 1_000);
    const at = (share: number) => Number(percentile(milliseconds, share).toFixed(1));
    results[name] = { 'p50 ms': at(0.5), 'p95 ms': at(0.95) };
  }
  return results;
}

async function measurePackages(db: Db): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { privateKey: key } = generateKeyPairSync('ed25519');
  const audience = { guidanceOnly: false, visibilities: ['everyone', 'auditors'] as const, person: undefined };
  const results: Record<string, object> = {};
  for (const [name, scope] of Object.entries({
    'all that auditors may see': {},
    'for A.7': { requirements: ['A.7'] },
  })) {
    const output = createWriteStream(join(folder, `${name}.zip`));
    let items = 0;
    const seconds = await timed(async () => {
      const made = await makePackage({ db, key, timeZone: 'UTC' }, { audience, today: TODAY }, scope, output);
      items = made.items;
    });
    results[name] = { items, seconds: Number(seconds.toFixed(1)) };
  }
  console.table(results);
}

import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeFailure } from '../../src/cli/describe-failure.ts';
import { startEmbeddedDatabase } from '../../src/database/embedded.ts';
import { readQuestions } from '../../src/evaluation/questions.ts';
import { loadSigningKey, readPublicKey } from '../../src/event-log/head.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const EC_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** FILE holds the text; FOLDER is its folder. */
test.each<[string, string, (file: string, folder: string) => Promise<unknown>, string]>([
  ['a folder for a key', '', (_file, folder) => loadSigningKey(folder), 'FOLDER is a folder, not a file.'],
  ['a broken key', 'x', loadSigningKey, 'FILE holds no private key in PEM form that can be read.'],
  ['another kind of key', EC_KEY, loadSigningKey, 'FILE holds a key of type ec; the event log is signed with Ed25519.'],
  ['a broken public key', 'x', readPublicKey, 'FILE holds no public key in PEM form that can be read.'],
  ['a missing public key', '', (file) => readPublicKey(`${file}.pub`), 'FILE.pub is not there.'],
  ['questions that are no JSON', '{"question":"?"}\n\n{', readQuestions, 'FILE, line 3: this is no JSON.'],
  ['a line without question', '{}', readQuestions, 'FILE, line 1: "question" is missing or cannot be used.'],
  ['a line that is no object', '5', readQuestions, 'FILE, line 1: this is no JSON object.'],
  ['a file as data folder', '', startEmbeddedDatabase, 'FILE is there already, and of another kind.'],
  [
    'a data folder below a file',
    '',
    (file) => mkdir(join(file, 'database')),
    'FILE/database cannot be reached, because a part of its path is a file.',
  ],
])('%s is one sentence', async (_name, text, read, sentence) => {
  const folder = await mkdtemp(join(tmpdir(), 'failure-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'named');
  await writeFile(file, text);
  const said = await read(file, folder).then(() => 'Nothing failed.', describeFailure);
  expect(said.replaceAll(file, 'FILE').replaceAll(folder, 'FOLDER')).toBe(sentence);
});

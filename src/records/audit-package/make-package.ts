import { createHash, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Db } from '../../database/database.ts';
import { headText, publicKeyOf, signHead } from '../../event-log/head.ts';
import { readContent } from '../evidence/content.ts';
import { type Reading, readAllVersions } from '../evidence/read-evidence.ts';
import { extractEventLog } from './event-log-extract.ts';
import { type IndexText, indexHtml } from './index-html.ts';
import { indexXlsx } from './index-xlsx.ts';
import { asPackageItems, filesOf, type PackageItem } from './package-items.ts';
import { describeScope, endOfDay, type MadePackage, type PackageScope } from './package-scope.ts';

export interface PackageParts {
  readonly db: Db;
  /** Signs the head of the event log. */
  readonly key: KeyObject;
  readonly timeZone: string;
}

/**
 * Writes the audit package: a ZIP of the evidence in a scope that everybody in the audience may see, with its index, hashes,
 * versions, event log, and how to verify all of it. Files are read one after the other, so it may be larger than the memory.
 * The caller records that it was made.
 *
 * @param output is ended
 */
export async function makePackage(
  { db, key, timeZone }: PackageParts,
  reading: Reading,
  scope: PackageScope,
  output: Writable,
): Promise<MadePackage> {
  const until = scope.asOf === undefined ? undefined : await endOfDay(db, scope.asOf, timeZone);
  const { asOf: _asOf, ...filter } = scope;
  const day = scope.asOf ?? reading.today;
  const versions = await readAllVersions(db, { ...reading, today: day }, until ? { ...filter, asOf: until } : filter);
  const items = asPackageItems(versions);
  const log = await extractEventLog(db, new Set(items.map(({ item }) => item.key)), until);
  const { head, signature } = signHead(log.head, key);
  const text: IndexText = {
    madeAt: new Date(),
    scope: describeScope(scope),
    head: `entry ${head.sequence}, SHA-256 ${head.hash.toString('hex')}`,
  };
  const written: [string, Buffer][] = [
    ['README.txt', await readFile(new URL('README.txt', import.meta.url))],
    ['verify.sh', await readFile(new URL('verify.sh', import.meta.url))],
    ['index.html', Buffer.from(indexHtml(items, text))],
    ['index.xlsx', await indexXlsx(items, text)],
    ['event-log/chain.txt', Buffer.from(log.chain)],
    ['event-log/entries.txt', Buffer.from(log.entries)],
    ['event-log/head.txt', Buffer.from(headText(head))],
    ['event-log/head.txt.sig', signature],
    ['event-log/key.pub.pem', Buffer.from(publicKeyOf(key).export({ type: 'spki', format: 'pem' }))],
  ];
  const files = items.flatMap(filesOf);
  const sums = [
    ...written.map(([path, bytes]) => [createHash('sha256').update(bytes).digest('hex'), path] as const),
    ...files.map(({ path, version }) => [version.file.sha256, path] as const),
  ];
  const zip = new ZipFile();
  for (const [path, bytes] of written) zip.addBuffer(bytes, path);
  zip.addBuffer(Buffer.from(sums.map(([sha256, path]) => `${sha256}  ${path}\n`).join('')), 'SHA256SUMS');
  addFiles(zip, db, items);
  const hash = createHash('sha256');
  const hashed = async function* (source: AsyncIterable<Buffer>) {
    for await (const part of source) {
      hash.update(part);
      yield part;
    }
  };
  zip.end();
  await pipeline(zip.outputStream as Readable, hashed, output);
  return { items: items.length, files: files.length, sha256: hash.digest('hex') };
}

function addFiles(zip: ZipFile, db: Db, items: readonly PackageItem[]): void {
  // An error of the database must end the package, not only the file it happened at.
  const failed = (error: unknown) => (zip.outputStream as Readable).destroy(error as Error);
  for (const { path, version } of items.flatMap(filesOf)) {
    zip.addReadStreamLazy(path, { mtime: version.versionAt }, (give) => {
      readContent(db, Buffer.from(version.file.sha256, 'hex')).then((bytes) => {
        if (bytes) give(null, Readable.from([bytes]));
        else failed(new Error(`The content of ${path} is not in the database.`));
      }, failed);
    });
  }
}

import { lstat, opendir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import PQueue from 'p-queue';
import { systemClock } from '../clock.ts';
import { configFromEnvironment } from '../config.ts';
import { UnreadableDocument } from '../documents/document.ts';
import { DocumentReader } from '../documents/document-reader.ts';
import { createLog } from '../log.ts';
import { openWithGuidance } from '../open.ts';
import { type IngestParts, ingestFile } from '../records/evidence/ingest-file.ts';
import { analyzeIndex } from '../retrieval/index-passages.ts';
import { asUnusableFile, UnusableFile } from '../unusable-file.ts';
import { namedPerson } from './named-person.ts';

export interface IngestOptions {
  readonly owner?: string;
  readonly visibility: IngestParts['visibility'];
}

/** What became of an archive. Paths are relative to its folder. */
export interface IngestReport {
  readonly added: number;
  readonly known: number;
  readonly notTaken: readonly NotTaken[];
}

interface NotTaken {
  readonly path: string;
  readonly reason: string;
}

/** Files at work at once: while one is stored, the next is read. */
const AT_ONCE = 3;

/** Between two reports of progress, in milliseconds. */
const REPORT_EVERY = 2_000;

/** Adds the files of a folder as evidence. Run again, it goes on where it stopped. */
export async function ingest(folder: string, options: IngestOptions): Promise<void> {
  const config = configFromEnvironment();
  const database = await openWithGuidance(config, createLog(config.logLevel), (step) => console.error(`${step} ...`));
  const reader = new DocumentReader({ size: config.evidenceBytes });
  try {
    const { db } = database;
    const owner = await namedPerson(db, options.owner, systemClock(config.timeZone).today(), '--owner');
    console.error(`Files belong to ${owner.name} and are for ${options.visibility}.`);
    const parts = { db, reader, systems: [], owner: owner.id, visibility: options.visibility };
    const report = await ingestFolder(parts, folder, config.evidenceBytes, (line) => console.error(line));
    printReport(report);
  } finally {
    reader.close();
    await database.close();
  }
}

/**
 * @param limit of a file, in bytes; a larger one is not read
 * @param progress told in a line, now and then
 * @throws UnusableFile where the folder cannot be read
 */
export async function ingestFolder(
  parts: IngestParts,
  folder: string,
  limit: number,
  progress: (line: string) => void,
): Promise<IngestReport> {
  const notTaken: NotTaken[] = [];
  const files = await filesIn(folder, (path, reason) => notTaken.push({ path, reason }));
  progress(`${files.length} files.`);
  let added = 0;
  let known = 0;
  let done = 0;
  let reported = performance.now();
  const started = reported;
  const take = async (path: string) => {
    try {
      const file = join(folder, path);
      const { size } = await lstat(file);
      if (size > limit) throw new UnreadableDocument('too-large');
      const { isNew } = await ingestFile(parts, path, await readFile(file));
      if (isNew) added += 1;
      else known += 1;
    } catch (error) {
      notTaken.push({ path, reason: reasonOf(error) });
    }
    done += 1;
    const now = performance.now();
    if (now - reported < REPORT_EVERY) return;
    reported = now;
    const rate = ((done * 1_000) / (now - started)).toFixed(1);
    progress(`${done} of ${files.length} files, ${rate} a second: ${added} added, ${notTaken.length} not taken.`);
  };
  const queue = new PQueue({ concurrency: AT_ONCE });
  try {
    await queue.addAll(files.map((path) => () => take(path)));
  } catch (error) {
    // Whatever is at work is stored or not before the run ends; the next one goes on from there.
    queue.clear();
    await queue.onIdle();
    throw error;
  }
  if (added > 0) await analyzeIndex(parts.db);
  return { added, known, notTaken: notTaken.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** @returns their paths within the folder, sorted */
async function filesIn(folder: string, leaveOut: (path: string, reason: string) => void): Promise<string[]> {
  const files: string[] = [];
  const visit = async (directory: string): Promise<void> => {
    for await (const entry of await opendir(directory)) {
      const path = join(directory, entry.name);
      const name = relative(folder, path);
      // Files that programs keep for themselves are nobody's evidence.
      if (entry.name.startsWith('.') || /^(thumbs\.db|desktop\.ini|~\$.*)$/i.test(entry.name))
        leaveOut(name, 'It is hidden.');
      else if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) files.push(name);
      // A link could lead out of the archive.
      else leaveOut(name, 'It is a link or a device, not a file.');
    }
  };
  try {
    await visit(folder);
  } catch (cause) {
    throw asUnusableFile(cause, folder) ?? cause;
  }
  return files.sort();
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableDocument) return error.message;
  const file = error instanceof UnusableFile ? error : asUnusableFile(error);
  if (file) return 'It cannot be read from the disk.';
  throw error;
}

function printReport({ added, known, notTaken }: IngestReport): void {
  console.log(`${added} files added, ${known} were there already, ${notTaken.length} not taken.`);
  for (const { path, reason } of notTaken) console.log(`  ${path}: ${reason}`);
}

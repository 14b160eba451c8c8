import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface EmbeddedWorkerData {
  /** Where PGlite keeps its files; undefined keeps everything in memory. */
  readonly dataFolder: string | undefined;
  readonly socketPath: string;
  readonly maxConnections: number;
}

/** The embedded database is in use by another process. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

export interface EmbeddedDatabase {
  /** The folder of the Unix socket: `host` for `pg`. */
  readonly host: string;
  close(): Promise<void>;
}

/** Where PGlite keeps its files. */
export function dataFolder(folder: string): string {
  return join(folder, 'pglite');
}

/** Connections the embedded database accepts: the pool's, pg-boss's and one for migrations. */
const MAX_CONNECTIONS = 20;

/**
 * Starts PGlite in a worker thread.
 *
 * @param folder where the data lives, made when missing; undefined keeps it in memory (tests, scratch work)
 * @throws DatabaseInUse when another live process has the folder open
 */
export async function startEmbeddedDatabase(folder: string | undefined): Promise<EmbeddedDatabase> {
  const lock = folder === undefined ? undefined : await lockFolder(folder);
  try {
    // A socket's path may have 104 characters at most, so it lives in the temporary folder. mkdtemp makes it mode 0700.
    const host = await mkdtemp(join(tmpdir(), 'steward-'));
    const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
      workerData: {
        dataFolder: folder === undefined ? undefined : dataFolder(folder),
        socketPath: join(host, '.s.PGSQL.5432'),
        maxConnections: MAX_CONNECTIONS,
      } satisfies EmbeddedWorkerData,
    });
    await messageFrom(worker, 'ready');
    return {
      host,
      async close() {
        worker.postMessage('close');
        await messageFrom(worker, 'closed');
        await worker.terminate();
        await rm(host, { recursive: true, force: true });
        await lock?.release();
      },
    };
  } catch (cause) {
    await lock?.release();
    throw cause;
  }
}

function messageFrom(worker: Worker, expected: string): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The embedded database stopped with code ${code}.`)));
    worker.on('message', (message) => {
      if (message === expected) resolve();
    });
  });
}

/**
 * Takes the folder for this process, and makes it when missing. The lock is a file that holds the owner's process id; one left behind by a process
 * that is gone is taken over.
 *
 * @throws DatabaseInUse
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      if (owner > 0 && owner !== process.pid && isAlive(owner)) {
        throw new DatabaseInUse(
          `Steward is already running on ${folder} (process ${owner}). Use its chat, stop it first, ` +
            'or set STEWARD_DATA to another folder.',
          { cause: error },
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new DatabaseInUse(`${path} could not be taken. Is another Steward starting at this moment? Try again.`);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

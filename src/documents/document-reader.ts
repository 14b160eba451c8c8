import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PQueue from 'p-queue';
import { type ParsedDocument, UnreadableDocument, type UnreadableReason } from './document.ts';

export interface ReaderLimits {
  /** What a file may have, in bytes. */
  readonly size: number;
  /** How long one may take, in milliseconds. */
  readonly patience: number;
  /** What reading one may take, in bytes. */
  readonly memory: number;
  /** How many are read at once. */
  readonly processes: number;
}

const MEGABYTE = 1024 * 1024;

export const READER_LIMITS: ReaderLimits = {
  size: 25 * MEGABYTE,
  patience: 30_000,
  memory: 700 * MEGABYTE,
  processes: 1,
};

/** Files that one process reads. What parsers leave behind goes with it. */
const FILES_A_PROCESS = 200;

const PROCESS = fileURLToPath(new URL('parser-process.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

interface Parser {
  readonly process: ChildProcess;
  files: number;
}

type Answer = { readonly parsed: ParsedDocument } | { readonly reason: UnreadableReason };

/** Reads files of other people in processes that may read no secret, write nothing, and are killed when they take too much. */
export class DocumentReader {
  readonly #limits: ReaderLimits;
  readonly #queue: PQueue;
  readonly #idle: Parser[] = [];

  constructor(limits: Partial<ReaderLimits> = {}) {
    this.#limits = { ...READER_LIMITS, ...limits };
    this.#queue = new PQueue({ concurrency: this.#limits.processes });
  }

  /** @throws UnreadableDocument */
  async read(bytes: Uint8Array): Promise<ParsedDocument> {
    if (bytes.length === 0) throw new UnreadableDocument('empty');
    if (bytes.length > this.#limits.size) {
      const most = Math.floor(this.#limits.size / MEGABYTE);
      throw new UnreadableDocument('too-large', {
        sentence: `It is larger than the ${most} MB that I keep of one file.`,
      });
    }
    return this.#queue.add(() => this.#readAlone(bytes));
  }

  close(): void {
    for (const { process } of this.#idle.splice(0)) process.kill();
  }

  async #readAlone(bytes: Uint8Array): Promise<ParsedDocument> {
    const parser = this.#idle.pop() ?? this.#start();
    const answer = await this.#ask(parser.process, bytes);
    parser.files += 1;
    const isSpent = parser.files >= FILES_A_PROCESS || !parser.process.connected || parser.process.killed;
    if (isSpent) parser.process.kill();
    else this.#idle.push(parser);
    if ('parsed' in answer) return answer.parsed;
    throw new UnreadableDocument(answer.reason);
  }

  #start(): Parser {
    const { memory } = this.#limits;
    const started = fork(PROCESS, [String(memory)], {
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [
        '--permission',
        '--allow-worker',
        ...readable().map((folder) => `--allow-fs-read=${folder}`),
        `--max-old-space-size=${Math.ceil(memory / MEGABYTE)}`,
      ],
    });
    // Nothing waits for a process that has nothing to read.
    started.unref();
    started.channel?.unref();
    return { process: started, files: 0 };
  }

  async #ask(parser: ChildProcess, bytes: Uint8Array): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const late = setTimeout(() => {
      resolve({ reason: 'slow' });
      parser.kill('SIGKILL');
    }, this.#limits.patience);
    const answered = (answer: Answer) => resolve(answer);
    // A process that is killed was killed by its watch, or ran out of heap. One that ends otherwise is no fault of the file.
    const ended = (code: number | null) =>
      code === null || code === 134
        ? resolve({ reason: 'memory' })
        : reject(new Error(`The process that reads files ended with code ${code}.`));
    parser.once('message', answered).once('exit', ended).once('error', reject);
    parser.channel?.ref();
    // Where it cannot be sent, the process is gone, and how it ended comes as its exit.
    parser.send(bytes, () => {});
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      parser.off('message', answered).off('exit', ended).off('error', reject);
      parser.channel?.unref();
    }
  }
}

/** The parsers and their libraries, which may lie elsewhere; no settings, no keys, no database. */
function readable(): string[] {
  const libraries = join(PROJECT, 'node_modules');
  return [
    fileURLToPath(new URL('.', import.meta.url)),
    join(PROJECT, 'package.json'),
    libraries,
    realpathSync(libraries),
  ];
}

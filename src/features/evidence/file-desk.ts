import PQueue from 'p-queue';
import { type Channel, type Said, ThreadUnavailable } from '../../chat/channel.ts';
import type { Address, Platform, SharedFile } from '../../chat/turn.ts';
import { type ParsedDocument, UnreadableDocument, type UnreadableReason } from '../../documents/document.ts';
import type { DocumentReader } from '../../documents/document-reader.ts';
import { fetchFile } from '../fetch-file.ts';

/** Files that are fetched and read at once; each is in memory as a whole. */
const AT_ONCE = 2;

/** What a file's text could not be read for, though it can be kept. */
const KEPT_WITHOUT_TEXT: ReadonlySet<UnreadableReason> = new Set(['encrypted', 'slow', 'memory']);

export interface FileDeskParts {
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly reader: DocumentReader;
  /** Of a file, in bytes. */
  readonly limit: number;
}

export interface TakenFile {
  readonly bytes: Uint8Array;
  readonly parsed: ParsedDocument;
  /** Why its text could not be read, as a sentence. */
  readonly fault: string | undefined;
}

/** Fetches what people hand in, and has it read. */
export class FileDesk {
  readonly #parts: FileDeskParts;
  readonly #queue = new PQueue({ concurrency: AT_ONCE });

  constructor(parts: FileDeskParts) {
    this.#parts = parts;
  }

  /** @throws FileUnavailable @throws UnreadableDocument */
  take(platform: Platform, file: SharedFile): Promise<TakenFile> {
    return this.#queue.add(async () => {
      const { channels, limit } = this.#parts;
      return this.#read(await fetchFile(channels, platform, file, limit));
    });
  }

  /** Reads what was handed in as it is. @throws UnreadableDocument */
  read(bytes: Uint8Array): Promise<TakenFile> {
    return this.#queue.add(() => this.#read(bytes));
  }

  /** What was said in a thread. @throws ThreadUnavailable */
  thread(place: Address): Promise<readonly Said[]> {
    const channel = this.#parts.channels.get(place.platform);
    if (!channel?.thread) throw new ThreadUnavailable('I cannot read here what was said before.');
    return channel.thread(place);
  }

  async #read(bytes: Uint8Array): Promise<TakenFile> {
    try {
      return { bytes, parsed: await this.#parts.reader.read(bytes), fault: undefined };
    } catch (error) {
      if (!(error instanceof UnreadableDocument) || !KEPT_WITHOUT_TEXT.has(error.reason)) throw error;
      const parsed = { mediaType: 'application/octet-stream', passages: [], isTextCut: false };
      return { bytes, parsed, fault: error.message };
    }
  }
}

import { type UnzipFileInfo, unzipSync } from 'fflate';
import { UnreadableDocument } from './document.ts';

/** What an office document may unpack to, in bytes and in files. */
const MAX_UNPACKED = 200 * 1024 * 1024;
const MAX_FILES = 10_000;

/** The names of the files in an archive, without unpacking one. Throws where it is damaged. */
export function zipNames(bytes: Uint8Array): string[] {
  return list(bytes).map(({ name }) => name);
}

/**
 * Refuses archives that say of themselves that they unpack to too much. One that lies about it meets the parser's limit of
 * memory.
 *
 * @throws UnreadableDocument
 */
export function refuseZipBomb(bytes: Uint8Array): void {
  const files = list(bytes);
  const total = files.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (total > MAX_UNPACKED || files.length > MAX_FILES) throw new UnreadableDocument('bomb');
}

/** Unpacks the files of these names, as text. Throws where the archive is damaged. */
export function unzip(bytes: Uint8Array, isWanted: (name: string) => boolean): ReadonlyMap<string, string> {
  const files = unzipSync(bytes, { filter: ({ name }) => isWanted(name) });
  return new Map(Object.entries(files).map(([name, content]) => [name, new TextDecoder().decode(content)]));
}

function list(bytes: Uint8Array): UnzipFileInfo[] {
  const files: UnzipFileInfo[] = [];
  unzipSync(bytes, {
    filter(file) {
      files.push(file);
      return false;
    },
  });
  return files;
}

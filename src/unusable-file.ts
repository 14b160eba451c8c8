import { readFile } from 'node:fs/promises';

/** A file that somebody named cannot be used; the message says which one and why. */
export class UnusableFile extends Error {
  override name = 'UnusableFile';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be used by the user who runs this',
  EEXIST: 'is there already, and of another kind',
  EISDIR: 'is a folder, not a file',
  ENOENT: 'is not there',
  ENOTDIR: 'cannot be reached, because a part of its path is a file',
  EPERM: 'may not be used by the user who runs this',
  EROFS: 'cannot be written, because its file system is read-only',
};

/** @throws UnusableFile */
export async function readNamedFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    // Node does not say which file is a folder.
    throw asUnusableFile(cause, file) ?? cause;
  }
}

/**
 * @param file where the error of the file system may not name it
 * @returns undefined where the error is not about a file
 */
export function asUnusableFile(cause: unknown, file?: string): UnusableFile | undefined {
  const { code = '', path = file } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code];
  if (!(cause instanceof Error) || reason === undefined || path === undefined) return undefined;
  return new UnusableFile(`${path} ${reason}.`, { cause });
}

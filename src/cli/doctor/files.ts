import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config.ts';
import { keyFingerprint, publicKeyOf, readSigningKey } from '../../event-log/head.ts';
import type { Check, Finding } from './finding.ts';

/** The permissions of everybody but the owner. */
const OTHERS = 0o077;

export function checkDataFolder({ database }: Config): Check {
  const about = 'Data folder';
  return {
    about,
    async run(tell) {
      if (database.kind === 'server') tell({ about, status: 'ok', message: 'Data is on the database server.' });
      else if (database.folder) tell({ about, ...(await place(database.folder, 'The embedded database')) });
    },
  };
}

export function checkSigningKey({ eventLogKeyFile: file }: Config): Check {
  const about = 'Signing key';
  return {
    about,
    async run(tell) {
      const finding = await place(file, 'The key that signs heads of the event log');
      const key = finding.status === 'fault' ? undefined : await readSigningKey(file);
      const name = key ? ` Its fingerprint is ${keyFingerprint(publicKeyOf(key))}.` : '';
      tell({ about, ...finding, message: `${finding.message}${name}` });
    },
  };
}

/** A file or folder that only its owner may read, or that Steward can make when it needs it. */
async function place(path: string, what: string): Promise<Omit<Finding, 'about'>> {
  const mode = await stat(path).then(
    (found) => found.mode,
    () => undefined,
  );
  if (mode === undefined) {
    const parent = await existing(dirname(path));
    return (await isWritable(parent))
      ? { status: 'ok', message: `${what} is not there yet; it is made at first use, in ${path}.` }
      : {
          status: 'fault',
          message: `${what} is not there yet, and cannot be made: ${parent} is not writable.`,
          remedy: `Let the user who runs Steward write to ${parent}, or set STEWARD_DATA to another folder.`,
        };
  }
  if (!(await isReadable(path))) {
    return {
      status: 'fault',
      message: `${what} cannot be read: ${path} belongs to somebody else.`,
      remedy: `Run this as the user who runs Steward, or give that user the file: chown USER ${path}.`,
    };
  }
  if ((mode & OTHERS) !== 0) {
    return {
      status: 'attention',
      message: `${what} may be opened by others: ${path} has mode ${(mode & 0o777).toString(8).padStart(3, '0')}.`,
      remedy: `chmod go= ${path}`,
    };
  }
  return { status: 'ok', message: `${what} is for its owner alone: ${path}.` };
}

/** The nearest folder above that exists. */
async function existing(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  return found || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function isWritable(path: string): Promise<boolean> {
  return can(path, constants.W_OK | constants.X_OK);
}

function isReadable(path: string): Promise<boolean> {
  return can(path, constants.R_OK);
}

async function can(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

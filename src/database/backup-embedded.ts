import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { dataFolder, lockFolder } from './embedded.ts';
import { UnusableDatabase } from './migrate.ts';

/** Writes the embedded database's files into one archive, a compressed tar. @throws DatabaseInUse, UnusableDatabase */
export async function backUpEmbedded(folder: string, file: string): Promise<void> {
  if (!existsSync(dataFolder(folder))) throw new UnusableDatabase(`There is no database in ${folder} yet.`);
  await alone(folder, async () => {
    const db = await PGlite.create({ dataDir: dataFolder(folder), extensions: { vector } });
    try {
      const archive = await db.dumpDataDir('gzip');
      await writeFile(file, new Uint8Array(await archive.arrayBuffer()), { flag: 'wx', mode: 0o600 });
    } finally {
      await db.close();
    }
  });
}

/** Makes the embedded database from an archive. @throws DatabaseInUse, UnusableDatabase where there is one already */
export async function restoreEmbedded(folder: string, file: string): Promise<void> {
  const dataDir = dataFolder(folder);
  const archive = await unpacked(file);
  await alone(folder, async () => {
    if (existsSync(dataDir)) {
      throw new UnusableDatabase(
        `There is a database in ${folder} already. Nothing was changed. Move that folder away, or set STEWARD_DATA to another one.`,
      );
    }
    try {
      const db = await PGlite.create({ dataDir, loadDataDir: archive, extensions: { vector } });
      await db.close();
    } catch (cause) {
      await rm(dataDir, { recursive: true, force: true });
      throw damaged(file, cause);
    }
  });
}

/** A damaged archive is found before anything is made of it. */
async function unpacked(file: string): Promise<Blob> {
  const packed = await readFile(file);
  try {
    return new Blob([new Uint8Array(await promisify(gunzip)(packed))], { type: 'application/x-tar' });
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function damaged(file: string, cause: unknown): UnusableDatabase {
  return new UnusableDatabase(`${file} cannot be restored: it is damaged or incomplete.`, { cause });
}

/** While nobody else uses the folder. */
async function alone(folder: string, work: () => Promise<void>): Promise<void> {
  const lock = await lockFolder(folder);
  try {
    await work();
  } finally {
    await lock.release();
  }
}

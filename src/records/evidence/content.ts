import { createHash } from 'node:crypto';
import type { Db } from '../../database/database.ts';

/** Keeps the bytes of a file, once however often they come. @returns their SHA-256 */
export async function storeContent(db: Db, bytes: Uint8Array): Promise<Buffer> {
  const sha256 = createHash('sha256').update(bytes).digest();
  await db
    .insertInto('content')
    .values({ sha256, bytes: Buffer.from(bytes) })
    // The update locks the row, so that nobody clears it away before it is used.
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ sha256 }))
    .execute();
  return sha256;
}

/** @returns undefined where there is no such content */
export async function readContent(db: Db, sha256: Buffer): Promise<Buffer | undefined> {
  const row = await db.selectFrom('content').select('bytes').where('sha256', '=', sha256).executeTakeFirst();
  return row?.bytes;
}

/** Has whoever uses the same file at the same moment wait until this transaction has ended. */
export async function lockContent(db: Db, sha256: Buffer): Promise<void> {
  await db.selectFrom('content').select('sha256').where('sha256', '=', sha256).forUpdate().execute();
}

import { sql } from 'kysely';
import { z } from 'zod';
import { FileUnavailable } from '../../chat/channel.ts';
import type { SharedFile } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';

/** Keeps a file that somebody attached until Steward has taken it, for a day. @returns its id */
export async function storeUpload(db: Db, bytes: Buffer): Promise<string> {
  await sql`delete from web_upload where created_at < now() - interval '1 day'`.execute(db);
  const { id } = await db
    .insertInto('web_upload')
    .values({ bytes, created_at: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** @throws FileUnavailable */
export async function readUpload(db: Db, { source }: SharedFile): Promise<Uint8Array> {
  const id = z.uuid().safeParse(source['upload']).data;
  const row = id && (await db.selectFrom('web_upload').select('bytes').where('id', '=', id).executeTakeFirst());
  if (!row) throw new FileUnavailable('It is no longer here. Attach it once more.');
  return row.bytes;
}

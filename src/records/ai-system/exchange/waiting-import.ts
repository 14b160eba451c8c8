import { z } from 'zod';
import type { Db } from '../../../database/database.ts';
import type { Change } from '../../../event-log/governed-change.ts';
import type { TableRow } from './read-table.ts';

/** For how long after somebody asked for it a file is taken as the table, in milliseconds. */
const PATIENCE = 60 * 60 * 1000;

/** A table that was shown to somebody and is not in the register yet. */
export interface WaitingImport {
  readonly fileName: string;
  readonly rows: readonly TableRow[];
}

const Rows = z.array(z.object({ number: z.number(), cells: z.record(z.string(), z.string()) }));

/** Somebody is about to send a table; what they sent before is dropped. @param person their id */
export async function awaitImport({ db, at }: Change, person: string): Promise<void> {
  const row = { asked_at: at, file_name: null, rows: null };
  await db
    .insertInto('register_import')
    .values({ person_id: person, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

export async function isImportAwaited(db: Db, person: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('register_import')
    .select('id')
    .where('person_id', '=', person)
    .where('rows', 'is', null)
    .where('asked_at', '>', new Date(now.getTime() - PATIENCE))
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a table until its person confirms it, in the place of an earlier one. @returns what names it on buttons */
export async function keepImport({ db, at }: Change, person: string, waiting: WaitingImport): Promise<string> {
  await dropImport(db, person);
  const { id } = await db
    .insertInto('register_import')
    .values({ person_id: person, asked_at: at, file_name: waiting.fileName, rows: JSON.stringify(waiting.rows) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Takes a table out of what waits. @returns undefined where it was imported or dropped already, or is somebody else's */
export async function takeImport(db: Db, person: string, id: string): Promise<WaitingImport | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await db
    .deleteFrom('register_import')
    .where('person_id', '=', person)
    .where('id', '=', id)
    .returning(['file_name', 'rows'])
    .executeTakeFirst();
  return row?.file_name ? { fileName: row.file_name, rows: Rows.parse(row.rows) } : undefined;
}

export async function dropImport(db: Db, person: string): Promise<void> {
  await db.deleteFrom('register_import').where('person_id', '=', person).execute();
}

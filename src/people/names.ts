import type { Db } from '../database/database.ts';

/** The names of people, by id. */
export async function namesOf(db: Db, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['id', 'display_name'])
    .where('id', 'in', [...new Set(people)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}

import { sql } from 'kysely';
import type { Db } from '../../src/database/database.ts';

/** Tables that hold stems of the guidance, and no text of a person that is not in others too. */
const LARGE = ['posting', 'vocabulary', 'evidence_posting', 'evidence_vocabulary'];

/** Every place in the whole database where one of the words stands: `table.column`. */
export async function whereIs(db: Db, words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
      and table_name <> all(${LARGE})`.execute(db);
  const places = new Set<string>();
  for (const { schema, name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(`${schema}.${name}`)}`.execute(db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const texts = textsIn(value).map(unmarked);
        if (words.some((word) => texts.some((text) => text.includes(unmarked(word))))) places.add(`${name}.${column}`);
      }
    }
  }
  return [...places].sort();
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Without Markdown's escapes, and with lines joined. */
function unmarked(text: string): string {
  return text.replaceAll('\\', '').replace(/\s+/g, ' ').trim();
}

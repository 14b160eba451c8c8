import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** Characters of a text that are enough to recognise it: others see longer ones cut. */
const ENOUGH = 40;

/** What is shorter stands in many a text that has nothing to do with the person. */
const SHORTEST = 4;

/**
 * What to look for in messages to others that repeat something of a person's: who they are, and the beginnings of what they wrote
 * and others were shown. Messages may show it on other lines and with Markdown's escapes, so it is compared without both.
 */
export function tracesOf(texts: readonly string[]): string[] {
  const traces = texts.map((text) => {
    const parts = text
      .replaceAll('\\', '')
      .split(/[^\S ]/)
      .map((part) =>
        part
          .replace(/^ *(?:[-*\u2022]|\d{1,3}[.)]) /, '')
          .replace(/ +/g, ' ')
          .trim(),
      );
    const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
    return [...longest].slice(0, ENOUGH).join('');
  });
  return [...new Set(traces.filter((trace) => trace.length >= SHORTEST))];
}

/** Whether one of the traces stands in a text. */
export function holds(text: RawBuilder<string>, traces: readonly string[]): RawBuilder<boolean> {
  return sql`exists (select from unnest(${traces}::text[]) as trace
    where strpos(regexp_replace(replace(${text}, E'\\\\', ''), E'[ \\t\\r\\n]+', ' ', 'g'), trace) > 0)`;
}

/** Every text in a JSON column, one behind the other. */
export function textsIn(column: string): RawBuilder<string> {
  return sql`(select coalesce(string_agg(part #>> '{}', ' '), '')
    from jsonb_path_query(${sql.ref(column)}, 'strict $.**') as part where jsonb_typeof(part) = 'string')`;
}

/** Rows that still name somebody. */
export interface Mention {
  readonly table: string;
  readonly rows: number;
}

/** Tables of search that repeat the words of others. */
const DERIVED = ['posting', 'vocabulary'];

/** Looks for names and addresses in every text of every table, for whoever is to decide about what others wrote. Reads everything. */
export async function findMentions(db: Db, names: readonly string[]): Promise<Mention[]> {
  const sought = names.filter(({ length }) => length >= SHORTEST);
  if (sought.length === 0) return [];
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select columns.table_name as table, columns.column_name as column, columns.data_type as type
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and columns.data_type in ('text', 'jsonb')
      and columns.is_generated = 'NEVER' and table_name <> all(${DERIVED})
    order by 1, 2`.execute(db);
  const mentions: Mention[] = [];
  for (const [table, inTable] of Map.groupBy(columns, (column) => column.table)) {
    const found = inTable.map(({ column, type }) =>
      type === 'jsonb' ? holds(textsIn(column), sought) : holds(sql`${sql.ref(column)}`, sought),
    );
    const { rows } = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(table)} where ${sql.join(found, sql` or `)}`.execute(db);
    if (rows[0] && rows[0].rows > 0) mentions.push({ table, rows: rows[0].rows });
  }
  return mentions;
}

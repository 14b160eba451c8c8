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

/**
 * Whether one of the traces stands in a column of texts or JSON. The longest word of each is looked for first, in the column as it
 * is stored: no way to escape a text touches a word. `offset 0` has a text made comparable once, not once a trace.
 */
export function holds(column: string, kind: 'text' | 'jsonb', traces: readonly string[]): RawBuilder<boolean> {
  const words = traces.map(longestWord);
  const stored = sql`${sql.ref(column)}::text`;
  const text = kind === 'jsonb' ? textsIn(column) : stored;
  return sql`case when exists (
      select from (select ${stored} as stored offset 0) as seen join unnest(${words}::text[]) as word on strpos(stored, word) > 0)
    then exists (
      select from (
        select regexp_replace(replace(${text}, E'\\\\', ''), E'[ \\t\\r\\n]+', ' ', 'g') as plain offset 0) as looked
      join unnest(${traces}::text[]) as trace on strpos(plain, trace) > 0)
    else false end`;
}

function longestWord(trace: string): string {
  const words = trace.match(/[\p{L}\p{N}]+/gu) ?? [''];
  return words.reduce((best, word) => (word.length > best.length ? word : best));
}

/** Every text in a JSON column, one behind the other. */
function textsIn(column: string): RawBuilder<string> {
  return sql`(select coalesce(string_agg(part #>> '{}', ' '), '')
    from jsonb_path_query(${sql.ref(column)}, 'strict $.**') as part where jsonb_typeof(part) = 'string')`;
}

/** Rows that still name somebody. */
export interface Mention {
  readonly table: string;
  readonly rows: number;
}

/** Tables of search that repeat the words of others. */
const DERIVED = ['posting', 'vocabulary', 'evidence_posting', 'evidence_vocabulary'];

/** Looks for names and addresses in every text of every table, for whoever is to decide about what others wrote. Reads everything. */
export async function findMentions(db: Db, names: readonly string[]): Promise<Mention[]> {
  const sought = names.filter(({ length }) => length >= SHORTEST);
  if (sought.length === 0) return [];
  const { rows: columns } = await sql<{ table: string; column: string; type: 'text' | 'jsonb' }>`
    select columns.table_name as table, columns.column_name as column, columns.data_type as type
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and columns.data_type in ('text', 'jsonb')
      and columns.is_generated = 'NEVER' and table_name <> all(${DERIVED})
    order by 1, 2`.execute(db);
  const mentions: Mention[] = [];
  for (const [table, inTable] of Map.groupBy(columns, (column) => column.table)) {
    const found = inTable.map(({ column, type }) => holds(column, type, sought));
    const { rows } = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(table)} where ${sql.join(found, sql` or `)}`.execute(db);
    if (rows[0] && rows[0].rows > 0) mentions.push({ table, rows: rows[0].rows });
  }
  return mentions;
}

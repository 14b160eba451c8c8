import { type RawBuilder, sql } from 'kysely';
import { literally } from '../chat/text.ts';
import type { Db } from '../database/database.ts';
import { findByTitleAnew } from '../records/evidence/find-by-title-anew.ts';

/** Texts of others that name people, and are worth keeping without the name. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  ai_system: ['name'],
  ai_system_version: ['reason'],
  ai_component: ['name', 'note', 'vendor'],
  intake_answer: ['text'],
  intake_said: ['text'],
  intake_decision: ['reason'],
  open_point: ['question', 'answer', 'why'],
  review_comment: ['comment'],
  evidence: ['withdrawn_because'],
  evidence_version: ['file_name'],
  document_requirement: ['reason'],
  document_system: ['reason'],
};

const JSON_TEXTS: Readonly<Record<string, readonly string[]>> = {
  ai_system: ['content'],
  ai_system_version: ['content', 'changes'],
  intake_answer: ['facts'],
  intake_said: ['facts'],
};

/** A single word can be anybody's, and a short one stands in others. */
export function tellingNames(names: readonly string[]): string[] {
  return names.filter((name) => name.length >= 4 && /[^\p{L}]/u.test(name));
}

/**
 * Takes somebody's name out of what others wrote about AI systems and evidence: texts, titles, names of files. The files themselves,
 * and what search keeps of their text, stay as they are: they are what was handed in.
 *
 * @param names as `tellingNames` gives them
 * @param instead what stands there from then on
 */
export async function eraseNames(db: Db, names: readonly string[], instead: string): Promise<void> {
  if (names.length === 0) return;
  const text = patternOf(names.flatMap((name) => [name, literally(name)]));
  const json = patternOf(
    names.flatMap((name) => [name, literally(name)]).map((name) => JSON.stringify(name).slice(1, -1)),
  );
  for (const [table, columns] of Object.entries(TEXTS)) await replace(db, table, columns, text, instead);
  for (const [table, columns] of Object.entries(JSON_TEXTS)) await replace(db, table, columns, json, instead, 'jsonb');
  const isEvidence = sql`document_id in (select id from document where kind = 'evidence')`;
  const { rows } = await sql<{ id: number }>`update document_version
    set title = regexp_replace(title, ${text}, ${instead}, 'g'),
      metadata = regexp_replace(metadata::text, ${json}, ${instead}, 'g')::jsonb
    where ${isEvidence} and (title ~ ${text} or metadata::text ~ ${json}) returning id`.execute(db);
  await findByTitleAnew(
    db,
    rows.map(({ id }) => id),
  );
}

/** Whole words alone: Anna Li is not in Anna Lindgren. */
function patternOf(names: readonly string[]): string {
  return `(?<!\\w)(${[...new Set(names)].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})(?!\\w)`;
}

async function replace(
  db: Db,
  table: string,
  columns: readonly string[],
  pattern: string,
  instead: string,
  type?: 'jsonb',
): Promise<void> {
  const cast = type ? sql`::jsonb` : sql``;
  const stored = (column: string): RawBuilder<unknown> => sql`${sql.ref(column)}::text`;
  const set = columns.map(
    (column) => sql`${sql.ref(column)} = regexp_replace(${stored(column)}, ${pattern}, ${instead}, 'g')${cast}`,
  );
  const names = columns.map((column) => sql`${stored(column)} ~ ${pattern}`);
  await sql`update ${sql.table(table)} set ${sql.join(set)} where ${sql.join(names, sql` or `)}`.execute(db);
}

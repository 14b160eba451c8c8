import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** The fields of a passage that are weighted apart. */
export const FIELDS = { name: 0, phrasings: 1, body: 2 } as const;

/** Numbers of clauses and controls, which PostgreSQL's parser would take apart. */
const ID = /\b[A-D]\.\d+(?:\.\d+)*\b|\b\d+(?:\.\d+)+\b/gi;

/**
 * The stems of a text in their order, stop words left out; ids of the standard stand for themselves. PostgreSQL stems, so
 * that a server and the embedded database agree.
 */
export async function termsOf(db: Db, texts: readonly string[]): Promise<string[][]> {
  const result = await sql<{ terms: string[] | null }>`
    select (select array_agg(lexeme order by place) from unnest(to_tsvector('english', text)) as t (lexeme, places, weights),
            unnest(places) as place) as terms
    from unnest(${texts.map((text) => text.replace(ID, ' '))}::text[]) with ordinality as input (text, number)
    order by number`.execute(db);
  return result.rows.map((row, index) => [...(row.terms ?? []), ...idsIn(texts[index] ?? '')]);
}

function idsIn(text: string): string[] {
  return [...text.matchAll(ID)].map(([id]) => id.toLowerCase());
}

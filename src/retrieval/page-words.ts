import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { GuidancePage } from '../standard/guidance-page.ts';
import type { Query } from './query.ts';
import { tokensOf } from './terms.ts';

/** What a sentence of a page's text counts beside what people say themselves when they ask for the page. */
const TOLD = 0.3;

/**
 * What each word counts on a page where nobody used it, so that a single one rules nothing out, and what all words count so
 * together. Between half and double of these, measures change by a point at most.
 */
const UNSAID = 0.1;
const ALL_UNSAID = 600;

const SENTENCE_END = /(?<=[.!?])\s+|\n/;

/** Writes how much is said of each word by people who ask for a page, and by the page itself. */
export async function storePageWords(db: Db, documentId: number, page: GuidancePage): Promise<void> {
  const { id, title, summary, subjects, passages } = page;
  const said = [
    id,
    title,
    summary,
    ...subjects,
    ...passages.flatMap(({ heading = '', phrasings }) => [heading, ...phrasings]),
  ];
  const told = passages.flatMap(({ body }) => body.split(SENTENCE_END));
  const weights = new Map<string, number>();
  for (const [index, tokens] of (await tokensOf(db, [...said, ...told])).entries()) {
    const terms = new Set(tokens.map(({ term }) => term));
    // A long sentence says each of its words with less weight.
    const weight = (index < said.length ? 1 : TOLD) / Math.sqrt(terms.size);
    for (const term of terms) weights.set(term, (weights.get(term) ?? 0) + weight);
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  await sql`insert into page_word (term, document_id, weight, total)
    select said.term, ${documentId}::bigint, said.weight, ${total}::real
    from unnest(${[...weights.keys()]}::text[], ${[...weights.values()]}::real[]) as said (term, weight)`.execute(db);
}

/**
 * How likely each page of the guidance is the one that people ask for in such words, by key, as a share of the likelihood of
 * the likeliest: 0 to 1. Pages on which none of the words is said are left out. This is the query likelihood of information
 * retrieval, with one bag of words a page, smoothed by addition.
 */
export async function likelihoods(db: Db, { asked }: Query): Promise<Map<string, number>> {
  const weights = asked.map(({ rarity }) => Math.sqrt(rarity));
  const length = Math.hypot(...weights) || 1;
  const parts = weights.map((weight) => weight / length);
  const { rows } = await sql<{ key: string; logarithm: number }>`
    select document.key, said.logarithm from (
      select document_id, sum(query.weight * ln(1 + page_word.weight / ${UNSAID}::float8))
        - ${parts.reduce((sum, part) => sum + part, 0)}::float8 * ln(max(total) + ${ALL_UNSAID}::float8) as logarithm
      from unnest(${asked.map(({ term }) => term)}::text[], ${parts}::float8[]) as query (term, weight)
      join page_word on page_word.term = query.term collate "C"
      group by document_id
    ) as said
    join document on document.id = said.document_id`.execute(db);
  const best = Math.max(...rows.map(({ logarithm }) => logarithm));
  return new Map(rows.map(({ key, logarithm }) => [key, Math.exp(logarithm - best)]));
}

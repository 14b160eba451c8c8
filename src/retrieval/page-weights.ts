import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { GuidancePage } from '../standard/guidance-page.ts';
import {
  type Example,
  featureTerms,
  type LearnedTerm,
  normalised,
  softmax,
  trainClassifier,
} from './page-classifier.ts';
import { tokensOf } from './terms.ts';

/** What a sentence of a page's text counts beside what people say themselves when they ask for the page. */
const TOLD = 0.5;

/** What a question that no page answers counts: there are few of them beside all those that a page does. */
const OUT_OF_SCOPE = 1.5;

/** Shorter pieces of text are list items such as names, which say little of the page. */
const MIN_SENTENCE = 20;

const SENTENCE_END = /(?<=[.!?])\s+|\n/;

/** A weight as a byte. */
const MOST = 127;

/** Rows a statement. */
const BATCH = 2_000;

/** How likely it is that a question is asked for each page of the guidance. */
export interface PageProbabilities {
  /** By the page's id: above 0, less than 1. */
  readonly pages: ReadonlyMap<string, number>;
  /** That no page answers it. */
  readonly outOfScope: number;
}

/** Learns anew in which words people ask for which page. Every page is stored already. */
export async function learnPageWeights(
  db: Db,
  pages: readonly GuidancePage[],
  outOfScope: readonly string[],
): Promise<void> {
  const examples = await examplesOf(db, pages, outOfScope);
  const learned = trainClassifier(examples, pages.length + 1);
  await db.transaction().execute(async (transaction) => {
    await sql`truncate page_weight, page_class`.execute(transaction);
    await sql`insert into page_class (position, document_id)
      select page.position - 1, document.id
      from unnest(${pages.map(({ id }) => id)}::text[]) with ordinality as page (key, position)
      join document on document.key = page.key`.execute(transaction);
    await store(transaction, learned);
  });
  await sql`analyze page_weight, page_class`.execute(db);
}

async function examplesOf(db: Db, pages: readonly GuidancePage[], outOfScope: readonly string[]): Promise<Example[]> {
  const texts = [
    ...pages.flatMap((page, label) => [
      ...saidOf(page).map((text) => ({ text, label, weight: 1 })),
      ...toldBy(page).map((text) => ({ text, label, weight: TOLD })),
    ]),
    ...outOfScope.map((text) => ({ text, label: pages.length, weight: OUT_OF_SCOPE })),
  ];
  const tokens = await tokensOf(
    db,
    texts.map(({ text }) => text),
  );
  return texts.map(({ label, weight }, index) => ({
    terms: (tokens[index] ?? []).map(({ term }) => term),
    label,
    weight,
  }));
}

/** How people speak of a page. */
function saidOf({ title, subjects, passages }: GuidancePage): string[] {
  return [title, ...subjects, ...passages.flatMap(({ heading = '', phrasings }) => [heading, ...phrasings])];
}

/** What a page says of itself. */
function toldBy({ summary, passages }: GuidancePage): string[] {
  const sentences = passages.flatMap(({ body }) => body.split(SENTENCE_END));
  return [summary, ...sentences.filter(({ length }) => length > MIN_SENTENCE)];
}

async function store(db: Db, learned: ReadonlyMap<string, LearnedTerm>): Promise<void> {
  const rows = [...learned].map(([term, { rarity, weights }]) => {
    const unit = Math.max(...weights.map(Math.abs)) / MOST || 1;
    const bytes = Buffer.from(Int8Array.from(weights, (weight) => Math.round(weight / unit)).buffer);
    return { term, rarity, unit, bytes: bytes.toString('base64') };
  });
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await sql`insert into page_weight (term, rarity, unit, weights)
      select term, rarity, unit, decode(bytes, 'base64')
      from unnest(${batch.map(({ term }) => term)}::text[], ${batch.map(({ rarity }) => rarity)}::real[],
        ${batch.map(({ unit }) => unit)}::real[], ${batch.map(({ bytes }) => bytes)}::text[])
        as learned (term, rarity, unit, bytes)`.execute(db);
  }
}

/**
 * How likely a question is asked for each page.
 *
 * @param terms the question's stems in their order
 */
export async function pageProbabilities(db: Db, terms: readonly string[]): Promise<PageProbabilities> {
  const asked = featureTerms(terms);
  const [{ rows: pages }, { rows }] = await Promise.all([
    sql<{ key: string; position: number }>`select document.key, position
      from page_class join document on document.id = page_class.document_id`.execute(db),
    sql<{ term: string; rarity: number; unit: number; weights: Buffer }>`select term, rarity, unit, weights
      from page_weight where term = any(${asked}::text[])`.execute(db),
  ]);
  const classes = rows[0]?.weights.length ?? 0;
  const scores = new Float32Array(classes);
  const byTerm = new Map(rows.map((row) => [row.term, row]));
  for (const [term, value] of normalised(rows.map(({ term, rarity }) => [term, rarity]))) {
    const { unit = 0, weights = Buffer.alloc(0) } = byTerm.get(term) ?? {};
    for (const [k, score] of scores.entries()) scores[k] = score + weights.readInt8(k) * unit * value;
  }
  softmax(scores);
  return {
    pages: new Map(pages.map(({ key, position }) => [key, scores[position] ?? 0])),
    outOfScope: scores[classes - 1] ?? 0,
  };
}

import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { CORPORA, type Corpus, isIn, postingsOf, statisticsOf, vocabularyOf } from './corpus.ts';
import { bigrams, tokensOf, wholeQuestion } from './terms.ts';

/** The fields of a passage, weighted apart when ranking; the order is the one of `posting.field`. */
export const FIELDS = ['name', 'phrasings', 'body'] as const;

/** What a passage is found by. */
export type IndexedText = Readonly<Record<(typeof FIELDS)[number], string>>;

interface Postings {
  readonly terms: string[];
  readonly fields: number[];
  readonly chunks: number[];
  readonly counts: number[];
  readonly lengths: number[];
}

/** Stands between the phrasings of a passage. */
export const PHRASING_END = '\n';

/** The longest field that is told apart from longer ones; `posting.length` is a smallint. */
const MAX_LENGTH = 30_000;

/** Writes the lexical index of new passages. `countPassages` is due afterwards, or `refreshStatistics`. */
export async function indexPassages(
  db: Db,
  passages: readonly { readonly chunkId: number; readonly text: IndexedText }[],
  corpus: Corpus,
): Promise<void> {
  const texts = passages.flatMap(({ text }) => FIELDS.map((field) => text[field]));
  const tokens = await tokensOf(db, texts);
  const phrasings = await wholePhrasings(
    db,
    passages.map(({ text }) => text.phrasings),
  );
  const postings: Postings = { terms: [], fields: [], chunks: [], counts: [], lengths: [] };
  passages.forEach(({ chunkId }, passage) => {
    FIELDS.forEach((_name, field) => {
      const stems = (tokens[passage * FIELDS.length + field] ?? []).map(({ term }) => term);
      const wholes = FIELDS[field] === 'phrasings' ? (phrasings[passage] ?? []) : [];
      for (const [term, count] of countEach([...stems, ...bigrams(stems), ...wholes])) {
        postings.terms.push(term);
        postings.fields.push(field);
        postings.chunks.push(chunkId);
        postings.counts.push(Math.min(count, MAX_LENGTH));
        postings.lengths.push(Math.min(stems.length, MAX_LENGTH));
      }
    });
  });
  const { terms, fields, chunks, counts, lengths } = postings;
  await sql`insert into ${postingsOf(corpus)} (term, field, chunk_id, tf, length)
    select * from unnest(${terms}::text[], ${fields}::smallint[], ${chunks}::bigint[], ${counts}::smallint[],
      ${lengths}::smallint[])`.execute(db);
}

/** The passages of documents that a condition on `document` holds for. */
const passagesWhere = (condition: RawBuilder<unknown>) =>
  sql`select chunk.id from chunk join document on document.id = chunk.document_id where ${condition}`;

/**
 * Brings what ranking knows of a corpus to passages that came, or are about to go, which are none of the guidance's. Whoever
 * changes a corpus waits here for the one before to commit.
 */
export async function countPassages(
  db: Db,
  chunkIds: readonly number[],
  which: 'new' | 'leaving',
  corpus: Corpus,
): Promise<void> {
  if (chunkIds.length === 0) return;
  const sign = which === 'new' ? 1 : -1;
  const postings = postingsOf(corpus);
  const vocabulary = vocabularyOf(corpus);
  const statistics = statisticsOf(corpus);
  await sql`select from ${statistics} for update`.execute(db);
  await sql`insert into ${vocabulary} as vocabulary (term, frequency)
    select term, ${sign}::integer * count(distinct chunk_id) from ${postings}
    where chunk_id = any(${chunkIds}::bigint[]) group by term
    on conflict (term) do update set frequency = vocabulary.frequency + excluded.frequency`.execute(db);
  if (which === 'leaving') {
    await sql`delete from ${vocabulary} as vocabulary using ${postings} as posting
      where posting.chunk_id = any(${chunkIds}::bigint[]) and posting.term = vocabulary.term and vocabulary.frequency <= 0`.execute(
      db,
    );
  }
  await sql`with counted as (
      select field, ${sign}::integer * count(*) as passages, ${sign}::integer * sum(length) as length
      from (select distinct chunk_id, field, length from ${postings} where chunk_id = any(${chunkIds}::bigint[])) as each
      group by field
    ),
    field as (
      select number, field_passages[number + 1] + coalesce(counted.passages, 0) as passages,
        average_length[number + 1] * field_passages[number + 1] + coalesce(counted.length, 0) as length
      from ${statistics} cross join generate_series(0, ${FIELDS.length - 1}) as number
      left join counted on counted.field = number
    )
    update ${statistics} set
      passages = passages + ${sign * chunkIds.length},
      field_passages = (select array_agg(passages order by number) from field),
      average_length = (
        select array_agg(coalesce(length::float8 / nullif(passages, 0), 1) order by number) from field
      )`.execute(db);
}

/** Takes the passages of a version out of the index. */
export async function removePassages(db: Db, version: number, corpus: Corpus): Promise<void> {
  const chunks = await db.selectFrom('chunk').select('id').where('version_id', '=', version).execute();
  await countPassages(
    db,
    chunks.map(({ id }) => id),
    'leaving',
    corpus,
  );
  await db.deleteFrom('chunk').where('version_id', '=', version).execute();
}

/** Brings what ranking knows, vocabularies and averages, to what the index holds now. */
export async function refreshStatistics(db: Db): Promise<void> {
  for (const corpus of CORPORA) await refreshCorpus(db, corpus);
  await sql`update vocabulary set guidance_frequency = coalesce(counted.frequency, 0)
    from vocabulary as every left join (
      select term, count(distinct chunk_id) as frequency from posting
      where chunk_id in (${passagesWhere(sql`document.kind = 'guidance'`)}) group by term
    ) as counted on counted.term = every.term
    where every.term = vocabulary.term and vocabulary.guidance_frequency <> coalesce(counted.frequency, 0)`.execute(db);
  await sql`update index_statistics set
    guidance_passages = (select count(*) from (${passagesWhere(sql`document.kind = 'guidance'`)}) as guidance)`.execute(
    db,
  );
  await analyzeIndex(db);
}

async function refreshCorpus(db: Db, corpus: Corpus): Promise<void> {
  const postings = postingsOf(corpus);
  const vocabulary = vocabularyOf(corpus);
  await sql`insert into ${vocabulary} as vocabulary (term, frequency)
    select term, count(distinct chunk_id) from ${postings} group by term
    on conflict (term) do update set frequency = excluded.frequency
    where vocabulary.frequency <> excluded.frequency`.execute(db);
  await sql`delete from ${vocabulary} as vocabulary
    where not exists (select from ${postings} as posting where posting.term = vocabulary.term)`.execute(db);
  await sql`update ${statisticsOf(corpus)} set
    passages = (select count(*) from (${passagesWhere(isIn(corpus))}) as every),
    (field_passages, average_length) = (
      select array_agg(passages order by number), array_agg(coalesce(length, 1)::float8 order by number)
      from generate_series(0, ${FIELDS.length - 1}) as number
      cross join lateral (
        select count(*) as passages, avg(length) as length
        from (select distinct chunk_id, length from ${postings} as posting where posting.field = number) as each
      ) as counted)`.execute(db);
}

/** Tells the planner the size of what it joins, at once and also where no autovacuum runs; due after much has come. */
export async function analyzeIndex(db: Db): Promise<void> {
  await sql`analyze posting, vocabulary, evidence_posting, evidence_vocabulary, chunk, document_version, document`.execute(
    db,
  );
}

/** A term for each phrasing as a whole, so that asking just that finds the passage. */
async function wholePhrasings(db: Db, texts: readonly string[]): Promise<string[][]> {
  const lists = texts.map((text) => text.split(PHRASING_END).filter(Boolean));
  const tokens = await tokensOf(db, lists.flat());
  let next = 0;
  return lists.map((list) =>
    list.flatMap((phrasing) =>
      wholeQuestion(
        phrasing,
        (tokens[next++] ?? []).map(({ term }) => term),
      ),
    ),
  );
}

function countEach(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import type { Db } from '../database/database.ts';
import { GUIDANCE_ONLY } from '../people/audience.ts';
import { indexPassages, refreshStatistics } from '../retrieval/index-passages.ts';
import { PassageRetriever } from '../retrieval/retriever.ts';
import type { Vectors } from '../retrieval/vectors.ts';
import { parseJsonLine } from './json-line.ts';
import { latency, mean, type RankingQuality, rankingQuality } from './metrics.ts';

const CorpusLine = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() });
const QueryLine = z.object({ _id: z.string(), text: z.string() });

export interface BeirReport extends RankingQuality {
  readonly passages: number;
  readonly questions: number;
  readonly ingest_per_s: number;
  readonly latency_ms: { readonly p50: number; readonly p95: number };
}

/** Passages written in one transaction. */
const BATCH = 500;
const CUTOFF = 10;

/**
 * Stores a BEIR directory through the code that stores every document, asks its questions and measures the rankings.
 *
 * @param db a scratch database: what is stored stays in it
 * @throws UnusableFile where a line is not in BEIR's format
 */
export async function measureBeir(db: Db, folder: string, vectors: Vectors | undefined): Promise<BeirReport> {
  const started = performance.now();
  const passages = await ingestCorpus(db, join(folder, 'corpus.jsonl'));
  const seconds = (performance.now() - started) / 1000;
  await vectors?.complete();
  const retriever = new PassageRetriever(db, GUIDANCE_ONLY, CUTOFF, vectors, 'knowledge');
  const judgements = await readJudgements(join(folder, 'qrels', 'test.tsv'));
  const results: RankingQuality[] = [];
  const milliseconds: number[] = [];
  for await (const { _id, text } of jsonLines(join(folder, 'queries.jsonl'), QueryLine)) {
    const relevance = judgements.get(_id);
    if (!relevance) continue;
    const asked = performance.now();
    const found = await retriever.invoke(text);
    milliseconds.push(performance.now() - asked);
    results.push(
      rankingQuality(
        found.map(({ metadata }) => metadata.section),
        relevance,
      ),
    );
  }
  const average = (measure: keyof RankingQuality) => Number(mean(results.map((result) => result[measure])).toFixed(4));
  return {
    passages,
    questions: results.length,
    'recall@10': average('recall@10'),
    'map@10': average('map@10'),
    'ndcg@10': average('ndcg@10'),
    'mrr@10': average('mrr@10'),
    ingest_per_s: Math.round(passages / seconds),
    latency_ms: latency(milliseconds),
  };
}

/** Consecutive lines with the same title are passages of one document; without titles all are. */
async function ingestCorpus(db: Db, file: string): Promise<number> {
  let batch: z.infer<typeof CorpusLine>[] = [];
  let position = 0;
  let documentOf = { title: undefined as string | undefined, versionId: 0, documentId: 0 };
  const store = () =>
    db.transaction().execute(async (transaction) => {
      const rows = [];
      for (const { _id, title, text } of batch) {
        if (documentOf.title !== title)
          documentOf = { title, ...(await addDocument(transaction, `beir:${_id}`, title)) };
        const { versionId: version_id, documentId: document_id } = documentOf;
        rows.push({ version_id, document_id, position: position++, section: '', heading_path: _id, body: text });
      }
      const chunks = await transaction.insertInto('chunk').values(rows).returning(['id', 'body']).execute();
      await indexPassages(
        transaction,
        chunks.map(({ id, body }) => ({ chunkId: id, text: { name: '', phrasings: '', body } })),
        'knowledge',
      );
      batch = [];
    });
  for await (const line of jsonLines(file, CorpusLine)) {
    batch.push(line);
    if (batch.length === BATCH) await store();
  }
  if (batch.length > 0) await store();
  await refreshStatistics(db);
  return position;
}

async function addDocument(db: Db, key: string, title: string): Promise<{ versionId: number; documentId: number }> {
  const document = await db
    .insertInto('document')
    .values({ key, kind: 'guidance', visibility: 'everyone' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const version = await db
    .insertInto('document_version')
    .values({ document_id: document.id, title, sha256: Buffer.alloc(32), metadata: '{}' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { versionId: version.id, documentId: document.id };
}

/** query-id, corpus-id, score, with a heading line. */
async function readJudgements(file: string): Promise<Map<string, Map<string, number>>> {
  const judgements = new Map<string, Map<string, number>>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [query, passage, score] = line.split('\t');
    if (!query || !passage || !Number.isFinite(Number(score))) continue;
    const relevance = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, relevance.set(passage, Number(score)));
  }
  return judgements;
}

async function* jsonLines<T>(file: string, format: z.ZodType<T>): AsyncGenerator<T> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number += 1;
    if (line.trim()) yield parseJsonLine(format, line, file, number);
  }
}

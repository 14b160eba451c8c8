import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { literally, shortened, typedText } from '../chat/text.ts';
import { writtenDay } from '../clock.ts';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { countPassages, indexPassages, PHRASING_END, removePassages } from '../retrieval/index-passages.ts';
import { structure } from '../standard/structure.ts';

/** An answer of the organisation's own: written or checked by its compliance lead, found by search like guidance. */
export interface ReviewedAnswer {
  readonly question: string;
  /** As it was typed. */
  readonly answer: string;
  /** Other ways in which people asked for it. */
  readonly phrasings: readonly string[];
  readonly visibility: 'everyone' | 'committee';
  /** The requirement it belongs to: A.10.3. */
  readonly requirement: string | undefined;
  /** Who answers for its text, and since which day. */
  readonly reviewer: { readonly id: string; readonly name: string };
  readonly reviewedOn: string;
}

/** A reviewed answer with what people call it: QA-7. */
export interface StoredReviewedAnswer extends ReviewedAnswer {
  readonly document: number;
  readonly key: string;
  /** Its current `document_version`. */
  readonly version: number;
}

const Metadata = z.object({
  answer: z.string(),
  phrasings: z.array(z.string()),
  requirement: z.string().optional(),
  reviewer: z.object({ id: z.string(), name: z.string() }),
  reviewedOn: z.string(),
});

/** The section of its one passage. */
const SECTION = 'Answer';

/** @returns the key in its usual form; undefined for what is no reviewed answer's key */
export function parseReviewedAnswerKey(text: string): string | undefined {
  const digits = /^QA-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits && `QA-${digits}`;
}

export async function publishReviewedAnswer(change: Change, answer: ReviewedAnswer): Promise<StoredReviewedAnswer> {
  const document = await change.db
    .insertInto('document')
    .values({
      key: sql<string>`'QA-' || nextval('reviewed_answer_number')`,
      kind: 'reviewed_answer',
      visibility: answer.visibility,
    })
    .returning(['id', 'key'])
    .executeTakeFirstOrThrow();
  const place = { ...answer, document: document.id, key: document.key };
  return { ...place, version: await storeVersion(change, place, 'reviewed-answer.published') };
}

/**
 * Puts a new version in the place of the one that it was made from, which is kept.
 *
 * @returns false where that one is no longer current and nothing was changed
 */
export async function reviseReviewedAnswer(change: Change, answer: StoredReviewedAnswer): Promise<boolean> {
  if (!(await supersede(change, answer.version))) return false;
  await change.db
    .updateTable('document')
    .set({ visibility: answer.visibility })
    .where('id', '=', answer.document)
    .execute();
  await storeVersion(change, answer, 'reviewed-answer.revised');
  return true;
}

/** Takes an answer out of search; its versions are kept. @returns false where that version is no longer current */
export async function withdrawReviewedAnswer(change: Change, { version, key }: StoredReviewedAnswer): Promise<boolean> {
  if (!(await supersede(change, version))) return false;
  change.record({ action: 'reviewed-answer.withdrawn', subject: key, detail: {} });
  return true;
}

/** @returns undefined where there is none of that key, or it was withdrawn */
export async function readReviewedAnswer(db: Db, key: string): Promise<StoredReviewedAnswer | undefined> {
  const row = await current(db).where('key', '=', key).executeTakeFirst();
  return row && asStored(row);
}

/** Those in use, the newest first. @param limit of answers */
export async function listReviewedAnswers(
  db: Db,
  limit: number,
): Promise<{ total: number; answers: StoredReviewedAnswer[] }> {
  const rows = await current(db).orderBy('document.id', 'desc').execute();
  return { total: rows.length, answers: rows.slice(0, limit).map(asStored) };
}

function current(db: Db) {
  return db
    .selectFrom('document')
    .innerJoin('document_version', 'document_id', 'document.id')
    .select(['document.id as document', 'document_version.id as version', 'key', 'visibility', 'title', 'metadata'])
    .where('kind', '=', 'reviewed_answer')
    .where('superseded_at', 'is', null);
}

function asStored(row: Awaited<ReturnType<ReturnType<typeof current>['execute']>>[number]): StoredReviewedAnswer {
  const { requirement, ...metadata } = Metadata.parse(row.metadata);
  const visibility = row.visibility === 'everyone' ? 'everyone' : 'committee';
  const { document, key, version, title: question } = row;
  return { document, key, version, question, visibility, requirement, ...metadata };
}

/** The row lock makes two changes at once follow one another, and the second finds the version superseded. */
async function supersede(change: Change, version: number): Promise<boolean> {
  const superseded = await change.db
    .updateTable('document_version')
    .set({ superseded_at: change.at })
    .where('id', '=', version)
    .where('superseded_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!superseded) return false;
  // The version keeps its text; its passage would only burden search.
  await removePassages(change.db, version, 'knowledge');
  return true;
}

/** How somebody is called who was erased. */
const FORMER = 'a former colleague';

/** What is enough of an answer to tell what it is about, in characters. */
const MAX_TITLE = 100;

/**
 * Takes people out of reviewed answers, of all their versions: their name where they answer for the text, and their words where
 * they asked. The answer's own text is the organisation's, and stays.
 */
export async function erasePeopleFromAnswers(
  { db }: Change,
  people: readonly string[],
  wordings: readonly string[],
): Promise<void> {
  const rows = await db
    .selectFrom('document_version')
    .innerJoin('document', 'document.id', 'document_id')
    .select(['document.id as document', 'document_version.id as version', 'key', 'visibility', 'title', 'metadata'])
    .select('superseded_at')
    .where('kind', '=', 'reviewed_answer')
    .where(
      sql<boolean>`(metadata #>> '{reviewer,id}' = any(${people}::text[]) or title = any(${wordings}::text[])
        or metadata -> 'phrasings' ?| ${wordings}::text[])`,
    )
    .execute();
  for (const row of rows) {
    const stored = asStored(row);
    const phrasings = stored.phrasings.filter((phrasing) => !wordings.includes(phrasing));
    const question = wordings.includes(stored.question)
      ? (phrasings[0] ?? shortened(stored.answer, MAX_TITLE))
      : stored.question;
    const { id, name } = stored.reviewer;
    const reviewer = { id, name: people.includes(id) ? FORMER : name };
    const anonymous = { ...stored, question, phrasings, reviewer };
    await db
      .updateTable('document_version')
      .set({ title: question, metadata: JSON.stringify(metadataOf(anonymous)) })
      .where('id', '=', row.version)
      .execute();
    if (row.superseded_at !== null) continue;
    await removePassages(db, row.version, 'knowledge');
    await indexVersion(db, anonymous);
  }
}

async function storeVersion(
  change: Change,
  stored: Omit<StoredReviewedAnswer, 'version'>,
  action: string,
): Promise<number> {
  const { document, question, answer, phrasings, key, visibility, requirement, reviewedOn } = stored;
  const sha256 = createHash('sha256').update(`${question}\n\n${answer}`).digest();
  const version = await change.db
    .insertInto('document_version')
    .values({
      document_id: document,
      title: question,
      sha256,
      metadata: JSON.stringify(metadataOf(stored)),
      effective_on: reviewedOn,
      created_at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await indexVersion(change.db, { ...stored, version: version.id });
  change.record({
    action,
    subject: key,
    detail: {
      version: version.id,
      sha256: sha256.toString('hex'),
      visibility,
      requirement: requirement ?? null,
      phrasings: phrasings.length,
    },
  });
  return version.id;
}

/** What is kept with a version, and what search shows of it. */
function metadataOf({ answer, phrasings, requirement, reviewer, reviewedOn }: ReviewedAnswer) {
  const citedAs = `Reviewed answer by ${reviewer.name}, ${writtenDay(reviewedOn)}`;
  return {
    ...{ answer, phrasings, requirement, reviewer, reviewedOn, citedAs },
    summary: literally(citedAs),
    neighbours: requirement ? [requirement] : [],
  };
}

/** Has a version found by search. */
async function indexVersion(db: Db, stored: StoredReviewedAnswer): Promise<void> {
  const { document, version, key, question, answer, phrasings, requirement } = stored;
  const chunk = await db
    .insertInto('chunk')
    .values({
      version_id: version,
      document_id: document,
      position: 0,
      section: SECTION,
      heading_path: SECTION,
      body: typedText(answer),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const belongsTo = requirement ? `${requirement} ${structure.find(requirement)?.title ?? ''}` : '';
  const text = {
    name: [key, question, belongsTo].join('. '),
    phrasings: [question, ...phrasings].join(PHRASING_END),
    body: answer,
  };
  await indexPassages(db, [{ chunkId: chunk.id, text }], 'knowledge');
  await countPassages(db, [chunk.id], 'new', 'knowledge');
}

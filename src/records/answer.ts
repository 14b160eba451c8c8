import { createHash } from 'node:crypto';
import type { Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import type { Spent } from '../models/model-use.ts';

/** An answer as it was given to a person. */
export interface GivenAnswer {
  /** The asker's id. */
  readonly asker: string;
  readonly platform: Platform;
  readonly conversation: string;
  readonly question: string;
  /** As it was said: Markdown with citation marks. */
  readonly text: string;
  readonly isDeclined: boolean;
  readonly sources: readonly AnswerSource[];
  readonly topic: Topic | undefined;
  /** Null where it was extracted. */
  readonly model: string | null;
  readonly promptVersion: string | null;
  /** What the model took, also where in the end the answer was extracted; undefined where none was asked. */
  readonly spent: Spent | undefined;
}

/** A document as it was when it was read. */
export interface AnswerSource {
  /** What people call it: A.6.2.8. */
  readonly id: string;
  /** Its `document_version`. */
  readonly version: number;
}

/** The page nearest to a question. */
export interface Topic {
  readonly id: string;
  readonly title: string;
}

/**
 * Keeps an answer, and leaves a receipt of it in the event log: hashes, sources and the model's name, no text. Who holds the
 * question and the answer can show that it was given; who holds the log alone learns neither.
 *
 * @returns the answer's number
 */
export async function recordAnswer(change: Change, answer: GivenAnswer): Promise<number> {
  const { asker, platform, conversation, question, text, isDeclined, sources, topic, model, promptVersion, spent } =
    answer;
  const { id } = await change.db
    .insertInto('answer')
    .values({
      asker_id: asker,
      platform,
      conversation,
      question,
      text,
      is_declined: isDeclined,
      sources: JSON.stringify(sources),
      topic: topic?.id ?? null,
      topic_title: topic?.title ?? null,
      model,
      prompt_version: promptVersion,
      input_tokens: spent?.inputTokens ?? null,
      output_tokens: spent?.outputTokens ?? null,
      milliseconds: spent?.milliseconds ?? null,
      cost: spent?.cost ?? null,
      at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  change.record({
    action: 'answer.given',
    subject: `answer:${id}`,
    detail: {
      question: sha256(question),
      answer: sha256(text),
      declined: isDeclined,
      sources: sources.map((source) => ({ id: source.id, version: source.version })),
      model,
      promptVersion,
      spent: spent ? { ...spent } : null,
    },
  });
  return id;
}

/** What can be done about an answer later needs this of it. */
export interface RecordedAnswer {
  readonly id: number;
  readonly asker: string;
  readonly conversation: string;
  readonly question: string;
  readonly text: string;
  readonly isDeclined: boolean;
  readonly sources: readonly AnswerSource[];
  readonly topic: Topic | undefined;
}

/** @returns undefined where there is none of that number, or its time is over */
export async function readAnswer(db: Db, id: number): Promise<RecordedAnswer | undefined> {
  const row = await db
    .selectFrom('answer')
    .select(['id', 'asker_id', 'conversation', 'question', 'text', 'is_declined as isDeclined'])
    .select(['sources', 'topic', 'topic_title'])
    .where('id', '=', id)
    .where('text', '<>', '')
    .executeTakeFirst();
  if (!row) return undefined;
  const { asker_id: asker, conversation, question, text, isDeclined } = row;
  const sources = row.sources as readonly AnswerSource[];
  return { id: row.id, asker, conversation, question, text, isDeclined, sources, topic: topicOf(row) };
}

export function topicOf(row: { topic: string | null; topic_title: string | null }): Topic | undefined {
  return row.topic === null ? undefined : { id: row.topic, title: row.topic_title ?? row.topic };
}

/** In hexadecimal, of the text in UTF-8. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { createInterface } from 'node:readline/promises';
import { openVectors, openWithGuidance } from '../app.ts';
import { cleanText, MAX_MESSAGE_LENGTH, plainText } from '../chat/text.ts';
import { configFromEnvironment } from '../config.ts';
import type { Db } from '../database/database.ts';
import { type Answer, answerQuestion } from '../features/ask/answer.ts';
import { createLog } from '../log.ts';
import type { Audience } from '../people/audience.ts';
import type { Vectors } from '../retrieval/vectors.ts';

/** Whoever can start this command reads what everybody in the organisation may read. */
export const EVERYONE: Audience = { guidanceOnly: false, visibilities: ['everyone'], person: undefined };

/** Answers one question, or with `-` one a line from standard input. */
export async function ask(question: string, options: { json?: boolean }): Promise<void> {
  const config = configFromEnvironment();
  const log = createLog(config.logLevel);
  const database = await openWithGuidance(config, log, () => {});
  try {
    const vectors = openVectors(config, database.db, log);
    await vectors?.complete();
    if (question === '-') {
      for await (const line of createInterface({ input: process.stdin })) {
        if (line.trim()) console.log(JSON.stringify(await answer(database.db, line, vectors)));
      }
    } else {
      const result = await answer(database.db, question, vectors);
      console.log(options.json ? JSON.stringify(result) : asText(result));
    }
  } finally {
    await database.close();
  }
}

type Result = Awaited<ReturnType<typeof answer>>;

async function answer(db: Db, question: string, vectors: Vectors | undefined) {
  const started = performance.now();
  const { text, declined, clarify, citations, model } = await answerTo(db, cleanText(question), vectors);
  return {
    question,
    answer: plainText(text),
    declined,
    clarify,
    citations: citations.map(({ id, title, path }) => ({ id, title, path })),
    model,
    ms: Math.round(performance.now() - started),
  };
}

async function answerTo(
  db: Db,
  question: string,
  vectors: Vectors | undefined,
): Promise<Pick<Answer, 'text' | 'declined' | 'clarify' | 'citations' | 'model'>> {
  if (question.length <= MAX_MESSAGE_LENGTH) return answerQuestion(db, question, EVERYONE, vectors);
  const text = `That is longer than the ${MAX_MESSAGE_LENGTH} characters I read. Send the question itself in a few sentences.`;
  return { text, declined: true, clarify: false, citations: [], model: null };
}

function asText({ answer, citations }: Result): string {
  const sources = citations.map(
    ({ id, title, path }, index) => `[${index + 1}] ${id} ${title}${path ? ` (${path})` : ''}`,
  );
  return [answer, ...(sources.length > 0 ? ['', ...sources] : [])].join('\n');
}

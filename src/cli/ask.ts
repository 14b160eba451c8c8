import { createInterface } from 'node:readline/promises';
import { cleanText, MAX_MESSAGE_LENGTH, plainText } from '../chat/text.ts';
import { systemClock } from '../clock.ts';
import { configFromEnvironment } from '../config.ts';
import { type Answer, answerQuestion } from '../features/ask/answer.ts';
import type { AskParts } from '../features/ask/ask.ts';
import { createLog } from '../log.ts';
import { openLanguage, openVectors, openWithGuidance } from '../open.ts';
import { EVERYONE } from '../people/audience.ts';

/** Answers one question, or with `-` one a line from standard input. */
export async function ask(question: string, options: { json?: boolean }): Promise<void> {
  const config = configFromEnvironment();
  const log = createLog(config.logLevel);
  const database = await openWithGuidance(config, log, () => {});
  try {
    const vectors = openVectors(config, database.db, log);
    await vectors?.complete();
    const clock = systemClock(config.timeZone);
    const parts = { db: database.db, clock, vectors, writers: (await openLanguage(config, database.db, log))?.writers };
    if (question === '-') {
      for await (const line of createInterface({ input: process.stdin })) {
        if (line.trim()) console.log(JSON.stringify(await answer(parts, line)));
      }
    } else {
      const result = await answer(parts, question);
      console.log(options.json ? JSON.stringify(result) : asText(result));
    }
  } finally {
    await database.close();
  }
}

type Result = Awaited<ReturnType<typeof answer>>;

type AnswerParts = Pick<AskParts, 'db' | 'clock' | 'vectors' | 'writers'>;

async function answer(parts: AnswerParts, question: string) {
  const started = performance.now();
  const { text, declined, clarify, citations, model } = await answerTo(parts, cleanText(question));
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

type Shown = Pick<Answer, 'text' | 'declined' | 'clarify' | 'citations' | 'model'>;

async function answerTo({ db, clock, vectors, writers }: AnswerParts, question: string): Promise<Shown> {
  if (question.length <= MAX_MESSAGE_LENGTH) {
    const writer = await writers?.({ showDraft: () => {}, whileWaiting: (work) => work() });
    // Whoever can start this command reads what everybody in the organisation may read.
    return answerQuestion({ db, vectors, today: clock.today(), writer }, question, EVERYONE);
  }
  const text = `That is longer than the ${MAX_MESSAGE_LENGTH} characters I read. Send the question itself in a few sentences.`;
  return { text, declined: true, clarify: false, citations: [], model: null };
}

function asText({ answer, citations }: Result): string {
  const sources = citations.map(
    ({ id, title, path }, index) => `[${index + 1}] ${id} ${title}${path ? ` (${path})` : ''}`,
  );
  return [answer, ...(sources.length > 0 ? ['', ...sources] : [])].join('\n');
}

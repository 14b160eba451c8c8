import { z } from 'zod';
import type { Db } from '../database/database.ts';
import { type Answer, answerQuestion } from '../features/ask/answer.ts';
import { type Audience, GUIDANCE_ONLY } from '../people/audience.ts';
import type { Vectors } from '../retrieval/vectors.ts';
import { readNamedFile } from '../unusable-file.ts';
import { cites } from './anchors.ts';
import { parseJsonLine } from './json-line.ts';
import { latency, mean } from './metrics.ts';

const Question = z.object({
  id: z.string().optional(),
  /** `answerable`, `decline`, `ambiguous`, or `either`, which may be answered or declined. */
  group: z.enum(['answerable', 'decline', 'ambiguous', 'either']).default('answerable'),
  lang: z.string().default('en'),
  type: z.string().nullish(),
  question: z.string(),
  expected_ids: z.array(z.string()).default([]),
  accept_also: z.array(z.string()).default([]),
  possible_ids: z.array(z.string()).default([]),
});

type Question = z.infer<typeof Question>;

/** One question and how Steward did on it. */
export interface Judged {
  readonly question: Question;
  readonly answer: Answer;
  /** The rank of the first right citation, from 1; undefined where none is right. */
  readonly rank: number | undefined;
  readonly milliseconds: number;
}

/** Shares are 0 to 1; null where no question of that group was asked. */
export interface QuestionReport {
  readonly questions: number;
  /** Answerable questions whose first citation, or one of the first three, is an expected page. */
  readonly hit1: number | null;
  readonly hit3: number | null;
  /** Questions outside the guidance that were declined, and answerable ones that were. */
  readonly declined_right: number | null;
  readonly declined_wrong: number | null;
  /** Ambiguous questions answered by asking back, or by naming two readings. */
  readonly clarified_right: number | null;
  readonly latency_ms: { readonly p50: number; readonly p95: number };
}

/** @throws UnusableFile, also where a line is no question */
export async function readQuestions(file: string): Promise<Question[]> {
  const lines = (await readNamedFile(file)).toString().split('\n');
  return lines.flatMap((line, index) => (line.trim() ? [parseJsonLine(Question, line, file, index + 1)] : []));
}

export async function judgeQuestions(
  db: Db,
  questions: readonly Question[],
  vectors: Vectors | undefined,
  audience: Audience = GUIDANCE_ONLY,
): Promise<Judged[]> {
  await vectors?.complete();
  const today = new Date().toISOString().slice(0, 10);
  const judged: Judged[] = [];
  for (const question of questions) {
    const started = performance.now();
    const answer = await answerQuestion({ db, vectors, today }, question.question, audience);
    const milliseconds = performance.now() - started;
    const expected = [...question.expected_ids, ...question.accept_also];
    const index = answer.citations.findIndex((citation) => expected.some((anchor) => cites(anchor, citation)));
    judged.push({ question, answer, rank: index < 0 ? undefined : index + 1, milliseconds });
  }
  return judged;
}

export function report(judged: readonly Judged[]): QuestionReport {
  const group = (name: string) => judged.filter(({ question }) => question.group === name);
  const answerable = group('answerable');
  const share = (list: readonly Judged[], holds: (one: Judged) => boolean) =>
    list.length === 0 ? null : Number(mean(list.map((one) => (holds(one) ? 1 : 0))).toFixed(4));
  return {
    questions: judged.length,
    hit1: share(answerable, ({ rank }) => rank === 1),
    hit3: share(answerable, ({ rank }) => rank !== undefined && rank <= 3),
    declined_right: share(group('decline'), ({ answer }) => answer.declined),
    declined_wrong: share(answerable, ({ answer }) => answer.declined),
    clarified_right: share(group('ambiguous'), ({ question, answer }) => answer.clarify || namesTwo(question, answer)),
    latency_ms: latency(judged.map(({ milliseconds }) => milliseconds)),
  };
}

function namesTwo({ possible_ids }: Question, { citations }: Answer): boolean {
  return possible_ids.filter((anchor) => citations.some((citation) => cites(anchor, citation))).length >= 2;
}

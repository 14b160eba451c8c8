import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { configFromEnvironment } from '../config.ts';
import { type DatabaseLocation, openDatabase } from '../database/database.ts';
import { measureBeir } from '../evaluation/beir.ts';
import { intakeReport, interviewCase, readChoices, readIntakeCases } from '../evaluation/intake.ts';
import { type Judged, judgeQuestions, readQuestions, report } from '../evaluation/questions.ts';
import { createLog } from '../log.ts';
import { openLanguage, openVectors, openWithGuidance } from '../open.ts';
import type { Facts } from '../records/ai-system/facts.ts';
import type { ReadFacts } from '../records/ai-system/intake.ts';

/** Measures search on questions with expected pages or on a BEIR directory in a scratch database, or the intake on interviews. */
export async function evaluate(
  path: string,
  options: { beir?: boolean; intake?: boolean; json?: boolean },
): Promise<void> {
  if (options.intake) return evaluateIntake(path, options.json ?? false);
  const result = options.beir ? await evaluateBeir(path) : await evaluateQuestions(path, !options.json);
  if (options.json) console.log(JSON.stringify(result));
  else console.table(flatten(result));
}

/** What a person would choose in the form, for cases of which only the free answers are given. */
const CHOICES = fileURLToPath(new URL('../../test/evaluation/intake-choices.jsonl', import.meta.url));

async function evaluateIntake(file: string, json: boolean): Promise<void> {
  const cases = await readIntakeCases(file);
  const choices = existsSync(CHOICES) ? await readChoices(CHOICES) : new Map();
  const results = await withReader((readFacts) =>
    Promise.all(cases.map((one) => interviewCase(one, choices, readFacts))),
  );
  const { cases: proposed, ...measures } = intakeReport(cases, results);
  if (json) return console.log(JSON.stringify({ cases: proposed, ...measures }));
  console.table(
    proposed.map(({ controls, re_ask, roles, ...rest }) => ({
      ...rest,
      roles: roles.join(' '),
      controls: controls.length,
      re_ask: re_ask.join(' '),
    })),
  );
  console.table(measures);
}

/** @param work gets what reads answers with the configured model, if there is one; a failed reading says nothing */
async function withReader<T>(work: (readFacts: ReadFacts | undefined) => Promise<T>): Promise<T> {
  const config = configFromEnvironment();
  if (!config.models.chat) return work(undefined);
  const database = await openDatabase(config.database, () => {});
  try {
    const language = await openLanguage(config, database.db, createLog(config.logLevel));
    return await work(async (topic, text) => {
      const read = await language?.reader(topic, text, { whileWaiting: (wait) => wait() });
      return Object.assign({}, ...(read ?? []).map(({ facts }) => facts)) as Facts;
    });
  } finally {
    await database.close();
  }
}

async function evaluateQuestions(file: string, withDetails: boolean) {
  const config = configFromEnvironment();
  const questions = await readQuestions(file);
  const log = createLog(config.logLevel);
  const database = await openWithGuidance(config, log, () => {});
  try {
    const judged = await judgeQuestions(database.db, questions, openVectors(config, database.db, log));
    if (withDetails) printDetails(judged);
    return report(judged);
  } finally {
    await database.close();
  }
}

/** What went wrong, question by question, then the shares by language and by type. */
function printDetails(judged: readonly Judged[]): void {
  for (const { question, answer, rank } of judged) {
    const { group } = question;
    const wrong =
      (group === 'answerable' && (rank === undefined || rank > 1)) ||
      (group === 'decline' && !answer.declined) ||
      (group === 'ambiguous' && !answer.clarify);
    if (!wrong) continue;
    const cited = answer.declined ? 'declined' : answer.citations.map(({ id }) => id).join(', ');
    const expected = [...question.expected_ids, ...question.accept_also].join(', ') || group;
    console.log(
      `${rank === undefined ? 'missed' : `rank ${rank}`}  ${question.question}\n        expected ${expected}; got ${cited}`,
    );
  }
  const by = (name: (one: Judged) => string) =>
    Object.fromEntries([...Map.groupBy(judged, name)].map(([key, group]) => [key, flatten(report(group))]));
  console.table(by(({ question }) => question.lang));
  console.table(by(({ question }) => question.type ?? question.group));
}

function flatten({ latency_ms, ...measures }: { readonly latency_ms: { readonly p50: number; readonly p95: number } }) {
  return { ...measures, p50_ms: latency_ms.p50, p95_ms: latency_ms.p95 };
}

async function evaluateBeir(folder: string) {
  const config = configFromEnvironment();
  const { location, remove } = await scratchDatabase(config.database);
  try {
    const database = await openDatabase(location, () => {});
    try {
      return await measureBeir(database.db, folder, openVectors(config, database.db, createLog(config.logLevel)));
    } finally {
      await database.close();
    }
  } finally {
    await remove();
  }
}

/** A database that is thrown away: beside the configured one on its server, or in memory. */
async function scratchDatabase(configured: DatabaseLocation) {
  if (configured.kind === 'embedded') {
    return { location: { kind: 'embedded', folder: undefined } as const, remove: async () => {} };
  }
  const name = `steward_evaluation_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(configured.url);
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: configured.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  url.pathname = name;
  return {
    location: { kind: 'server', url: url.href } as const,
    remove: () => run(`drop database ${name} with (force)`),
  };
}

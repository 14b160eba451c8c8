import { sql } from 'kysely';
import type { ModelPrices } from '../config.ts';
import type { Db } from '../database/database.ts';
import type { FailureKind } from './failure.ts';

/** What calls of a model took. */
export interface Spent {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly milliseconds: number;
  /** In the currency of the prices; null where none are set, so that it is not known. */
  readonly cost: number | null;
}

/** One call of a model: what it was for, what it took, how it ended. */
export interface ModelUse extends Spent {
  /** The id of the prompt. */
  readonly purpose: string;
  readonly model: string;
  readonly promptVersion: number;
  readonly outcome: 'answered' | FailureKind;
}

const MILLION = 1_000_000;

/** Decimals of an amount of money that are kept: a single call may cost very little. */
const DECIMALS = 8;

export function costOf(
  { inputTokens, outputTokens }: Pick<Spent, 'inputTokens' | 'outputTokens'>,
  prices: ModelPrices | undefined,
): number | null {
  if (!prices) return null;
  return rounded((inputTokens * prices.input + outputTokens * prices.output) / MILLION);
}

/** @param before undefined where nothing was spent yet */
export function addSpent(before: Spent | undefined, { inputTokens, outputTokens, milliseconds, cost }: Spent): Spent {
  if (!before) return { inputTokens, outputTokens, milliseconds, cost };
  return {
    inputTokens: before.inputTokens + inputTokens,
    outputTokens: before.outputTokens + outputTokens,
    milliseconds: before.milliseconds + milliseconds,
    cost: before.cost === null || cost === null ? null : rounded(before.cost + cost),
  };
}

function rounded(amount: number): number {
  return Number(amount.toFixed(DECIMALS));
}

export async function recordModelUse(db: Db, use: ModelUse): Promise<void> {
  await db
    .insertInto('model_use')
    .values({
      purpose: use.purpose,
      model: use.model,
      prompt_version: use.promptVersion,
      input_tokens: use.inputTokens,
      output_tokens: use.outputTokens,
      milliseconds: use.milliseconds,
      outcome: use.outcome,
      cost: use.cost,
    })
    .execute();
}

/**
 * What was used in this calendar month, in UTC as providers count it.
 *
 * @param prices calls that were made before there were any cost as much as they would today
 */
export async function usedThisMonth(
  db: Db,
  prices: ModelPrices | undefined,
): Promise<{ readonly tokens: number; readonly cost: number | null }> {
  const { input, output } = prices ?? { input: 0, output: 0 };
  const { tokens, cost } = await db
    .selectFrom('model_use')
    .select([
      sql<number>`coalesce(sum(input_tokens + output_tokens), 0)::bigint`.as('tokens'),
      sql<number>`coalesce(sum(coalesce(cost, (input_tokens * ${input}::float8 + output_tokens * ${output}::float8)::numeric / ${MILLION})), 0)::float8`.as(
        'cost',
      ),
    ])
    .where('at', '>=', sql<Date>`date_trunc('month', now(), 'UTC')`)
    .executeTakeFirstOrThrow();
  return { tokens, cost: prices ? cost : null };
}

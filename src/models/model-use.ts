import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { FailureKind } from './failure.ts';

/** One call of a model: what it was for, what it cost, how it ended. */
export interface ModelUse {
  /** The id of the prompt. */
  readonly purpose: string;
  readonly model: string;
  readonly promptVersion: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly milliseconds: number;
  readonly outcome: 'answered' | FailureKind;
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
    })
    .execute();
}

/** Tokens of this calendar month, in UTC as providers count it. */
export async function tokensThisMonth(db: Db): Promise<number> {
  const { tokens } = await db
    .selectFrom('model_use')
    .select(sql<number>`coalesce(sum(input_tokens + output_tokens), 0)::bigint`.as('tokens'))
    .where('at', '>=', sql<Date>`date_trunc('month', now(), 'UTC')`)
    .executeTakeFirstOrThrow();
  return tokens;
}

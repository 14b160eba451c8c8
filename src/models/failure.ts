import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError, OpenAIError } from 'openai';
import { z } from 'zod';

/**
 * What went wrong with a model's server. `rejected`: it takes requests, but not this one (too long, a parameter it does not
 * know). `malformed`: it answered, but not in the documented form. `unsuitable`: its answers are of no use here.
 * `refused`: the model declined. `ceiling`: the settings allow no more this month, so it was not asked.
 */
export type FailureKind =
  | 'timeout'
  | 'rate-limit'
  | 'authentication'
  | 'unavailable'
  | 'rejected'
  | 'malformed'
  | 'unsuitable'
  | 'refused'
  | 'ceiling';

const WORDS: Readonly<Record<FailureKind, string>> = {
  timeout: 'did not answer in time',
  'rate-limit': 'takes no more requests for now: its rate limit or the quota of the key is used up',
  authentication: 'refuses the key',
  unavailable: 'cannot be reached, or does not have the model',
  rejected: 'rejected the request',
  malformed: 'answered in a form that is not the documented one',
  unsuitable: 'gives answers that cannot be used',
  refused: 'declined to answer',
  ceiling: 'is not asked again this month',
};

/** A model could not be used. The message holds no text of a person or a document; that of the cause may. */
export class ModelFailure extends Error {
  override name = 'ModelFailure';
  readonly kind: FailureKind;

  /** @param model as the settings name it */
  constructor(kind: FailureKind, model: string, options?: ErrorOptions & { readonly detail?: string | undefined }) {
    super(`The server of the model ${model} ${WORDS[kind]}${options?.detail ? ` (${options.detail})` : ''}.`, options);
    this.kind = kind;
  }
}

/**
 * Translates whatever was thrown while a model was asked; the only place that knows the errors of `openai`. Other libraries say
 * the status in the same way.
 */
export function asModelFailure(thrown: unknown, model: string): ModelFailure {
  if (thrown instanceof ModelFailure) return thrown;
  const status = statusOf(thrown);
  return new ModelFailure(kindOf(thrown), model, { cause: thrown, detail: status ? `status ${status}` : undefined });
}

function kindOf(thrown: unknown): FailureKind {
  if (thrown instanceof APIConnectionTimeoutError || thrown instanceof APIUserAbortError) return 'timeout';
  if (thrown instanceof APIConnectionError) return 'unavailable';
  const status = statusOf(thrown);
  if (thrown instanceof APIError || status) return kindOfStatus(status);
  // The client says so of bodies that are no JSON, zod of JSON that is something else.
  const isMalformed = [OpenAIError, SyntaxError, z.ZodError].some((kind) => thrown instanceof kind);
  return isMalformed ? 'malformed' : 'unavailable';
}

function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : undefined;
}

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === 429) return 'rate-limit';
  if (status === 401 || status === 403) return 'authentication';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 400 || status === 413 || status === 422) return 'rejected';
  return 'unavailable';
}

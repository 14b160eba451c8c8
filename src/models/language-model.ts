import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { literally } from '../chat/text.ts';
import type { Trouble } from '../chat/trouble.ts';
import type { ModelPrices, MonthlyCeiling } from '../config.ts';
import type { Db } from '../database/database.ts';
import { asModelFailure, type FailureKind, ModelFailure } from './failure.ts';
import { costOf, type ModelUse, recordModelUse, type Spent, usedThisMonth } from './model-use.ts';
import type { Prompt } from './prompts.ts';

/** Calls at the same time in one process; the others wait. */
const CONCURRENCY = 8;

/** Where a provider does not say how many tokens a text has: characters a token, in English and a little on the safe side. */
const CHARACTERS_A_TOKEN = 3.5;

/** An answer that is longer than this has gone astray, in characters. */
const MAX_LENGTH = 8_000;

export interface LanguageModelParts {
  readonly db: Db;
  readonly log: Logger;
  readonly chat: BaseChatModel;
  /** As the settings name it. */
  readonly name: string;
  readonly prices: ModelPrices | undefined;
  readonly ceiling: MonthlyCeiling;
  /** How long a model may be silent, in milliseconds: until its first word, and between two. */
  readonly silence: number;
  /** Told of every call. */
  readonly observe: (use: ModelUse) => void;
  /** Told of what an administrator has to mend. Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

/** What an administrator does about it. */
const REMEDIES: Partial<Record<FailureKind, string>> = {
  authentication: 'Set a valid key and start me again.',
  ceiling: 'Raise the ceiling and start me again, or leave it until next month.',
};

/** A chat model as the rest of Steward uses it: bounded in time, in number and in cost, and every call recorded. */
export class LanguageModel {
  readonly #parts: LanguageModelParts;
  readonly #queue = new PQueue({ concurrency: CONCURRENCY });
  /** The day on which something was said last, by what was wrong. */
  readonly #told = new Map<string, string>();

  constructor(parts: LanguageModelParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  /**
   * @param deadline aborted when nobody waits any longer
   * @param told of the text so far, whenever there is more of it, and of what the call took, however it ends
   * @throws ModelFailure
   */
  async write(
    prompt: Prompt,
    values: Readonly<Record<string, string>>,
    deadline: AbortSignal,
    told: { readonly onText?: (soFar: string) => void; readonly onSpent?: (spent: Spent) => void } = {},
  ): Promise<string> {
    await this.#refuseOverCeiling();
    const call = new Call(await prompt.template.formatMessages(values), this.#parts, deadline);
    try {
      return await this.#queue.add(() => call.run(told.onText ?? (() => {})), { signal: call.signal });
    } catch (thrown) {
      throw call.fail(thrown);
    } finally {
      call.end();
      const spent = await this.#record(prompt, call);
      told.onSpent?.(spent);
    }
  }

  async #refuseOverCeiling(): Promise<void> {
    const { db, prices, ceiling, name } = this.#parts;
    if (ceiling.tokens === undefined && ceiling.cost === undefined) return;
    const { tokens, cost } = await usedThisMonth(db, prices);
    const reached = [
      ...(tokens >= (ceiling.tokens ?? Number.POSITIVE_INFINITY) ? ['MODEL_MONTHLY_TOKENS'] : []),
      ...((cost ?? 0) >= (ceiling.cost ?? Number.POSITIVE_INFINITY) ? ['MODEL_MONTHLY_COST'] : []),
    ];
    if (reached.length === 0) return;
    const failure = new ModelFailure('ceiling', name, { detail: `${reached.join(' and ')} reached` });
    await this.#tell(failure);
    throw failure;
  }

  async #record({ id, version }: Prompt, call: Call): Promise<Spent> {
    const { db, log, name, prices, observe } = this.#parts;
    const outcome = call.failure?.kind ?? 'answered';
    const took = call.took();
    const use: ModelUse = {
      purpose: id,
      model: name,
      promptVersion: version,
      outcome,
      ...took,
      cost: costOf(took, prices),
    };
    observe(use);
    await recordModelUse(db, use);
    if (call.failure?.kind === 'authentication') await this.#tell(call.failure);
    else if (call.failure) log.warn({ purpose: id, kind: call.failure.kind }, call.failure.message);
    return use;
  }

  /** What an administrator has to mend is said once a day, not with every question. Causes may hold texts, so they are left out. */
  async #tell({ kind, message }: ModelFailure): Promise<void> {
    const today = new Date().toISOString().slice(0, 10);
    if (this.#told.get(kind) === today) return;
    this.#told.set(kind, today);
    const text = `${message} Answers are extracted meanwhile.`;
    this.#parts.log.error({ kind }, `${text} This is said once a day.`);
    await this.#parts.tell({ cause: `model:${kind}`, text: literally(`${text} ${REMEDIES[kind] ?? ''}`) });
  }
}

/** One call of the model, from the moment in which somebody begins to wait for it. */
class Call {
  readonly signal: AbortSignal;
  failure: ModelFailure | undefined;
  readonly #messages: BaseMessage[];
  readonly #parts: LanguageModelParts;
  readonly #silence = new AbortController();
  readonly #started = performance.now();
  #timer: NodeJS.Timeout;
  #wasSent = false;
  #text = '';
  #usage: { readonly input_tokens: number; readonly output_tokens: number } | undefined;

  constructor(messages: BaseMessage[], parts: LanguageModelParts, deadline: AbortSignal) {
    this.#messages = messages;
    this.#parts = parts;
    this.signal = AbortSignal.any([deadline, this.#silence.signal]);
    this.#timer = this.#waitForText();
  }

  async run(onText: (soFar: string) => void): Promise<string> {
    const { name, silence } = this.#parts;
    // A call that has waited long for its turn would be cut off before its first word, and paid for.
    if (performance.now() - this.#started > silence / 2) {
      throw new ModelFailure('rate-limit', name, { detail: 'too many calls at once' });
    }
    this.#wasSent = true;
    for await (const text of this.#stream()) {
      clearTimeout(this.#timer);
      this.#timer = this.#waitForText();
      this.#text += text;
      if (this.#text.length > MAX_LENGTH) {
        throw new ModelFailure('malformed', name, { detail: `more than ${MAX_LENGTH} characters` });
      }
      onText(this.#text);
    }
    if (this.#text.trim() === '') throw new ModelFailure('malformed', name, { detail: 'empty' });
    return this.#text;
  }

  /** Ends the request, if it is still open. */
  end(): void {
    clearTimeout(this.#timer);
    this.#silence.abort();
  }

  fail(thrown: unknown): unknown {
    const { name } = this.#parts;
    if (thrown instanceof ModelFailure) this.failure = thrown;
    else if (this.signal.aborted) this.failure = new ModelFailure('timeout', name, { cause: thrown });
    return this.failure ?? thrown;
  }

  took(): Omit<Spent, 'cost'> {
    const milliseconds = Math.round(performance.now() - this.#started);
    if (this.#usage) {
      return { inputTokens: this.#usage.input_tokens, outputTokens: this.#usage.output_tokens, milliseconds };
    }
    // Nothing is charged for what the server refused, or what it never got.
    const isCharged = this.#wasSent && (this.#text !== '' || !this.failure || this.failure.kind === 'timeout');
    const given = this.#messages.reduce((sum, message) => sum + message.text.length, 0);
    const tokens = (characters: number) => (isCharged ? Math.ceil(characters / CHARACTERS_A_TOKEN) : 0);
    return { inputTokens: tokens(given), outputTokens: tokens(this.#text.length), milliseconds };
  }

  async *#stream(): AsyncGenerator<string> {
    const { chat, name } = this.#parts;
    try {
      for await (const chunk of await chat.stream(this.#messages, { signal: this.signal })) {
        this.#usage = chunk.usage_metadata ?? this.#usage;
        if (chunk.text !== '') yield chunk.text;
      }
    } catch (thrown) {
      throw this.signal.aborted ? new ModelFailure('timeout', name, { cause: thrown }) : asModelFailure(thrown, name);
    }
  }

  #waitForText(): NodeJS.Timeout {
    return setTimeout(() => this.#silence.abort(), this.#parts.silence);
  }
}

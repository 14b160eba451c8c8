import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import PQueue from 'p-queue';
import type { Logger } from 'pino';
import { literally } from '../chat/text.ts';
import type { Trouble } from '../chat/trouble.ts';
import type { Db } from '../database/database.ts';
import { asModelFailure, type FailureKind, ModelFailure } from './failure.ts';
import { type ModelUse, recordModelUse, tokensThisMonth } from './model-use.ts';
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
  /** The ceiling of a calendar month; undefined where there is none. */
  readonly monthlyTokens: number | undefined;
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
   * @param onText told of the text so far, whenever there is more of it
   * @throws ModelFailure
   */
  async write(
    prompt: Prompt,
    values: Readonly<Record<string, string>>,
    deadline: AbortSignal,
    onText: (soFar: string) => void = () => {},
  ): Promise<string> {
    await this.#refuseOverCeiling();
    const call = new Call(await prompt.template.formatMessages(values), this.#parts, deadline);
    try {
      return await this.#queue.add(() => call.run(onText), { signal: call.signal });
    } catch (thrown) {
      throw call.fail(thrown);
    } finally {
      call.end();
      await this.#record(prompt, call);
    }
  }

  async #refuseOverCeiling(): Promise<void> {
    const { db, monthlyTokens, name } = this.#parts;
    if (monthlyTokens === undefined || (await tokensThisMonth(db)) < monthlyTokens) return;
    const failure = new ModelFailure('ceiling', name);
    await this.#tell(failure);
    throw failure;
  }

  async #record({ id, version }: Prompt, call: Call): Promise<void> {
    const { db, log, name, observe } = this.#parts;
    const outcome = call.failure?.kind ?? 'answered';
    const use: ModelUse = { purpose: id, model: name, promptVersion: version, outcome, ...call.cost() };
    observe(use);
    await recordModelUse(db, use);
    if (!call.failure) return;
    if (call.failure.kind === 'authentication') await this.#tell(call.failure);
    else log.warn({ purpose: id, kind: call.failure.kind }, call.failure.message);
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

  cost(): Pick<ModelUse, 'inputTokens' | 'outputTokens' | 'milliseconds'> {
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

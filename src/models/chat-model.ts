import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { APIUserAbortError, type OpenAI } from 'openai';
import { z } from 'zod';
import type { ModelServer } from '../config.ts';
import { modelClient } from './client.ts';
import { asModelFailure, ModelFailure } from './failure.ts';

/** How long an answer may take as a whole, in milliseconds. Somebody waits for it, so no request is sent twice either. */
const PATIENCE = 30_000;

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

/**
 * A chat model behind OpenAI's interface: at OpenAI, on Azure, or on any server that speaks it.
 *
 * @throws ModelFailure, also where the model refused, or stopped before it was done
 */
export class ChatModel extends BaseChatModel {
  readonly #model: string;
  readonly #client: OpenAI;

  constructor(model: string, server: ModelServer) {
    super({});
    this.#model = model;
    this.#client = modelClient(server);
  }

  override _llmType(): string {
    return 'openai-chat-completions';
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    let whole = new ChatGenerationChunk({ text: '', message: new AIMessageChunk('') });
    for await (const chunk of this._streamResponseChunks(messages, options)) whole = whole.concat(chunk);
    return { generations: [whole] };
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(options.signal ? [options.signal] : [])]);
    let ending: string | undefined;
    try {
      const stream = await this.#client.chat.completions.create(
        {
          model: this.#model,
          messages: messages.map(asParameter),
          stream: true,
          stream_options: { include_usage: true },
        },
        { signal, maxRetries: 0 },
      );
      for await (const raw of stream) {
        const { choices, usage } = Chunk.parse(raw);
        const [choice] = choices;
        if (choice?.delta?.refusal) throw new ModelFailure('refused', this.#model);
        ending = choice?.finish_reason ?? ending;
        const text = choice?.delta?.content ?? '';
        const chunk = asChunk(text, usage);
        yield chunk;
        await runManager?.handleLLMNewToken(text, undefined, undefined, undefined, undefined, { chunk });
      }
      // The library ends an aborted stream as if it were complete.
      if (signal.aborted) throw new APIUserAbortError();
    } catch (thrown) {
      throw asModelFailure(thrown, this.#model);
    }
    if (ending === 'content_filter') throw new ModelFailure('refused', this.#model, { detail: 'content filter' });
    if (ending !== 'stop') {
      throw new ModelFailure('malformed', this.#model, { detail: `cut off: ${ending ?? 'the stream ended'}` });
    }
  }
}

function asParameter(message: BaseMessage): OpenAI.ChatCompletionMessageParam {
  switch (message.type) {
    case 'system':
      return { role: 'system', content: message.text };
    case 'ai':
      return { role: 'assistant', content: message.text };
    default:
      return { role: 'user', content: message.text };
  }
}

function asChunk(content: string, usage: z.infer<typeof Chunk>['usage']): ChatGenerationChunk {
  const message = new AIMessageChunk(content);
  if (usage) {
    const { prompt_tokens, completion_tokens } = usage;
    const total_tokens = prompt_tokens + completion_tokens;
    // Assigned, because TypeScript 7 takes the type of this field for never.
    Object.assign(message, {
      usage_metadata: { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens },
    });
  }
  return new ChatGenerationChunk({ text: content, message });
}

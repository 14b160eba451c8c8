import { Embeddings } from '@langchain/core/embeddings';
import type { OpenAI } from 'openai';
import { z } from 'zod';
import type { ModelServer } from '../config.ts';
import { modelClient } from './client.ts';
import { asModelFailure, ModelFailure } from './failure.ts';

/** Texts in one request. */
const BATCH = 64;

/** Somebody waits for the answer to a question; nobody waits for documents. Milliseconds. */
const QUESTION = { timeout: 2_000, maxRetries: 0 };
const DOCUMENTS = { timeout: 30_000, maxRetries: 2 };

/** The one model of OpenAI that is too wide for an index, and that may be asked for shorter vectors. */
const WIDE = /^text-embedding-3-large/;
const SHORTENED = { dimensions: 1536 };

const Answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
});

/**
 * An embedding model behind OpenAI's interface: at OpenAI, on Azure, or on any server that speaks it. Vectors come in the
 * order of the texts.
 *
 * @throws ModelFailure
 */
export class EmbeddingModel extends Embeddings {
  readonly #model: string;
  readonly #client: OpenAI;

  constructor(model: string, server: ModelServer) {
    super({});
    this.#model = model;
    this.#client = modelClient(server);
  }

  async embedQuery(text: string): Promise<number[]> {
    const [vector = []] = await this.#embed([text], QUESTION);
    return vector;
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors: number[][] = [];
    for (let start = 0; start < texts.length; start += BATCH) {
      vectors.push(...(await this.#embed(texts.slice(start, start + BATCH), DOCUMENTS)));
    }
    return vectors;
  }

  async #embed(input: string[], patience: typeof DOCUMENTS): Promise<number[][]> {
    const shortened = WIDE.test(this.#model) ? SHORTENED : {};
    try {
      // Not every server knows base64, the library's default.
      const request = { model: this.#model, input, encoding_format: 'float', ...shortened } as const;
      const { data } = Answer.parse(await this.#client.embeddings.create(request, patience));
      const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      if (vectors.length === input.length) return vectors;
    } catch (thrown) {
      throw asModelFailure(thrown, this.#model);
    }
    throw new ModelFailure('malformed', this.#model, { detail: 'not one vector for each text' });
  }
}

import { Embeddings } from '@langchain/core/embeddings';
import { type StandInReply, standIn } from './stand-in.ts';

/** A stand-in for a model: counts of hashed character trigrams. It knows spelling and no meaning. */
export class TrigramEmbeddings extends Embeddings {
  readonly #dimensions: number;
  /** Every text that was embedded. */
  readonly texts: string[] = [];

  constructor(dimensions = 64) {
    super({});
    this.#dimensions = dimensions;
  }

  async embedQuery(text: string): Promise<number[]> {
    this.texts.push(text);
    return trigramVector(text, this.#dimensions);
  }

  async embedDocuments(texts: string[]): Promise<number[][]> {
    return Promise.all(texts.map((text) => this.embedQuery(text)));
  }
}

function trigramVector(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  const letters = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
  for (let start = 0; start + 3 <= letters.length; start++) {
    let hash = 0;
    for (let at = start; at < start + 3; at++) hash = (hash * 53 + letters.charCodeAt(at)) % 8_191;
    const slot = hash % dimensions;
    vector[slot] = (vector[slot] ?? 0) + 1;
  }
  return vector;
}

interface EmbeddingRequest {
  readonly model: string;
  readonly input: string[];
  readonly encoding_format: string;
}

const KEY = 'key-of-the-test';

/** What the embeddings interface of OpenAI does, on the wire, with trigrams in the place of a model. */
export class EmbeddingServer {
  readonly requests: EmbeddingRequest[] = [];
  readonly paths: string[] = [];
  /** Answers instead, while it is set. */
  fault: ((request: EmbeddingRequest) => StandInReply | Promise<StandInReply>) | undefined;
  /** What a text is taken for: the meaning that trigrams lack. */
  readonly meanings = new Map<string, string>();
  dimensions = 512;
  url = '';

  async start(): Promise<this> {
    const url = await standIn(({ path, headers, body }) => {
      if (headers.authorization !== `Bearer ${KEY}` && headers['api-key'] !== KEY) return WRONG_KEY;
      const request = JSON.parse(body) as EmbeddingRequest;
      this.requests.push(request);
      this.paths.push(path);
      return this.fault?.(request) ?? this.answer(request);
    });
    this.url = `${url}/v1`;
    return this;
  }

  /** Settings that lead Steward here. */
  get settings(): Record<string, string> {
    return { EMBEDDING_MODEL: 'trigrams', EMBEDDING_BASE_URL: this.url, EMBEDDING_API_KEY: KEY };
  }

  answer({ input, model }: EmbeddingRequest): StandInReply {
    const data = input.map((text, index) => {
      const embedding = trigramVector(this.meanings.get(text) ?? text, this.dimensions);
      return { object: 'embedding', index, embedding };
    });
    // The interface promises an index, not an order.
    return { body: { object: 'list', model, data: data.reverse(), usage: { prompt_tokens: 0, total_tokens: 0 } } };
  }
}

const WRONG_KEY = { status: 401, body: { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } } };

const retryNow = { 'retry-after-ms': '1' };

/** What an embedding server does wrong, and the kind of failure it is. */
export const FAULTS = {
  'rate-limit': () => ({ status: 429, headers: retryNow, body: { error: { message: 'Rate limit reached.' } } }),
  unavailable: () => ({ status: 500, headers: retryNow, body: { error: { message: 'Internal error.' } } }),
  authentication: () => WRONG_KEY,
  rejected: ({ input }) => ({ status: 400, body: { error: { message: `Too long: ${input[0]}` } } }),
  malformed: () => ({ body: { data: [{ index: 0, embedding: 'AAAA' }] } }),
  unsuitable: ({ input }) => ({ body: { data: input.map((_text, index) => ({ index, embedding: [1, 2, 3] })) } }),
  timeout: () => new Promise<StandInReply>(() => {}),
} as const satisfies Record<string, NonNullable<EmbeddingServer['fault']>>;

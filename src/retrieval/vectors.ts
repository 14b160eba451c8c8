import type { Embeddings } from '@langchain/core/embeddings';
import type { Logger } from 'pino';
import { literally } from '../chat/text.ts';
import type { Trouble } from '../chat/trouble.ts';
import type { Db } from '../database/database.ts';
import { asModelFailure, ModelFailure } from '../models/failure.ts';
import type { Audience } from '../people/audience.ts';
import type { Corpus } from './corpus.ts';
import { embedSomePassages } from './embed-passages.ts';
import { answeringTable, type EmbeddingTable, refuseMisfits } from './embedding-table.ts';
import { nearestPassages } from './nearest.ts';
import type { Passage } from './passage.ts';

/** How long a question waits for its vector, in milliseconds. Then it is answered by words alone. */
const PATIENCE = 2_000;

/** How long one run in the background lasts, in milliseconds: less than the program waits for it when it stops. */
const RUN = 10_000;

/** Search by meaning: vectors of passages, made in the background, and the passages nearest to a question. */
export class Vectors {
  readonly #db: Db;
  readonly #model: string;
  readonly #embeddings: (model: string) => Embeddings;
  readonly #log: Logger;
  readonly #tell: (trouble: Trouble) => Promise<void>;

  /**
   * @param model the embedding model that is to answer
   * @param embeddings opens a model: this one, or the one before it, which answers while this one's vectors are made
   * @param tell told of what an administrator has to mend; never rejects
   */
  constructor(
    db: Db,
    model: string,
    embeddings: (model: string) => Embeddings,
    log: Logger,
    tell: (trouble: Trouble) => Promise<void> = async () => {},
  ) {
    this.#db = db;
    this.#model = model;
    this.#embeddings = embeddings;
    this.#log = log;
    this.#tell = tell;
  }

  /** The nearest passages of a corpus, the best first; none where no model is ready, or where its server fails. */
  async nearest(question: string, audience: Audience, limit: number, corpus: Corpus): Promise<Passage[]> {
    const table = await answeringTable(this.#db, this.#model);
    const vector = table && (await this.#vectorOf(question, table));
    return vector ? nearestPassages(this.#db, table, vector, audience, limit, corpus) : [];
  }

  /**
   * Gives vectors to passages that have none, for some seconds. A failure goes to the log.
   *
   * @returns whether some are left that another run can do at once
   */
  async fill(): Promise<boolean> {
    const started = performance.now();
    try {
      while (performance.now() - started < RUN) {
        if ((await embedSomePassages(this.#db, this.#model, this.#embeddings(this.#model))) === 0) return false;
      }
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ModelFailure)) throw thrown;
      await this.#report(thrown);
      return false;
    }
  }

  /** Gives vectors to all passages that have none, for whoever can wait. */
  async complete(): Promise<void> {
    while (await this.fill());
  }

  async #vectorOf(question: string, table: EmbeddingTable): Promise<number[] | undefined> {
    const { model } = table;
    try {
      const vector = await inTime(this.#embeddings(model).embedQuery(question), model);
      refuseMisfits(table, [vector]);
      return vector;
    } catch (thrown) {
      await this.#report(asModelFailure(thrown, model));
      return undefined;
    }
  }

  /** Without its cause, in which the server may have repeated the text. */
  async #report({ kind, message }: ModelFailure): Promise<void> {
    this.#log.warn({ kind }, message);
    if (kind !== 'authentication') return;
    const text = `${message} I search by words alone meanwhile. Set a valid key and start me again.`;
    await this.#tell({ cause: 'embedding-model:authentication', text: literally(text) });
  }
}

/** @throws ModelFailure where it takes longer than a question waits */
async function inTime<T>(work: Promise<T>, model: string): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ModelFailure('timeout', model)), PATIENCE);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Corpus } from './corpus.ts';
import type { Passage } from './passage.ts';
import { search } from './search.ts';
import type { Vectors } from './vectors.ts';

/** What is known of a passage beside its text. */
export interface PassageMetadata extends Record<string, unknown> {
  /** What people call the document: A.6.2.8, EV-48. */
  readonly id: string;
  readonly title: string;
  /** The file it was read from, where it came from one. */
  readonly path: string | undefined;
  /** The headings above it. */
  readonly section: string;
  /** Higher is better; comparable within one search only. */
  readonly score: number;
}

/**
 * Steward's search for whatever speaks LangChain: the passages of a corpus that everybody in the audience may see, the best
 * first.
 */
export class PassageRetriever extends BaseRetriever<PassageMetadata> {
  lc_namespace = ['steward', 'retrieval'];
  readonly #search: (question: string) => Promise<readonly Passage[]>;

  constructor(db: Db, audience: Audience, limit: number, vectors: Vectors | undefined, corpus: Corpus) {
    super();
    this.#search = async (question) => (await search(db, question, audience, limit, vectors, corpus)).passages;
  }

  override async _getRelevantDocuments(question: string): Promise<Document<PassageMetadata>[]> {
    return (await this.#search(question)).map(
      ({ chunkId, documentKey, title, path, headingPath, body, score }) =>
        new Document({
          id: String(chunkId),
          pageContent: body,
          metadata: { id: documentKey, title, path, section: headingPath, score },
        }),
    );
  }
}

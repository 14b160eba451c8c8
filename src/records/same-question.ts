import type { Db } from '../database/database.ts';
import { tokensOf } from '../retrieval/terms.ts';

/** The same text for every way to ask a question with the same words, whatever their order, forms and small words. */
export async function fingerprint(db: Db, question: string): Promise<string> {
  const [tokens = []] = await tokensOf(db, [question]);
  const terms = [...new Set(tokens.map(({ term }) => term))].sort();
  return terms.length > 0
    ? terms.join(' ')
    : question
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
}

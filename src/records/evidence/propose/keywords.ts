import type { Db } from '../../../database/database.ts';
import { tokensOf } from '../../../retrieval/terms.ts';

/**
 * The words that tell most about each text among those that the guidance knows, in their order. A search for them takes a
 * fraction of what one for the whole text takes, and finds the same subject.
 *
 * @param count of words for each text
 */
export async function keywordsOf(db: Db, texts: readonly string[], count: number): Promise<string[]> {
  const tokens = await tokensOf(db, texts);
  const terms = [...new Set(tokens.flat().map(({ term }) => term))];
  const known = await db
    .selectFrom('vocabulary')
    .select(['term', 'guidance_frequency'])
    .where('term', 'in', terms.length > 0 ? terms : [''])
    .where('guidance_frequency', '>', 0)
    .execute();
  const { guidance_passages: passages } = await db
    .selectFrom('index_statistics')
    .select('guidance_passages')
    .executeTakeFirstOrThrow();
  const rarity = new Map(
    known.map(({ term, guidance_frequency }) => [term, Math.log(1 + passages / guidance_frequency)]),
  );
  return tokens.map((list) => {
    const times = new Map<string, number>();
    for (const { term } of list) times.set(term, (times.get(term) ?? 0) + 1);
    const best = [...times.keys()]
      .filter((term) => rarity.has(term))
      .sort((a, b) => worth(b) - worth(a))
      .slice(0, count);
    const chosen = new Set(best);
    // Each once, so that a word which is said often does not drown the others.
    return list
      .filter(({ term }) => chosen.delete(term))
      .map(({ word }) => word)
      .join(' ');
    function worth(term: string): number {
      return Math.sqrt(times.get(term) ?? 0) * (rarity.get(term) ?? 0);
    }
  });
}

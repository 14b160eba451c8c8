import type { Address } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** Where a card was shown last. @param card its name @returns undefined where it was not, or long ago */
export async function placeOfCard(db: Db, card: string): Promise<Address | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('address')
    .where('card', '=', card)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && (row.address as Address);
}

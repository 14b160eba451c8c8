import { literally, shortened } from '../../chat/text.ts';
import type { Ownership } from '../../people/ownership.ts';
import { itemKey } from './action-item.ts';

const MAX_TEXT = 80;

/** Open action items, and whoever has to do them. */
export const openActionItems: Ownership = {
  async owners(db) {
    const rows = await db.selectFrom('action_item').select('owner_id').where('state', '=', 'open').distinct().execute();
    return rows.map(({ owner_id }) => owner_id);
  },
  async list(db, person) {
    const rows = await db
      .selectFrom('action_item')
      .select(['id', 'text'])
      .where('state', '=', 'open')
      .where('owner_id', '=', person)
      .orderBy('id')
      .execute();
    return rows.map(({ id, text }) => ({
      what: `${itemKey(id)}, an action item of theirs: ${literally(shortened(text, MAX_TEXT))}`,
      next: `hand it over: \`/aims actions ${itemKey(id)}\``,
    }));
  },
};

import type { Db } from '../../database/database.ts';
import { itemKey } from '../../records/action-item/action-item.ts';
import { listItems } from '../../records/action-item/read-items.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import { showItemButton } from './item-card.ts';
import { itemName } from './telling.ts';

const MAX_LISTED = 50;

/** Somebody's open action items. */
export async function itemsWaiting(db: Db, { person, audience }: HomeReader): Promise<WaitingThing[]> {
  const { items } = await listItems(db, audience, { state: 'open', owner: person.id }, MAX_LISTED);
  return items.map((item) => ({
    what: itemName(item),
    dueOn: item.dueOn,
    action: { ...showItemButton(item.id), label: itemKey(item.id) },
  }));
}

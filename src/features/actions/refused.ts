import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { type ActionItem, itemKey } from '../../records/action-item/action-item.ts';
import type { ItemRefusal } from '../../records/action-item/change-items.ts';
import { readItem } from '../../records/action-item/read-items.ts';
import { type Actor, type ItemDeed, mayDo } from '../../records/action-item/rights.ts';
import type { Asker } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import { showItemButton } from './item-card.ts';
import { parseTarget, type Target } from './target.ts';

/** The same for what is not there and for what may not be seen. */
export const GONE = notice('There is no such action item that you may see here. `/aims actions` lists what there is.');

const WHY: Readonly<Record<Exclude<ItemRefusal, 'gone' | 'wrong_state'>, string>> = {
  changed_meanwhile: 'was changed since this was shown. Look at it once more',
  same: 'says that already',
};

/** Why nothing was done, and where to look. */
export function refused(refusal: ItemRefusal, item: ActionItem): Reply {
  if (refusal === 'gone') return GONE;
  const { id, state } = item;
  const why = refusal === 'wrong_state' ? `is ${state} already` : WHY[refusal];
  return notice(`${itemKey(id)} ${why}. Nothing was changed.`, showItemButton(id));
}

/** An item with which somebody may do something, as they see it. */
export interface Found {
  readonly item: ActionItem;
  readonly target: Target;
}

/**
 * Looks whether somebody may do something with an item where they are. Asked whenever a button or form comes: it can be months old.
 */
export async function findItem(
  { db }: Pick<ActionsParts, 'db'>,
  argument: string,
  { person, audience }: Asker,
  deed?: ItemDeed,
): Promise<Found | { readonly refusal: Reply }> {
  const target = parseTarget(argument);
  const item = target && (await readItem(db, target.id, audience));
  if (!item) return { refusal: GONE };
  if (deed && !mayDo(deed, person, item)) return { refusal: notYours(deed, item, person) };
  const isOpen = item.state === 'open';
  if (deed && isOpen !== (deed !== 'reopen')) return { refusal: refused('wrong_state', item) };
  if (target.version !== undefined && target.version !== item.version) {
    return { refusal: refused('changed_meanwhile', item) };
  }
  return { item, target };
}

function notYours(deed: ItemDeed, { id, owner, createdBy }: ActionItem, { standing }: Actor): Reply {
  if (standing !== 'member')
    return notice('Action items are changed by members of the organisation. Nothing was changed.');
  const maker = createdBy ? literally(createdBy.name) : 'whoever made it';
  const who = deed === 'change' || deed === 'withdraw' ? maker : literally(owner.name);
  return notice(
    `For ${itemKey(id)} that is up to ${who} or the compliance lead. Nothing was changed.`,
    showItemButton(id),
  );
}

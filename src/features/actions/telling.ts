import type { Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { type ActionItem, itemKey } from '../../records/action-item/action-item.ts';
import type { Tell } from '../feature.ts';

const MAX_TEXT = 160;

/** `**ACT-12** Get the test report` */
export function itemName({ id, text }: Pick<ActionItem, 'id' | 'text'>): string {
  return `**${itemKey(id)}** ${literally(shortened(text, MAX_TEXT))}`;
}

/** Tells one person of an item in the version that it has now. */
export function tellOne(tell: Tell, { id, version }: ActionItem, person: string, reply: Reply): void {
  tell({ key: `${itemKey(id)}:${version}:${person}`, person, reply });
}

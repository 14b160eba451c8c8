import { literally } from '../../chat/text.ts';
import type { Person } from '../../people/people.ts';
import type { ActionItem } from '../../records/action-item/action-item.ts';

/** The owner as somebody who acts: whatever roles they hold besides are asked for when they act. */
export function ownerOf({ owner }: Pick<ActionItem, 'owner'>) {
  return { id: owner.id, standing: 'member' as const, roles: new Set<never>() };
}

/** Why somebody cannot have an action item, as a sentence in Markdown. */
export function whyNotOwner({ standing, displayName }: Pick<Person, 'standing' | 'displayName'>): string | undefined {
  const name = literally(displayName);
  if (standing === 'member') return undefined;
  if (standing === 'unknown') return `I do not know ${name} yet: they have to write to me once, in a direct message.`;
  return `${name} is no member of the organisation, and cannot do it.`;
}

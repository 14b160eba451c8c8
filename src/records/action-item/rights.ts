import type { Person } from '../../people/people.ts';
import type { ActionItem } from './action-item.ts';

/** What can be done with an action item that is on record. */
export type ItemDeed = 'finish' | 'extend' | 'hand-over' | 'change' | 'withdraw' | 'reopen' | 'remind';

/** Who acts. */
export type Actor = Pick<Person, 'id' | 'standing' | 'roles'>;

/**
 * Whether somebody who sees an action item may do something with it. Only members of the organisation act. The owner says that it
 * is done, asks for more time and hands it over; whoever made it says what it is and whether it is needed; the compliance lead may do
 * either. Everybody who sees it may remind the owner.
 */
export function mayDo(deed: ItemDeed, { id, standing, roles }: Actor, { owner, createdBy }: ActionItem): boolean {
  if (standing !== 'member') return false;
  if (deed === 'remind' || roles.has('compliance_lead')) return true;
  const isOwner = owner.id === id;
  const isMaker = createdBy?.id === id;
  if (deed === 'finish' || deed === 'extend') return isOwner;
  if (deed === 'change' || deed === 'withdraw') return isMaker;
  return isOwner || isMaker;
}

/** Members make action items, for themselves and for one another. */
export function mayMakeItems({ standing }: Pick<Person, 'standing'>): boolean {
  return standing === 'member';
}

import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action } from '../../chat/reply.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { changeable, seenArgument } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { itemName } from './words.ts';

/** What most who look after an item want, and behind it the rest: Teams shows six buttons. */
export function actionsOn(item: EvidenceItem, { person }: Pick<Asker, 'person'>): Action[] {
  if (item.state === 'withdrawn' || !mayChange(item, person)) return [];
  const seen = seenArgument(item);
  return [renewButton(item), { id: actionId('evidence', 'manage', seen), label: 'More ...' }];
}

export function renewButton(item: EvidenceItem): Action {
  return { id: actionId('evidence', 'renew', seenArgument(item)), label: 'Renew ...', opensForm: true };
}

/** What else somebody may do with an item. */
export async function manageCard(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const button = (verb: string, label: string, style: Pick<Action, 'style'> = {}): Action => ({
    id: actionId('evidence', verb, argument),
    label,
    opensForm: true,
    ...style,
  });
  return say(
    notice(
      `What you can do with **${itemName(item)}**. To replace its file, send me the new one in a direct message, with *${item.key}* beside it.`,
      button('revise', 'Change ...'),
      button('readership', 'Who may see it ...'),
      button('hand-over', 'Hand over ...'),
      button('withdraw', 'Withdraw ...', { style: 'danger' }),
    ),
  );
}

import { notice } from '../../chat/notice.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { withdrawEvidence } from '../../records/evidence/change-evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { changeable, changedMeanwhile, checkReason, done, formOn, reasonInput } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { itemName } from './words.ts';

export function withdrawForm(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  return formOn(parts, argument, asker, (item) => ({
    verb: 'withdraw',
    title: `Withdraw ${item.key}`,
    intro: `**${itemName(item)}** It then counts for nothing and is no longer found. Its files and history are kept for the auditor.`,
    submitLabel: 'Withdraw it',
    inputs: [reasonInput()],
  }));
}

export async function submitWithdrawForm(
  parts: EvidenceParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const fault = checkReason(values).reason;
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const { reason = '' } = values;
  return async (change, tell) => {
    if (!(await withdrawEvidence(change, item, reason))) return [changedMeanwhile(item)];
    const what = `**${itemName(item)}**`;
    return done(tell, item, asker, {
      key: 'withdrawn',
      by: `withdrew ${what}: ${literally(reason)}`,
      done: `${what} is withdrawn: ${literally(reason)}`,
    });
  };
}

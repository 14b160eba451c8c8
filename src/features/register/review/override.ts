import { actionId } from '../../../chat/action-id.ts';
import { notice } from '../../../chat/notice.ts';
import { literally } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import { systemKey } from '../../../records/ai-system/ai-system.ts';
import { override } from '../../../records/ai-system/change-systems.ts';
import { isForCommittee } from '../../../records/ai-system/for-committee.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { checkOverrideForm, decidedIn, overrideForm } from '../../override-form.ts';
import { inOneLine } from '../../proposal-words.ts';
import { reviewCard } from '../../review-card.ts';
import { tellConcerned } from '../concerned.ts';
import { refused, showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayHandle } from '../rights.ts';
import { passToCommittee } from './announce.ts';
import { faultyForm, known, titled, underReview } from './under-review.ts';

/** Decides otherwise than the rules propose. */
export async function decideOtherwise(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const title = `${systemKey(system.id)} ${literally(system.content.name)}`;
  return say({ kind: 'form', form: overrideForm(actionId('register', 'override', argument), title, system) });
}

export async function submitOverride(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkOverrideForm(values));
  if (faulty) return faulty;
  const { system } = found;
  const decided = decidedIn(values, system);
  if (Object.keys(decided).length === 0) return say(refused('same', system.id));
  const { reason = '' } = values;
  return async (change, tell) => {
    const done = await override(change, system, decided, reason);
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const said = `${titled(system)} is decided otherwise than proposed: ${inOneLine(now)}. Reason: ${literally(reason)}`;
    const reply = notice(`${literally(asker.person.displayName)}: ${said}`, showButton(system.id));
    tellConcerned(tell, now, { what: 'overridden', reply, except: asker.person.id });
    if (now.state !== 'submitted') return [notice(`Recorded: ${said}`, showButton(system.id))];
    if (isForCommittee(now) && !isForCommittee(system)) {
      return passToCommittee({ parts, change, tell, asker }, system.id);
    }
    return [await reviewCard(change.db, now)];
  };
}

import { actionId } from '../../../chat/action-id.ts';
import { notice } from '../../../chat/notice.ts';
import type { FormErrors } from '../../../chat/reply.ts';
import { literally } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import { systemKey } from '../../../records/ai-system/ai-system.ts';
import { reassignReview } from '../../../records/ai-system/change-systems.ts';
import { isForCommittee } from '../../../records/ai-system/for-committee.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { reviewCard } from '../../review-card.ts';
import { tellConcerned } from '../concerned.ts';
import { refused, showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayDecide, mayHandle } from '../rights.ts';
import { checkReason, reasonInput } from './inputs.ts';
import { faultyForm, inPlaceOfCard, known, titled, underReview } from './under-review.ts';

/** Gives a review to somebody else. */
export async function reassignForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const hint = isForCommittee(system) ? 'A member of the committee, as its delegate.' : undefined;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'reassign', argument),
      title: `Reassign ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}**`,
      submitLabel: 'Reassign',
      inputs: [
        { kind: 'person', name: 'person', label: 'Who reviews it?', optional: false, ...(hint ? { hint } : {}) },
        reasonInput('Reason', true),
      ],
    },
  });
}

export function checkReassignForm(values: FormValues): FormErrors {
  return { ...(values['person'] ? {} : { person: 'Choose somebody.' }), ...checkReason(values, false) };
}

export async function submitReassignForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkReassignForm(values));
  if (faulty) return faulty;
  const { system } = found;
  const { person: userId = '', reason = '' } = values;
  const reviewer = await parts.people.identify({ ...asker.sender, userId });
  if (!mayDecide(reviewer, { ...system, reviewer: { id: reviewer.id, name: reviewer.displayName } })) {
    const why = isForCommittee(system) ? 'is no member of the committee, or submitted it' : 'submitted it';
    return say(notice(`${literally(reviewer.displayName)} ${why}, and cannot decide on it. Nothing was changed.`));
  }
  if (reviewer.standing !== 'member')
    return say(notice('Only members of the organisation review. Nothing was changed.'));
  return async (change, tell) => {
    const done = await reassignReview(change, system, { reviewer: reviewer.id, reason: reason || undefined });
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const key = `${systemKey(system.id)}:review:${now.version}:${reviewer.id}`;
    tell({ key, person: reviewer.id, reply: await reviewCard(change.db, now) });
    const waiting = `the review of ${titled(system)} is *waiting for ${literally(reviewer.displayName)}*`;
    const reply = notice(`${waiting.replace(/^t/, 'T')} now.`, showButton(system.id));
    tellConcerned(tell, now, { what: 'reassigned', reply, except: asker.person.id });
    return [inPlaceOfCard(now, notice(`Recorded: ${waiting}.`, showButton(system.id)))];
  };
}

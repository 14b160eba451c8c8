import { actionId } from '../../../chat/action-id.ts';
import { notice } from '../../../chat/notice.ts';
import type { FormErrors } from '../../../chat/reply.ts';
import { literally } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import { type Clock, writtenDay } from '../../../clock.ts';
import { systemKey } from '../../../records/ai-system/ai-system.ts';
import { reviewAgain } from '../../../records/ai-system/review-again.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { tellConcerned } from '../concerned.ts';
import { refused, showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayDecide } from '../rights.ts';
import { checkDay, checkReason, reasonInput, reviewInput } from './inputs.ts';
import { faultyForm, known, titled, type UnderReview, underReview } from './under-review.ts';

/** Somebody looked at an approved system again, and it is still right. */
export async function againForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await reviewable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'again', argument),
      title: `Review ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}** Its record is still right. If it is not, change it instead.`,
      submitLabel: 'Still right',
      inputs: [reasonInput('What did you look at?', false), reviewInput(parts, false)],
    },
  });
}

/** Its owner looks at it again too. */
async function reviewable(parts: RegisterParts, argument: string, asker: Asker): Promise<UnderReview> {
  const found = await underReview(parts, argument, asker, (person, system) => {
    return mayDecide(person, system) || system.owner?.id === person.id || person.roles.has('compliance_lead');
  });
  if ('system' in found && found.system.state !== 'approved') {
    return { refusal: refused('wrong_state', found.system.id) };
  }
  return found;
}

export function checkAgainForm(values: FormValues, clock: Clock): FormErrors {
  return { ...checkReason(values, true), ...checkDay(values, clock) };
}

export async function submitAgainForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await reviewable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkAgainForm(values, parts.clock));
  if (faulty) return faulty;
  const { system } = found;
  const { reviewOn = '', reason = '' } = values;
  return async (change, tell) => {
    const done = await reviewAgain(change, system, { reviewOn, reason });
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const said = `${titled(system)} was reviewed and is still right; next review ${writtenDay(reviewOn)}.`;
    const by = `By ${literally(asker.person.displayName)}: ${literally(reason)}`;
    const reply = notice(`${said} ${by}`, showButton(system.id));
    tellConcerned(tell, now, { what: 'reviewed', reply, except: asker.person.id });
    return [notice(`Recorded: ${said}`, showButton(system.id))];
  };
}

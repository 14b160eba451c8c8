import { actionId } from '../../../chat/action-id.ts';
import { notice } from '../../../chat/notice.ts';
import type { FormErrors, Input } from '../../../chat/reply.ts';
import { cleanText } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import type { Clock } from '../../../clock.ts';
import { systemKey } from '../../../records/ai-system/ai-system.ts';
import { approve, override } from '../../../records/ai-system/change-systems.ts';
import { isForCommittee } from '../../../records/ai-system/for-committee.ts';
import { TIERS, type Tier } from '../../../records/ai-system/triage/proposal.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { inOneLine, TIER_NAMES } from '../../proposal-words.ts';

import { refused, showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayDecide } from '../rights.ts';
import { approved, passToCommittee } from './announce.ts';
import { decideForm } from './committee.ts';
import { checkDay, checkReason, reasonInput, reviewInput } from './inputs.ts';
import { faultyForm, titled, underReview } from './under-review.ts';

export async function approveForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  if (isForCommittee(system)) return decideForm(parts, argument, asker);
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'approve', argument),
      title: `Approve ${systemKey(system.id)}`,
      intro: `${titled(system)}\n\n${inOneLine(system)}`,
      submitLabel: 'Approve',
      inputs: [
        ...(system.tier === 'undetermined' ? [TIER_INPUT] : []),
        reviewInput(parts, false),
        reasonInput('Comment', system.tier !== 'undetermined', 'With an undetermined tier: why you decide it so.'),
      ],
    },
  });
}

/** Somebody qualified has to say the tier before anything is approved. */
const TIER_INPUT: Input = {
  kind: 'select',
  name: 'tier',
  label: 'EU AI Act: what is it?',
  hint: 'The rules could not tell. High-risk and prohibited ones go to the committee.',
  optional: false,
  options: TIERS.filter((tier) => tier !== 'undetermined').map((tier) => ({ value: tier, label: TIER_NAMES[tier] })),
};

export function checkApproveForm(values: FormValues, clock: Clock): FormErrors {
  const { tier, reason = '' } = values;
  return {
    ...checkDay(values, clock),
    ...checkReason(values, false),
    ...(tier !== undefined && !isTier(tier) ? { tier: 'Choose one.' } : {}),
    ...(tier !== undefined && cleanText(reason) === '' ? { reason: 'Say why you decide the tier so.' } : {}),
  };
}

export async function submitApproveForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkApproveForm(values, parts.clock));
  if (faulty) return faulty;
  const { system } = found;
  if (isForCommittee(system)) return say(refused('wrong_state', system.id));
  const { tier, reviewOn = '', reason = '' } = values;
  if (system.tier === 'undetermined' && !(tier && isTier(tier))) {
    return say(notice('Its tier is undetermined. Decide it first. Nothing was changed.', showButton(system.id)));
  }
  const decidesTier = system.tier === 'undetermined' && tier && isTier(tier) ? tier : undefined;
  return async (change, tell) => {
    const decision = { parts, change, tell, asker };
    if (decidesTier) {
      const done = await override(change, system, { tier: decidesTier }, reason);
      if (done !== 'done') return [refused(done, system.id)];
      // What turns out to be high-risk is no longer one person's to approve.
      if (isForCommittee({ ...system, tier: decidesTier })) return passToCommittee(decision, system.id);
    }
    const version = decidesTier ? system.version + 1 : system.version;
    const done = await approve(change, { id: system.id, version }, { reviewOn, reason: reason || undefined });
    if (done !== 'done') return [refused(done, system.id)];
    return approved(decision, system.id, reason);
  };
}

function isTier(text: string): text is Exclude<Tier, 'undetermined'> {
  return text !== 'undetermined' && (TIERS as readonly string[]).includes(text);
}

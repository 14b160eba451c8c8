import { actionId } from '../../../chat/action-id.ts';
import type { FormErrors } from '../../../chat/reply.ts';
import { cleanText } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import type { Clock } from '../../../clock.ts';
import { committeeMembers } from '../../../people/committee.ts';
import { namesOf } from '../../../people/names.ts';
import { type AiSystem, systemKey } from '../../../records/ai-system/ai-system.ts';
import { approve, retire } from '../../../records/ai-system/change-systems.ts';
import { recordDecision } from '../../../records/decision/record-decision.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { inOneLine } from '../../proposal-words.ts';
import { refused } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayDecide } from '../rights.ts';
import { approved, type Decision, retired } from './announce.ts';
import { checkDay, checkReason, reasonInput, reviewInput } from './inputs.ts';
import { faultyForm, titled, underReview } from './under-review.ts';

const MAX_OTHERS = 300;

/** The committee's decision, as its chair or a delegate records it. */
export async function decideForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  const members = await committeeMembers(parts.db, parts.clock.today());
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'decide', argument),
      title: 'Decision of the committee',
      intro: `${titled(system)}\n\n${inOneLine(system)}`,
      submitLabel: 'Record',
      inputs: [
        {
          kind: 'select',
          name: 'decision',
          label: 'Decision',
          optional: false,
          options: [
            { value: 'approve', label: 'Approved' },
            { value: 'refuse', label: 'Refused: it is not used, and is retired' },
          ],
        },
        ...(members.length > 0
          ? [
              {
                kind: 'choices' as const,
                name: 'members',
                label: 'Who took part, of the committee',
                optional: true,
                options: members.map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        {
          kind: 'text',
          name: 'others',
          label: 'Who else took part',
          multiline: false,
          maxLength: MAX_OTHERS,
          optional: true,
        },
        reasonInput('Reason', false),
        reviewInput(parts, true),
      ],
    },
  });
}

export function checkDecideForm(values: FormValues, clock: Clock): FormErrors {
  const { decision = '', members = '', others = '' } = values;
  return {
    ...(decision === 'approve' || decision === 'refuse' ? {} : { decision: 'Choose one.' }),
    ...(members || cleanText(others) ? {} : { others: 'Say who took part.' }),
    ...(others.length > MAX_OTHERS ? { others: 'Shorten it to 300 characters.' } : {}),
    ...checkReason(values, true),
    ...(decision === 'approve' ? checkDay(values, clock) : {}),
  };
}

export async function submitDecideForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkDecideForm(values, parts.clock));
  if (faulty) return faulty;
  const { system } = found;
  const { decision: chosen, reviewOn = '', reason = '', members = '', others = '' } = values;
  const known = new Set((await committeeMembers(parts.db, parts.clock.today())).map(({ id }) => id));
  const took: Participants = { people: members.split(',').filter((id) => known.has(id)), others: cleanText(others) };
  return async (change, tell) => {
    const decision = { parts, change, tell, asker };
    if (chosen === 'refuse') {
      const why = `Refused by the committee: ${reason}`;
      const done = await retire(change, system, why);
      if (done !== 'done') return [refused(done, system.id)];
      await keep(decision, system, 'refused', reason, took);
      return retired(decision, system.id, why);
    }
    const done = await approve(change, system, { reviewOn, reason });
    if (done !== 'done') return [refused(done, system.id)];
    await keep(decision, system, 'approved', reason, took);
    const names = await namesOf(change.db, took.people);
    return approved(decision, system.id, reason, [...names.values(), ...(took.others ? [took.others] : [])]);
  };
}

/** Who took part in a decision. */
interface Participants {
  /** Their ids. */
  readonly people: readonly string[];
  /** Whom Steward does not know, in somebody's words; may be empty. */
  readonly others: string;
}

/** Puts the decision on record beside the system. The register is for everybody, and so is what was decided on it. */
async function keep(
  { parts, change }: Decision,
  system: AiSystem,
  outcome: 'approved' | 'refused',
  reason: string,
  { people, others }: Participants,
): Promise<void> {
  const key = systemKey(system.id);
  await recordDecision(change, {
    text: `${key} ${system.content.name}: ${outcome}`,
    outcome,
    reason,
    about: { kind: 'system', ref: key },
    participants: people,
    others: others || undefined,
    decidedOn: parts.clock.today(),
    visibility: 'everyone',
  });
}

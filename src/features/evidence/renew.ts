import { z } from 'zod';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type Clock, monthsLater, writtenDay } from '../../clock.ts';
import { renewEvidence } from '../../records/evidence/change-evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { changeable, changedMeanwhile, checkReason, done, formOn, reasonInput } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { itemName, stateInWords } from './words.ts';

/** Months for which an item is renewed unless somebody chooses otherwise. */
const MONTHS = 12;

/** The file still holds: it gets a later day until which it is valid. */
export function renewForm(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  const today = parts.clock.today();
  return formOn(parts, argument, asker, (item) => ({
    verb: 'renew',
    title: `Renew ${item.key}`,
    intro:
      `**${itemName(item)}** (${stateInWords(item)}). For a file that still holds. Where there is a newer one, send me that in a ` +
      `direct message with *${item.key}* beside it.`,
    submitLabel: 'Renew it',
    inputs: [
      {
        ...({ kind: 'date', name: 'validUntil', label: 'Valid until', optional: false } as const),
        initial: monthsLater(item.validUntil && item.validUntil > today ? item.validUntil : today, MONTHS),
      },
      {
        ...reasonInput('Why does it still hold?'),
        hint: 'For example: looked at with the team on 3 March, nothing has changed.',
      },
    ],
  }));
}

export function checkRenewForm(values: FormValues, clock: Clock): FormErrors {
  const day = z.iso.date().safeParse(values['validUntil']).data;
  const fault = day === undefined ? 'Choose a day that exists.' : 'Choose a day after today.';
  return { ...(day !== undefined && day > clock.today() ? {} : { validUntil: fault }), ...checkReason(values) };
}

export async function submitRenewForm(
  parts: EvidenceParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkRenewForm(values, parts.clock));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const { validUntil = '', reason = '' } = values;
  if (item.effectiveOn && validUntil < item.effectiveOn) {
    return say(
      notice(
        `${item.key} is effective from ${writtenDay(item.effectiveOn)} on. Choose a later day. Nothing was changed.`,
      ),
    );
  }
  return async (change, tell) => {
    const stored = await renewEvidence(change, item, validUntil, reason);
    if (!stored) return [changedMeanwhile(item)];
    const what = `**${itemName(item)}**`;
    const until = `until ${writtenDay(validUntil)}: ${literally(reason)}`;
    return done(tell, item, asker, {
      key: `renewed:${stored.version}`,
      by: `renewed ${what} ${until}`,
      done: `${what} is valid ${until}`,
    });
  };
}

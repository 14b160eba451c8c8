import { z } from 'zod';
import type { FormErrors, Input } from '../../../chat/reply.ts';
import { cleanText } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import { type Clock, monthsLater } from '../../../clock.ts';
import type { RegisterParts } from '../register.ts';

const MAX_REASON = 1_000;

/** The day of the next review. */
export function reviewInput({ clock, reviewMonths }: RegisterParts, optional: boolean): Input {
  return {
    kind: 'date',
    name: 'reviewOn',
    label: 'Review it again on',
    hint: 'Good practice: within a year, and after every important change.',
    optional,
    initial: monthsLater(clock.today(), reviewMonths),
  };
}

export function checkDay({ reviewOn = '' }: FormValues, clock: Clock): FormErrors {
  if (!z.iso.date().safeParse(reviewOn).success)
    return { reviewOn: 'Give the day as year-month-day, for example 2027-03-31.' };
  return reviewOn <= clock.today() ? { reviewOn: 'Choose a day after today.' } : {};
}

export function reasonInput(label: string, optional: boolean, hint?: string): Input {
  return {
    kind: 'text',
    name: 'reason',
    label,
    multiline: true,
    maxLength: MAX_REASON,
    optional,
    ...(hint ? { hint } : {}),
  };
}

export function checkReason({ reason = '' }: FormValues, isNeeded: boolean): FormErrors {
  if (isNeeded && cleanText(reason) === '') return { reason: 'Say why.' };
  return reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {};
}

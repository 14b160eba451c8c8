import { z } from 'zod';
import type { FormErrors, Input } from '../../chat/reply.ts';
import { cleanText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Audience } from '../../people/audience.ts';
import {
  isRecordVisibility,
  RECORD_VISIBILITIES,
  type RecordVisibility,
  VISIBILITY_NAMES,
} from '../../records/record-visibility.ts';
import { parseReference } from '../../records/reference.ts';

export const MAX_TEXT = 1_000;
const MAX_REASON = 500;

export function reasonInput(label: string, optional: boolean): Input {
  return { kind: 'text', name: 'reason', label, multiline: true, maxLength: MAX_REASON, optional };
}

export function checkReason({ reason = '' }: FormValues, isNeeded: boolean): FormErrors {
  if (isNeeded && cleanText(reason) === '') return { reason: 'Say why.' };
  return reason.length > MAX_REASON ? { reason: `Shorten it to ${MAX_REASON} characters.` } : {};
}

/** @param missing what to say where it is empty */
export function checkText({ text = '' }: FormValues, missing: string): FormErrors {
  if (cleanText(text) === '') return { text: missing };
  return text.length > MAX_TEXT ? { text: `Shorten it to ${MAX_TEXT.toLocaleString('en')} characters.` } : {};
}

export function dueInput(initial: string): Input {
  return { kind: 'date', name: 'dueOn', label: 'Due', optional: false, initial };
}

/** @param today YYYY-MM-DD */
export function checkDue({ dueOn = '' }: FormValues, today: string): FormErrors {
  const fault = faultOfDay(dueOn);
  if (fault) return { dueOn: fault };
  return dueOn < today ? { dueOn: 'That day has passed. Choose today or later.' } : {};
}

export function faultOfDay(day: string): string | undefined {
  if (day === '') return 'Choose a day.';
  return z.iso.date().safeParse(day).success ? undefined : 'Give a day as year-month-day, for example 2027-03-31.';
}

export function visibilityInput(initial: RecordVisibility, hint?: string): Input {
  return {
    kind: 'select',
    name: 'visibility',
    label: 'Who may see it',
    ...(hint ? { hint } : {}),
    optional: false,
    initial,
    options: RECORD_VISIBILITIES.map((value) => ({ value, label: VISIBILITY_NAMES[value] })),
  };
}

export function checkVisibility({ visibility = '' }: FormValues): FormErrors {
  return isRecordVisibility(visibility) ? {} : { visibility: 'Choose one.' };
}

/** The narrowest that everybody who reads along may see: in a channel of the committee, what is made there is for the committee. */
export function usualVisibility({ person, visibilities }: Audience): RecordVisibility {
  if (person !== undefined) return 'everyone';
  if (visibilities.includes('committee')) return 'committee';
  return visibilities.includes('auditors') ? 'auditors' : 'everyone';
}

/** @param name of the input */
export function checkReference(values: FormValues, name: string): FormErrors {
  const text = values[name] ?? '';
  return text === '' || parseReference(text) ? {} : { [name]: 'Give a key such as AIS-3, EV-48, GAP-2 or DEC-4.' };
}

import { actionId } from '../../chat/action-id.ts';
import type { Action } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import type { Schedule } from '../../records/digest/schedule.ts';

/** Characters of a name, a title or a text that a digest shows. */
const MAX_TEXT = 48;

/** A text that somebody typed, as a digest shows it. */
export function brief(text: string): string {
  return literally(shortened(text, MAX_TEXT));
}

const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

/** `Two decisions`, `13 decisions`. */
export function counted(count: number, noun: string): string {
  return `${WORDS[count] ?? count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Whole days from one day to another. YYYY-MM-DD, or a moment. */
export function daysBetween(earlier: string, later: string): number {
  return Math.floor((Date.parse(later.slice(0, 10)) - Date.parse(earlier.slice(0, 10))) / (24 * 60 * 60 * 1000));
}

export function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

/** What is shown of a list, and how many more there are. */
export function cutOff<T>(all: readonly T[], total: number, most: number): { shown: readonly T[]; more: number } {
  const shown = all.slice(0, most);
  return { shown, more: total - shown.length };
}

export function decideButton(line: { id: number; version: number; isForCommittee: boolean }): Action {
  const seen = `${line.id}.${line.version}`;
  return line.isForCommittee
    ? { id: actionId('register', 'decide', seen), label: `Record decision on ${systemKey(line.id)}`, opensForm: true }
    : { id: actionId('register', 'approve', seen), label: `Approve ${systemKey(line.id)}`, opensForm: true };
}

export function assignButton({ id, version }: { id: number; version: number }): Action {
  return {
    id: actionId('register', 'reassign', `${id}.${version}`),
    label: `Assign ${systemKey(id)} ...`,
    opensForm: true,
  };
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** `every Monday at 09:00 (Europe/Vienna)` */
export function weeklyInWords({ weekday, time, timeZone }: Schedule): string {
  return `every ${WEEKDAYS[weekday - 1]} at ${time} (${timeZone})`;
}

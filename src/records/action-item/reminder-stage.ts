import { daysLater, workingDaysLater } from '../../clock.ts';
import type { ActionItem } from './action-item.ts';

/** What is told of an open item by itself: that it is due soon, and that it is late, to its owner; and that it is long late. */
export type ReminderStage = 'soon' | 'late' | 'escalated';

/** Working days before the due date on which the owner is reminded. */
const AHEAD = 2;

/** Working days after the due date on which the compliance lead hears of it. */
const PATIENCE = 5;

/**
 * How far an open item is on a day. Each stage is told once for each due date and owner; what was missed is not made up for, but the
 * last stage.
 *
 * @param today YYYY-MM-DD
 */
export function reminderStage({ dueOn }: Pick<ActionItem, 'dueOn'>, today: string): ReminderStage | undefined {
  if (today > workingDaysLater(dueOn, PATIENCE)) return 'escalated';
  if (today > dueOn) return 'late';
  return dueOn <= workingDaysLater(today, AHEAD) ? 'soon' : undefined;
}

const STAGES: readonly ReminderStage[] = ['soon', 'late', 'escalated'];

/** Whether a stage is to be told where another one was told last. */
export function isNextStage(stage: ReminderStage, told: ReminderStage | undefined): boolean {
  return told === undefined || STAGES.indexOf(stage) > STAGES.indexOf(told);
}

/** Items due after this day are told nothing of. @param today YYYY-MM-DD */
export function lastDayToTell(today: string): string {
  return workingDaysLater(today, AHEAD);
}

/** The day on which work should be done where nobody says: two weeks on. @param today YYYY-MM-DD */
export function usualDueDate(today: string): string {
  return daysLater(today, 14);
}

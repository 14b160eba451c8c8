import type { Change } from '../../event-log/governed-change.ts';
import { act, type Done, type SeenSystem } from './change-systems.ts';

/** Somebody looked at an approved system again, and it is still right. @param reviewOn the day of the next look, YYYY-MM-DD */
export function reviewAgain(
  change: Change,
  seen: SeenSystem,
  { reviewOn, reason }: { readonly reviewOn: string; readonly reason: string },
): Promise<Done> {
  return act(change, seen, ['approved'], ({ content }) => ({
    act: 'approved',
    state: 'approved',
    content,
    reason,
    set: { review_on: reviewOn },
    also: { reviewed: 'again' },
  }));
}

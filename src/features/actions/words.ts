import { literally } from '../../chat/text.ts';
import { daysBetween, writtenDay } from '../../clock.ts';
import type { ActionItem } from '../../records/action-item/action-item.ts';
import { isOverdue } from '../../records/action-item/action-item.ts';
import type { Reference } from '../../records/reference.ts';

const PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['slack', 'Slack'],
  ['teams', 'Teams'],
  ['web', 'the web chat'],
]);

/** What a record follows from, in Markdown: `AIS-3`, `a conversation in Slack`. */
export function sourceInWords({ kind, ref }: Reference): string {
  switch (kind) {
    case 'thread':
      return `a conversation in ${PLATFORMS.get(ref.split(' ')[0] ?? '') ?? 'chat'}`;
    case 'answer':
      return `answer ${literally(ref)} of Steward`;
    case 'digest':
      return `the digest of ${literally(ref)}`;
    case 'review':
      return `the review of ${literally(ref)}`;
    default:
      return literally(ref);
  }
}

/** `due 4 Dec 2026`, `due 4 Dec 2026, 2 days late` */
export function dueInWords(item: Pick<ActionItem, 'state' | 'dueOn'>, today: string): string {
  const due = writtenDay(item.dueOn);
  if (!isOverdue(item, today)) return due;
  const days = daysBetween(item.dueOn, today);
  return `${due}, **${days === 1 ? '1 day' : `${days} days`} late**`;
}

import { createHash } from 'node:crypto';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { type Clock, writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { claimReminders, type DueReminder } from '../../records/evidence/reminders.ts';
import { renewButton } from './manage-card.ts';
import { showButton } from './read.ts';
import { itemName } from './words.ts';

/** Reminders that somebody gets one by one. */
const MAX_SINGLE = 3;

/** Items that one message names. */
const MAX_NAMED = 15;

/**
 * Reminds owners of evidence 30 and 7 days before it lapses, and when it has, once each.
 *
 * @param db of the transaction that keeps the messages
 */
export async function evidenceReminders(db: Db, clock: Clock): Promise<DirectMessage[]> {
  const due = await claimReminders(db, clock.today(), clock.now());
  const byOwner = Map.groupBy(due, ({ item }) => item.owner.id);
  return [...byOwner].flatMap(([owner, own]): DirectMessage[] => {
    if (own.length <= MAX_SINGLE) return own.map((one) => ({ key: keyOf(one), person: owner, reply: reminder(one) }));
    const digest = createHash('sha256').update(own.map(keyOf).join('\n')).digest('base64url');
    return [{ key: `evidence-reminders:${owner}:${digest}`, person: owner, reply: together(own) }];
  });
}

function keyOf({ item, stage }: DueReminder): string {
  return `${item.key}:${stage}:${item.validUntil}`;
}

function reminder(due: DueReminder): NoticeReply {
  const { key } = due.item;
  return notice(
    `**${itemName(due.item)}** ${lapses(due)}. Does it still hold? Then renew it. Is there a newer file? Send it to me here, with *${key}* beside it.`,
    renewButton(due.item),
    showButton(due.item),
  );
}

function together(own: readonly DueReminder[]): NoticeReply {
  const lines = own.slice(0, MAX_NAMED).map((due) => `- **${itemName(due.item)}** ${lapses(due)}`);
  const more = own.length > lines.length ? `\n\nAnd ${own.length - lines.length} more.` : '';
  return notice(
    `${own.length} items of your evidence lapse or have lapsed:\n\n${lines.join('\n')}${more}`,
    { id: actionId('command', 'run', 'evidence mine lapsing'), label: 'Lapsing' },
    { id: actionId('command', 'run', 'evidence mine stale'), label: 'Stale' },
  );
}

function lapses({ item: { validUntil = '' }, stage }: DueReminder): string {
  return stage === 'late'
    ? `was valid until ${writtenDay(validUntil)}: it is stale and counts for nothing until somebody renews or replaces it`
    : `is valid until ${writtenDay(validUntil)}`;
}

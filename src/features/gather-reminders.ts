import { createHash } from 'node:crypto';
import { actionId } from '../chat/action-id.ts';
import { notice } from '../chat/notice.ts';
import type { DirectMessage } from '../outbox/direct-messages.ts';

/** Reminders that somebody gets one by one. */
const MAX_SINGLE = 3;

/** Makes one message of many reminders to one person: after an import everything waits at once. */
export function gathered(messages: readonly DirectMessage[]): DirectMessage[] {
  const byPerson = Map.groupBy(messages, ({ person }) => person);
  return [...byPerson].flatMap(([person, own]) => (own.length > MAX_SINGLE ? [together(person, own)] : own));
}

function together(person: string, messages: readonly DirectMessage[]): DirectMessage {
  // The same things are said once.
  const keys = messages.map(({ key }) => key).sort();
  const digest = createHash('sha256').update(keys.join('\n')).digest('base64url');
  return {
    key: `reminders:${person}:${digest}`,
    person,
    reply: notice(`${messages.length} things wait for you: drafts, questions, reviews or action items.`, {
      id: actionId('command', 'run', 'mine'),
      label: 'Show them',
      style: 'primary',
    }),
  };
}

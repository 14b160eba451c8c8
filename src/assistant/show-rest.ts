import type { Channel } from '../chat/channel.ts';
import { notice } from '../chat/notice.ts';
import type { Reply } from '../chat/reply.ts';
import { type Rest, withRest } from '../chat/rest.ts';
import type { Address, Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** Messages that one press of the button brings. */
const MAX_MESSAGES = 8;

const GONE = notice('I do not have the rest of that any more. Ask again, and I show it anew.');

/** The parts of a message that come after those that are shown, for somebody in the conversation in which it stands. */
export async function showRest(db: Db, channel: Channel | undefined, rest: Rest, turn: Turn): Promise<Reply[]> {
  const row = await db.selectFrom('outbox').select(['address', 'reply']).where('key', '=', rest.key).executeTakeFirst();
  if (!row || !couldRead(row.address as Address, turn)) return [GONE];
  const parts = channel?.parts?.(row.reply as Reply) ?? [];
  const end = rest.shown + MAX_MESSAGES;
  const wanted = parts.slice(rest.shown, end);
  if (wanted.length === 0) return [GONE];
  return [...withRest(wanted, { key: rest.key, shown: end }, end >= parts.length)];
}

/** Whoever presses a button in the conversation of a message reads that message. Nobody else does. */
function couldRead({ platform, workspace, conversation }: Address, { address, sender }: Turn): boolean {
  if (platform !== address.platform || workspace !== address.workspace) return false;
  // What Steward says of its own accord may be addressed to the person and not to the conversation with them.
  return conversation === address.conversation || conversation === sender.userId;
}

import { sql } from 'kysely';
import type { Reply } from '../../chat/reply.ts';
import type { Address } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';

/** Messages of a thread that help to understand a follow-up, and for how many hours they do. */
const MAX_MESSAGES = 6;
const HOURS = 12;

/** Characters of a message that are enough to know what it was about. */
const MAX_LENGTH = 600;

export interface ThreadMessage {
  /** `message`: somebody's message, of whomever, that a question is about. */
  readonly from: 'person' | 'steward' | 'message';
  readonly text: string;
}

/**
 * Questions and answers that came before in the same thread, the oldest first. Nothing else that Steward says is among them,
 * such as who holds which role.
 *
 * @param withEvidence whether answers that rest on other documents than the guidance are among them
 */
export async function recentMessages(db: Db, address: Address, withEvidence: boolean): Promise<ThreadMessage[]> {
  const rows = await db
    .selectFrom('thread_message')
    .select(['text', 'reply'])
    .where('platform', '=', address.platform)
    .where('workspace', '=', address.workspace)
    .where('conversation', '=', address.conversation)
    .where('thread', '=', address.thread)
    .where('at', '>', new Date(Date.now() - HOURS * 60 * 60 * 1000))
    .orderBy('id', 'desc')
    .limit(MAX_MESSAGES)
    .execute();
  const messages = rows.reverse().map(({ text, reply }) => ({ text, reply: reply as Reply | null }));
  const cited = messages.flatMap(({ reply }) => (reply?.kind === 'answer' ? reply.citations.map(({ id }) => id) : []));
  const guidance = withEvidence ? undefined : await guidanceAmong(db, cited);
  return messages.flatMap(({ text, reply }): ThreadMessage[] => {
    if (!reply) return asQuestion(text);
    if (reply.kind !== 'answer') return [];
    if (guidance && !reply.citations.every(({ id }) => guidance.has(id))) return [];
    return [{ from: 'steward', text: text.slice(0, MAX_LENGTH) }];
  });
}

/** What the last answer in a thread was about: the title of its first source. */
export async function lastTopic(db: Db, address: Address): Promise<string | undefined> {
  const row = await db
    .selectFrom('thread_message')
    .select(sql<string | null>`reply->'citations'->0->>'title'`.as('title'))
    .where('platform', '=', address.platform)
    .where('workspace', '=', address.workspace)
    .where('conversation', '=', address.conversation)
    .where('thread', '=', address.thread)
    .where('at', '>', new Date(Date.now() - HOURS * 60 * 60 * 1000))
    .where(sql<boolean>`reply->>'kind' = 'answer'`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.title ?? undefined;
}

/** @returns nothing for a command that asks no question, and where only is known that people talked */
function asQuestion(said: string): ThreadMessage[] {
  const text = said.replace(/^(?:\/(?:aims\s+)?)?ask\s+/i, '');
  return text === '' || text.startsWith('/') ? [] : [{ from: 'person', text: text.slice(0, MAX_LENGTH) }];
}

async function guidanceAmong(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('document')
    .select('key')
    .where('kind', '=', 'guidance')
    .where('key', 'in', [...keys])
    .execute();
  return new Set(rows.map(({ key }) => key));
}

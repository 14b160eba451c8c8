import { sql } from 'kysely';
import { parseActionId } from '../../chat/action-id.ts';
import type { AnswerReply, Reply } from '../../chat/reply.ts';
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

/** What was asked and answered last in a thread, for a follow-up that leans on it. */
export interface Exchange {
  readonly question: string;
  /** The answer asked which of its sources is meant. */
  readonly isAskedBack: boolean;
  /** Of the answer, the first before all others; none where there was no answer; the excerpt is the passage that was shown. */
  readonly sources: readonly { readonly id: string; readonly title: string; readonly excerpt: string }[];
}

/** What somebody asks about a message of a colleague: nothing was answered yet. */
export function aboutMessage(text: string): Exchange {
  return { question: text, isAskedBack: false, sources: [] };
}

/** @returns undefined where nothing was answered lately */
export async function lastExchange(db: Db, address: Address): Promise<Exchange | undefined> {
  const messages = db
    .selectFrom('thread_message')
    .where('platform', '=', address.platform)
    .where('workspace', '=', address.workspace)
    .where('conversation', '=', address.conversation)
    .where('thread', '=', address.thread)
    .where('at', '>', new Date(Date.now() - HOURS * 60 * 60 * 1000))
    .orderBy('id', 'desc')
    .limit(1);
  const answer = await messages
    .select(['id', 'reply'])
    .where(sql<boolean>`reply->>'kind' = 'answer'`)
    .executeTakeFirst();
  if (!answer) return undefined;
  const asked = await messages.select('text').where('reply', 'is', null).where('id', '<', answer.id).executeTakeFirst();
  const { citations, actions } = answer.reply as unknown as AnswerReply;
  return {
    question: (asked ? asQuestion(asked.text)[0]?.text : undefined) ?? '',
    isAskedBack: actions.some(({ id }) => parseActionId(id)?.verb === 'reading'),
    sources: citations,
  };
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

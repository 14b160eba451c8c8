import { sql } from 'kysely';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { EXAMPLE_WORKSPACE } from './example-people.ts';
import { renderMarkdown, renderReply, type WebReply } from './render.ts';

/** One message of a conversation as the page shows it. */
export type WebMessage = { readonly id: number; readonly at: string } & (
  | { readonly from: 'person'; readonly html: string; readonly text: string }
  | ({ readonly from: 'steward' } & WebReply)
);

/** What was said in a conversation, from the message behind `after`. */
export async function readHistory(db: Db, conversation: string, after: number): Promise<WebMessage[]> {
  const rows = await db
    .selectFrom('thread_message')
    .select(['id', 'at', 'text', 'reply'])
    .where('platform', '=', 'web')
    .where('workspace', '=', EXAMPLE_WORKSPACE)
    .where('conversation', '=', conversation)
    .where('thread', '=', conversation)
    .where('id', '>', after)
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map(({ id, at, text, reply }) => {
    const base = { id, at: at.toISOString() };
    if (reply) return { ...base, from: 'steward', ...renderReply(reply as Reply) };
    return { ...base, from: 'person', html: renderMarkdown(literally(text)), text };
  });
}

/** An earlier conversation, as the page lists it. */
export interface WebConversation {
  readonly id: string;
  /** What the person said first, or Steward where the person pressed a button; in a few words. */
  readonly question: string;
  /** When something was last said in it. */
  readonly at: string;
}

/** Conversations that are listed at most. */
const LISTED = 200;

/** The conversations of an example person, the newest first. */
export async function readConversations(db: Db, person: string): Promise<WebConversation[]> {
  const rows = await db
    .selectFrom('thread_message')
    .select(['conversation', sql<Date>`max(at)`.as('at')])
    .select(sql<string>`left((array_agg(text order by reply is not null, id))[1], 120)`.as('question'))
    .where('platform', '=', 'web')
    .where('workspace', '=', EXAMPLE_WORKSPACE)
    .where(sql<string>`split_part(conversation, '.', 1)`, '=', person)
    .groupBy('conversation')
    .orderBy(sql`max(id)`, 'desc')
    .limit(LISTED)
    .execute();
  return rows.map(({ conversation, question, at }) => ({ id: conversation, question, at: at.toISOString() }));
}

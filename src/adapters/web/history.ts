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

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Said, ThreadUnavailable } from '../../chat/channel.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import { isPlatformError } from './failures.ts';
import { asText } from './turns.ts';

/** Messages that Slack gives at a time, and pages that are read. */
const PAGE = 200;
const MAX_PAGES = 5;

/** People mentioned in a thread whose names are looked up. */
const MAX_NAMES = 30;

const Message = z.object({
  ts: z.string(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  files: z.array(z.object({ name: z.string().nullish() })).nullish(),
});

type Message = z.infer<typeof Message>;

const MENTION = /<@([UW][A-Z0-9]+)>/g;

const NO_ENTRY = ['channel_not_found', 'not_in_channel'];

/**
 * What was said in a thread; of a message without one, the message alone.
 *
 * @param nameOf the name of somebody, by their id
 * @throws ThreadUnavailable
 */
export async function readThread(
  client: WebClient,
  place: Address,
  nameOf: (userId: string) => Promise<string>,
): Promise<Said[]> {
  const messages = await messagesOf(client, place);
  const mentioned = messages.flatMap(({ text }) => [...(text ?? '').matchAll(MENTION)].map(([, id = '']) => id));
  const names = new Map<string, string>();
  for (const id of [...new Set(mentioned)].slice(0, MAX_NAMES)) names.set(id, await nameOf(id));
  return messages.map((message) => said(message, place, names));
}

function said(
  { ts, user, bot_id, text, files }: Message,
  { workspace }: Address,
  names: ReadonlyMap<string, string>,
): Said {
  const sender: Sender | undefined = user && !bot_id ? { platform: 'slack', workspace, userId: user } : undefined;
  const written = asText(
    (text ?? '').replace(MENTION, (_mark, id: string) => `@${names.get(id) ?? id}`),
    undefined,
  );
  const attached = (files ?? []).map(({ name }) => `[Attached: ${name ?? 'a file'}]`);
  return { sender, at: new Date(Number(ts) * 1_000), text: [written, ...attached].filter(Boolean).join('\n') };
}

async function messagesOf(client: WebClient, { conversation, thread }: Address): Promise<Message[]> {
  const all: Message[] = [];
  let cursor: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES; page++) {
      const asked = { channel: conversation, ts: thread, limit: PAGE, ...(cursor ? { cursor } : {}) };
      const { messages, response_metadata } = await client.conversations.replies(asked);
      all.push(...z.array(Message).parse(messages ?? []));
      cursor = response_metadata?.next_cursor || undefined;
      if (!cursor) return all;
    }
  } catch (error) {
    if (isPlatformError(error, ...NO_ENTRY)) {
      throw new ThreadUnavailable(
        'I am not in that conversation, so I cannot read it. Invite me there with `/invite`.',
        {
          cause: error,
        },
      );
    }
    if (isPlatformError(error, 'thread_not_found')) {
      throw new ThreadUnavailable('That thread is no longer there.', { cause: error });
    }
    throw error;
  }
  throw new ThreadUnavailable(
    `That thread has more than ${(PAGE * MAX_PAGES).toLocaleString('en')} messages, too many for me.`,
  );
}

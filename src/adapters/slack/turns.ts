import type { EnvelopedEvent, SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import type { Turn } from '../../chat/turn.ts';
import { SharedFiles } from './files.ts';

/** The parts of `app_mention` and `message` events that Steward reads. */
const MessageEvent = z.object({
  type: z.enum(['app_mention', 'message']),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  user_team: z.string().optional(),
  text: z.string().default(''),
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  files: SharedFiles.optional(),
});

type MessageEvent = z.infer<typeof MessageEvent>;

/** Subtypes of messages that a person wrote; all others are edits, joins and the like. */
const WRITTEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** People, groups of people, and everybody in a channel. */
const MENTION = /<(?:@|!subteam\^|!here|!channel|!everyone)/;

export interface MessageTurn {
  readonly turn: Turn;
  /** It is in a thread of a channel and does not name Steward, so it is for Steward only if it goes on with what it was asked. */
  readonly isOverheard: boolean;
  /** It mentions somebody. */
  readonly namesOthers: boolean;
}

/** @returns undefined for what is no message of a person to Steward */
export function messageTurn(body: EnvelopedEvent): MessageTurn | undefined {
  const parsed = MessageEvent.safeParse(body.event);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  if (event.bot_id || !event.user || !WRITTEN.has(event.subtype)) return undefined;
  const isDirect = event.channel_type === 'im' || (event.channel_type === undefined && event.channel.startsWith('D'));
  const isOverheard = event.type === 'message' && !isDirect;
  const self = body.authorizations?.[0]?.user_id;
  // What mentions Steward comes as `app_mention`, too.
  if (isOverheard && (!isInThread(event) || mentions(event, self))) return undefined;
  const text = asText(event.text, self);
  // What people show each other in a thread is not given to Steward.
  const files = isOverheard ? [] : (event.files ?? []);
  if (isOverheard && text === '') return undefined;
  const sharedOutside = body.is_ext_shared_channel === true;
  const workspace = event.user_team ?? body.team_id;
  const turn: Turn = {
    deliveryId: body.event_id,
    sender: { platform: 'slack', workspace, userId: event.user },
    conversation: { id: event.channel, kind: isDirect ? 'direct' : 'channel', sharedOutside },
    content: {
      kind: 'message',
      text,
      ...(files.length > 0 ? { files } : {}),
    },
    address: {
      platform: 'slack',
      workspace: body.team_id,
      conversation: event.channel,
      // In direct messages, too, Slack shows each thread as a conversation of its own.
      thread: event.thread_ts ?? event.ts,
      route: {
        ...askedBy(workspace, event.user),
        turn: body.event_id,
        ...(sharedOutside ? { sharedOutside: 'yes' } : {}),
      },
    },
  };
  return { turn, isOverheard, namesOthers: MENTION.test(event.text) };
}

function isInThread({ thread_ts, ts }: MessageEvent): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}

function mentions({ text }: MessageEvent, user: string | undefined): boolean {
  return user !== undefined && (text.includes(`<@${user}>`) || text.includes(`<@${user}|`));
}

/** Slack streams an answer to one person. */
export function askedBy(workspace: string, user: string): Record<string, string> {
  return { askerTeam: workspace, asker: user };
}

export function commandTurn(command: SlashCommand): Turn {
  const isDirect = command.channel_id.startsWith('D');
  return {
    deliveryId: command.trigger_id,
    sender: { platform: 'slack', workspace: command.team_id, userId: command.user_id },
    conversation: { id: command.channel_id, kind: isDirect ? 'direct' : 'channel', sharedOutside: false },
    content: { kind: 'command', text: unescapeEntities(command.text) },
    address: {
      platform: 'slack',
      workspace: command.team_id,
      conversation: command.channel_id,
      thread: command.channel_id,
      // Works also where Steward is no member, and shows the reply to the asker alone.
      route: { ...askedBy(command.team_id, command.user_id), responseUrl: command.response_url },
    },
  };
}

/** A message as it was typed: without the mention of Steward, and with Slack's marks taken out. */
export function asText(text: string, botUserId: string | undefined): string {
  const withoutSelf = botUserId ? text.replaceAll(new RegExp(`<@${botUserId}(\\|[^>]*)?>`, 'g'), ' ') : text;
  const plain = withoutSelf
    .replace(/<(?:@|#)[A-Z0-9]+\|([^>]*)>/g, '$1')
    .replace(/<(?:https?:|mailto:)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?:|mailto:)[^>]*)>/g, '$1');
  return unescapeEntities(plain).trim();
}

function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

import type { BlockAction, EnvelopedEvent, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { FormValues, Turn } from '../../chat/turn.ts';

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
});

/** What a modal remembers until it is submitted. */
const PrivateMetadata = z.object({
  conversation: z.string(),
  thread: z.string(),
  route: z.record(z.string(), z.string()),
});

/** Subtypes of messages that a person wrote; all others are edits, joins and the like. */
const WRITTEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** @returns undefined for what is no message of a person to Steward */
export function messageTurn(body: EnvelopedEvent): Turn | undefined {
  const parsed = MessageEvent.safeParse(body.event);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  if (event.bot_id || !event.user || !WRITTEN.has(event.subtype)) return undefined;
  const isDirect = event.channel_type === 'im' || (event.channel_type === undefined && event.channel.startsWith('D'));
  // In channels a mention comes as `app_mention` already.
  if (event.type === 'message' && !isDirect) return undefined;
  const sharedOutside = body.is_ext_shared_channel === true;
  return {
    deliveryId: body.event_id,
    sender: { platform: 'slack', workspace: event.user_team ?? body.team_id, userId: event.user },
    conversation: { id: event.channel, kind: isDirect ? 'direct' : 'channel', sharedOutside },
    content: { kind: 'message', text: asText(event.text, body.authorizations?.[0]?.user_id) },
    address: {
      platform: 'slack',
      workspace: body.team_id,
      conversation: event.channel,
      thread: event.thread_ts ?? (isDirect ? event.channel : event.ts),
      route: sharedOutside ? { sharedOutside: 'yes' } : {},
    },
  };
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
      route: { responseUrl: command.response_url },
    },
  };
}

/** @returns undefined for elements whose change means nothing by itself, such as a select in a form */
export function actionTurn(body: BlockAction): Turn | undefined {
  const [action] = body.actions;
  const channel = body.channel?.id ?? body.container?.['channel_id'];
  if (action?.type !== 'button' || !action.value || typeof channel !== 'string') return undefined;
  const workspace = body.team?.id ?? body.user.team_id ?? '';
  const isDirect = channel.startsWith('D');
  const sharedOutside = action.block_id.startsWith('shared');
  const isEphemeral = body.container?.['is_ephemeral'] === true;
  const message = body.message as { ts?: string; thread_ts?: string } | undefined;
  return {
    deliveryId: `${body.trigger_id}:${action.action_ts}`,
    sender: { platform: 'slack', workspace: body.user.team_id ?? workspace, userId: body.user.id },
    conversation: { id: channel, kind: isDirect ? 'direct' : 'channel', sharedOutside },
    content: { kind: 'action', action: action.value },
    address: {
      platform: 'slack',
      workspace,
      conversation: channel,
      thread: message?.thread_ts ?? (isDirect || isEphemeral ? channel : (message?.ts ?? channel)),
      route: {
        ...(isEphemeral && body.response_url ? { responseUrl: body.response_url } : {}),
        ...(sharedOutside ? { sharedOutside: 'yes' } : {}),
      },
    },
  };
}

/** @returns undefined for a modal that is not Steward's */
export function viewTurn(body: ViewSubmitAction): Turn | undefined {
  const place = parseMetadata(body.view.private_metadata);
  if (!place) return undefined;
  const workspace = body.team?.id ?? body.user.team_id ?? '';
  const { conversation, thread, route } = place;
  return {
    deliveryId: `${body.view.id}:${body.view.hash}`,
    sender: { platform: 'slack', workspace: body.user.team_id ?? workspace, userId: body.user.id },
    conversation: {
      id: conversation,
      kind: conversation.startsWith('D') ? 'direct' : 'channel',
      sharedOutside: route['sharedOutside'] === 'yes',
    },
    content: { kind: 'form', form: body.view.callback_id, values: formValues(body.view.state.values) },
    address: { platform: 'slack', workspace, conversation, thread, route },
  };
}

function parseMetadata(json: string) {
  try {
    return PrivateMetadata.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

type ViewValues = ViewSubmitAction['view']['state']['values'];

/** Each input is a block of its own, named after it. */
export function formValues(values: ViewValues): FormValues {
  const filled = Object.entries(values).flatMap(([name, elements]) => {
    const [element] = Object.values(elements);
    const value =
      element?.value ??
      element?.selected_option?.value ??
      element?.selected_options?.map((option) => option.value).join(',') ??
      element?.selected_user ??
      element?.selected_date;
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(filled);
}

/** A message as it was typed: without the mention of Steward, and with Slack's marks taken out. */
function asText(text: string, botUserId: string | undefined): string {
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

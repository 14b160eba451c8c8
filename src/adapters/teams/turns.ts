import { type Activity, TurnContext } from 'botbuilder';
import type { Address, Content, Turn } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';

/** What Teams adds to an activity, as far as Steward reads it. */
interface TeamsChannelData {
  readonly channel?: { readonly type?: string };
}

/** @returns undefined for what is no message of a person */
export function messageTurn(activity: Activity, config: TeamsConfig): Turn | undefined {
  if (activity.type !== 'message' || activity.from.role === 'bot') return undefined;
  // A button of an older client comes as a message with a value.
  const action = (activity.value as { action?: unknown } | undefined)?.action;
  const content: Content =
    typeof action === 'string' ? { kind: 'action', action } : { kind: 'message', text: typedText(activity) };
  return turnOf(activity, config, content);
}

export function turnOf(activity: Activity, { tenantId }: TeamsConfig, content: Content): Turn {
  const { conversation, from } = activity;
  const isDirect = conversation.conversationType === 'personal';
  const address = placeOf(activity, { tenantId });
  const fromTenant = (from as { tenantId?: string }).tenantId;
  return {
    deliveryId: `${conversation.id}:${activity.id ?? activity.replyToId ?? ''}`,
    sender: { platform: 'teams', workspace: fromTenant ?? tenantId, userId: from.aadObjectId ?? from.id },
    conversation: {
      id: address.conversation,
      kind: isDirect ? 'direct' : 'channel',
      sharedOutside: address.route['channelType'] === 'shared',
    },
    content,
    address,
  };
}

/** Where an activity happened. */
export function placeOf(activity: Activity, { tenantId }: Pick<TeamsConfig, 'tenantId'>): Address {
  const { id } = activity.conversation;
  const [conversation = id] = id.split(';messageid=');
  const channelType = (activity.channelData as TeamsChannelData | undefined)?.channel?.type;
  return {
    platform: 'teams',
    workspace: tenantId,
    conversation,
    thread: id,
    route: { reference: JSON.stringify(referenceOf(activity)), ...(channelType ? { channelType } : {}) },
  };
}

/** What it takes to speak there again, and no more. */
function referenceOf(activity: Activity) {
  const { bot, channelId, serviceUrl, locale } = TurnContext.getConversationReference(activity);
  const { id, tenantId, conversationType, isGroup } = activity.conversation;
  return { conversation: { id, tenantId, conversationType, isGroup }, bot, channelId, serviceUrl, locale };
}

/** The message as it was typed: without the mention of Steward, other mentions as names, marks of HTML taken out. */
function typedText(activity: Activity): string {
  const text = TurnContext.removeRecipientMention(activity) ?? activity.text ?? '';
  return text
    .replace(/<at[^>]*>(.*?)<\/at>/gis, '$1')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&amp;/gi, '&')
    .trim();
}

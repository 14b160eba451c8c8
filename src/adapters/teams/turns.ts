import type { Address, Content, SharedFile, Turn } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import type { IncomingActivity, Reference } from './activity.ts';
import { sharedFiles } from './files.ts';

/** The name of the invoke that a card of Steward's makes. */
export const CARD_ACTION = 'adaptiveCard/action';

/** @returns undefined for what is no message of a person */
export function messageTurn(activity: IncomingActivity, config: TeamsConfig): Turn | undefined {
  if (activity.type !== 'message' || !isPerson(activity)) return undefined;
  // A button of an older client comes as a message with a value.
  const action = (activity.value as { action?: unknown } | null | undefined)?.action;
  return turnOf(activity, config, typeof action === 'string' ? { kind: 'action', action } : message(activity));
}

function message(activity: IncomingActivity): Content {
  const text = typedText(activity);
  const files = givenFiles(activity, text);
  return { kind: 'message', text, ...(files.length > 0 ? { files } : {}) };
}

/** What is given to Steward: neither what people show each other in a thread, nor a picture that goes with words. */
function givenFiles(activity: IncomingActivity, text: string): readonly SharedFile[] {
  if (!isAddressed(activity)) return [];
  return sharedFiles(activity).filter(({ source }) => text === '' || !source['pasted']);
}

/** Whether a person acted, whom Teams names by their id in the tenant; bots and connectors have none. */
export function isPerson({ from }: IncomingActivity): boolean {
  return typeof from.aadObjectId === 'string' && from.role !== 'bot';
}

/** Whether what was said is for Steward by itself: said to it alone, or with its name. */
export function isAddressed(activity: IncomingActivity): boolean {
  const { conversation, recipient } = activity;
  return (
    conversation.conversationType === 'personal' ||
    recipient.isTargeted === true ||
    mentions(activity).some(({ mentioned }) => mentioned?.id === recipient.id)
  );
}

export function namesSomebody(activity: IncomingActivity): boolean {
  return mentions(activity).length > 0;
}

/** Whether it was said in a channel. A group chat has no threads: all of it is one. */
export function isInThread({ conversation }: IncomingActivity): boolean {
  return conversation.conversationType === 'channel';
}

function mentions({ entities }: IncomingActivity) {
  return (entities ?? []).filter(({ type }) => type === 'mention');
}

/** @param deliveryId names the delivery within its conversation, where the activity's own id does not */
export function turnOf(
  activity: IncomingActivity,
  config: TeamsConfig,
  content: Content,
  deliveryId = activity.id ?? activity.replyToId ?? '',
): Turn {
  const { conversation, from } = activity;
  const address = addressOf(activity, config);
  return {
    deliveryId: `${conversation.id}:${deliveryId}`,
    sender: { platform: 'teams', workspace: from.tenantId ?? config.tenantId, userId: from.aadObjectId ?? from.id },
    conversation: {
      id: address.conversation,
      kind: conversation.conversationType === 'personal' ? 'direct' : 'channel',
      sharedOutside: address.route['channelType'] === 'shared',
    },
    content,
    address: { ...address, route: { ...address.route, ...ownRoute(content, deliveryId, activity) } },
  };
}

/** What leads to the first reply to this turn alone. */
function ownRoute({ kind }: Content, deliveryId: string, activity: IncomingActivity): Record<string, string> {
  const { name, replyToId } = activity;
  // By this a reply finds the stream in which its draft is shown.
  if (kind === 'message') return { draft: deliveryId };
  // The card with the form, whose place the next form of several takes.
  return kind === 'form' && name === CARD_ACTION && replyToId ? { form: replyToId } : {};
}

export function addressOf(activity: IncomingActivity, { tenantId }: TeamsConfig): Address {
  const { id } = activity.conversation;
  const channelType = activity.channelData?.channel?.type;
  return {
    platform: 'teams',
    workspace: tenantId,
    conversation: id.split(';messageid=')[0] ?? id,
    thread: id,
    route: { reference: JSON.stringify(referenceOf(activity)), ...(channelType ? { channelType } : {}) },
  };
}

/** What it takes to speak there again, and no more. */
function referenceOf(activity: IncomingActivity): Reference {
  const { channelId, serviceUrl, locale, recipient, from } = activity;
  const { id, tenantId, conversationType, isGroup } = activity.conversation;
  return {
    conversation: { id, tenantId, conversationType, isGroup },
    bot: { id: recipient.id, name: recipient.name },
    channelId,
    serviceUrl,
    locale,
    ...(recipient.isTargeted ? { onlyFor: from.id } : {}),
  };
}

/** The message as it was typed: without the mention of Steward, other mentions as names, marks of HTML taken out. */
function typedText(activity: IncomingActivity): string {
  const own = mentions(activity).flatMap(({ mentioned, text }) =>
    mentioned?.id === activity.recipient.id && text ? [text] : [],
  );
  return own
    .reduce((rest, mark) => rest.replace(mark, ''), activity.text ?? '')
    .replace(/<at[^>]*>(.*?)<\/at>/gis, '$1')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&amp;/gi, '&')
    .trim();
}

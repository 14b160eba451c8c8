import type { BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Conversation, FormValues, Sender, Turn } from '../../chat/turn.ts';
import { NOTE_TO_DO, OPENS_WINDOW, parseBlockId } from './action-names.ts';
import { askedBy, asText } from './turns.ts';

/** What a modal or the Home tab remembers: where it belongs. */
const Place = z.object({
  conversation: z.string(),
  thread: z.string(),
  route: z.record(z.string(), z.string()),
  /** Submitting it leads to another form. */
  opensForm: z.boolean().optional(),
});

export type Place = z.infer<typeof Place>;

/** Characters of a message that somebody asks about. */
const MAX_ABOUT = 3_000;

/** A button that was pressed. */
export interface Press {
  readonly turn: Turn;
  /** Its reply opens in a window. */
  readonly opensWindow: boolean;
  /** The modal that it stands in. */
  readonly modal: string | undefined;
}

/** @returns undefined for elements whose change means nothing by itself, such as a select in a form */
export function press(body: BlockAction): Press | undefined {
  const [action] = body.actions;
  if (action?.type !== 'button' && action?.type !== 'feedback_buttons') return undefined;
  const place = body.view ? parsePlace(body.view.private_metadata) : placeOfMessage(body);
  if (!place || !action.value) return undefined;
  const isFeedback = action.type === 'feedback_buttons';
  const opensWindow = (isFeedback ? action.value : action.action_id).startsWith(OPENS_WINDOW);
  const { sharedOutside, card } = parseBlockId(action.block_id);
  const isShared = sharedOutside || place.route['sharedOutside'] === 'yes';
  const sender = senderOf(body);
  const { conversation, thread, route } = place;
  return {
    turn: {
      deliveryId: `${body.trigger_id}:${action.action_ts}`,
      sender,
      conversation: conversationOf(conversation, isShared),
      content: { kind: 'action', action: isFeedback ? action.value.replace(/^open /, '') : action.value },
      address: {
        platform: 'slack',
        workspace: workspaceOf(body),
        conversation,
        thread,
        route: {
          ...route,
          ...askedBy(sender.workspace, sender.userId),
          ...(isShared ? { sharedOutside: 'yes' } : {}),
          ...(card === undefined ? {} : { card }),
          turn: body.trigger_id,
        },
      },
    },
    opensWindow,
    modal: body.view?.type === 'modal' ? body.view.id : undefined,
  };
}

function placeOfMessage(body: BlockAction): Place | undefined {
  const conversation = body.channel?.id ?? body.container?.['channel_id'];
  if (typeof conversation !== 'string') return undefined;
  const isEphemeral = body.container?.['is_ephemeral'] === true;
  const message = body.message as { ts?: string; thread_ts?: string } | undefined;
  const route: Record<string, string> = {};
  if (isEphemeral && body.response_url) route['responseUrl'] = body.response_url;
  const thread = message?.thread_ts ?? (isEphemeral ? conversation : (message?.ts ?? conversation));
  return { conversation, thread, route };
}

/** A message that somebody picked, to ask about it or to note what is to be done. What follows is between them and Steward alone. */
export function shortcutTurn(body: MessageShortcut): Turn {
  const sender = senderOf(body);
  const { userId } = sender;
  return {
    deliveryId: `${body.trigger_id}:${body.action_ts}`,
    sender,
    conversation: conversationOf(userId, false),
    content: pickedMessage(body),
    address: { platform: 'slack', workspace: workspaceOf(body), conversation: userId, thread: userId, route: {} },
  };
}

function pickedMessage({ callback_id, channel, message, message_ts }: MessageShortcut): Turn['content'] {
  const text = asText(message.text ?? '', undefined).slice(0, MAX_ABOUT);
  if (callback_id !== NOTE_TO_DO) return { kind: 'about', text };
  const isChannel = conversationOf(channel.id, false).kind === 'channel';
  return { kind: 'to-do', text, ...(isChannel ? { place: `thread slack ${channel.id} ${message_ts}` } : {}) };
}

/** A message whose thread somebody wants to be kept. What follows is between them and Steward alone. */
export function threadTurn(body: MessageShortcut): Turn {
  const { content: _about, ...turn } = shortcutTurn(body);
  const { ts = body.message_ts, thread_ts } = body.message as { ts?: string; thread_ts?: string };
  const thread = { ...turn.address, conversation: body.channel.id, thread: thread_ts ?? ts };
  return { ...turn, content: { kind: 'thread', thread } };
}

/** A form that was submitted. */
export interface Submission {
  readonly turn: Turn;
  readonly opensForm: boolean;
}

/** @returns undefined for a modal that is not Steward's */
export function submission(body: ViewSubmitAction): Submission | undefined {
  const place = parsePlace(body.view.private_metadata);
  if (!place) return undefined;
  const { conversation, thread, route } = place;
  const turn: Turn = {
    deliveryId: `${body.view.id}:${body.view.hash}`,
    sender: senderOf(body),
    conversation: conversationOf(conversation, route['sharedOutside'] === 'yes'),
    content: { kind: 'form', form: body.view.callback_id, values: formValues(body.view.state.values) },
    address: { platform: 'slack', workspace: workspaceOf(body), conversation, thread, route },
  };
  return { turn, opensForm: place.opensForm === true };
}

interface Interaction {
  readonly team?: { readonly id: string } | null | undefined;
  readonly user: { readonly id: string; readonly team_id?: string };
}

function senderOf({ team, user }: Interaction): Sender {
  return { platform: 'slack', workspace: user.team_id ?? team?.id ?? '', userId: user.id };
}

function workspaceOf({ team, user }: Interaction): string {
  return team?.id ?? user.team_id ?? '';
}

/** A conversation that is named by a person is the one with them. */
function conversationOf(id: string, sharedOutside: boolean): Conversation {
  return { id, kind: /^[DUW]/.test(id) ? 'direct' : 'channel', sharedOutside };
}

function parsePlace(json = ''): Place | undefined {
  try {
    return Place.parse(JSON.parse(json));
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

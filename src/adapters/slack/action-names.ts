/** Beginning of the `action_id` of buttons whose reply opens in a window. */
export const OPENS_WINDOW = 'open';

/** Of the two buttons with which Slack asks for feedback; the value of the one that opens a window begins with `OPENS_WINDOW`. */
export const FEEDBACK = 'feedback';

/** Callbacks of the message shortcuts. */
export const ASK_ABOUT_MESSAGE = 'ask_about_message';
export const KEEP_THREAD = 'keep_thread';
export const NOTE_TO_DO = 'note_to_do';

/** What the `block_id` of buttons tells when one is pressed. */
export interface ButtonsMark {
  /** People of another organisation can read the message. */
  readonly sharedOutside: boolean;
  /** Name of the notice that the buttons belong to; see `NoticeReply.card`. */
  readonly card: string | undefined;
}

/** A block id has 255 characters. */
const MAX_CARD = 200;

export function asBlockId({ sharedOutside, card }: ButtonsMark): string {
  const kind = sharedOutside ? 'shared' : 'actions';
  return card === undefined || card.length > MAX_CARD ? kind : `${kind}:${card}`;
}

export function parseBlockId(blockId: string): ButtonsMark {
  const [kind = '', ...card] = blockId.split(':');
  return { sharedOutside: kind.startsWith('shared'), card: card.length > 0 ? card.join(':') : undefined };
}

/** A block's id that tells the same as another one's, and differs from it. */
export function markOf(blockId: string, name: string): string {
  return blockId.replace(/^[\w-]+/, `$&-${name}`);
}

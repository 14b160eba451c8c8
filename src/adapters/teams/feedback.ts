import { z } from 'zod';
import type { Receiver } from '../../chat/channel.ts';
import type { Content } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import type { IncomingActivity, InvokeAnswer } from './activity.ts';
import { formDialog } from './card.ts';
import { addressOf } from './turns.ts';

/** A thumb under an answer was pressed, or the form behind one was submitted. */
const Press = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({
    reaction: z.enum(['like', 'dislike']),
    /** What was filled in, as JSON. */
    feedback: z.string().max(20_000).nullish(),
  }),
});

const Filled = z.record(z.string(), z.unknown());

/** What comes of it: a turn to be taken in, and what the person sees meanwhile. */
interface Pressed {
  readonly content: Content | undefined;
  readonly answer: InvokeAnswer;
}

const GONE = 'That answer was given to somebody else, or long ago. Ask the question again, then tell me.';

/**
 * Teams has thumbs of its own. With a form of Steward's behind them a thumb up is one press, and a thumb down asks for the reason
 * that the compliance lead gets; Teams's own form would ask everybody for an essay, and nobody for a reason.
 *
 * @returns undefined for what is no feedback
 */
export async function takeFeedback(
  activity: IncomingActivity,
  config: TeamsConfig,
  receiver: Receiver,
): Promise<Pressed | undefined> {
  const isPress = activity.name === 'message/fetchTask';
  if (!isPress && activity.name !== 'message/submitAction') return undefined;
  const parsed = Press.safeParse(activity.value);
  if (!parsed.success) return undefined;
  const { reaction, feedback: filled } = parsed.data.actionValue;
  // Anything but an empty answer to a submitted form is an error in Teams.
  const say = (text: string): InvokeAnswer => ({ status: 200, body: isPress ? dialogMessage(text) : {} });
  const buttons = await receiver.feedbackOn(addressOf(activity, config), activity.replyToId ?? '');
  if (!buttons) return { content: undefined, answer: say(GONE) };
  if (reaction === 'like') {
    return { content: { kind: 'action', action: buttons.helpful }, answer: say('I note it in the chat.') };
  }
  const form = receiver.formOf(buttons.unhelpful);
  if (!form) return undefined;
  if (isPress)
    return { content: undefined, answer: { status: 200, body: formDialog(form, receiver.checkForm(form.id, {})) } };
  return { content: { kind: 'form', form: form.id, values: filledIn(filled ?? '{}') }, answer: say('') };
}

function dialogMessage(value: string): object {
  return { task: { type: 'message', value } };
}

function filledIn(json: string): Record<string, string> {
  try {
    const entries = Object.entries(Filled.parse(JSON.parse(json)));
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

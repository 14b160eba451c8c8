import { z } from 'zod';
import type { Receiver } from '../../chat/channel.ts';
import type { Form } from '../../chat/reply.ts';
import type { Content, FormValues } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import type { IncomingActivity, InvokeAnswer } from './activity.ts';
import { formCard, noteCard } from './card.ts';
import { takeFeedback } from './feedback.ts';
import { CARD_ACTION } from './turns.ts';

/** What a card of Steward's sends when a button is pressed: an action, or a form with what was filled in. */
const CardAction = z.object({
  action: z.object({
    data: z.union([
      z.object({ action: z.string().max(2_000) }),
      z.looseObject({
        form: z.custom<Form>((form) => typeof (form as Form)?.id === 'string' && Array.isArray((form as Form).inputs)),
      }),
    ]),
  }),
});

/**
 * Takes a pressed button, a submitted form, or feedback. Every other invoke is answered with "not implemented".
 *
 * @param take stores what the person did; it is answered once that is done
 */
export async function takeInvoke(
  activity: IncomingActivity,
  config: TeamsConfig,
  receiver: Receiver,
  take: (content: Content) => Promise<void>,
): Promise<InvokeAnswer> {
  const feedback = await takeFeedback(activity, config, receiver);
  if (feedback) {
    if (feedback.content) await take(feedback.content);
    return feedback.answer;
  }
  const parsed = activity.name === CARD_ACTION ? CardAction.safeParse(activity.value) : undefined;
  if (!parsed?.success) return { status: 501 };
  const { data } = parsed.data.action;
  if (!('form' in data)) {
    await take({ kind: 'action', action: data.action });
    return {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'One moment ...' },
    };
  }
  const { form, ...inputs } = data;
  const values = filledIn(inputs);
  const errors = receiver.checkForm(form.id, values);
  if (Object.keys(errors).length > 0) return cardAnswer(formCard(form, values, errors));
  await take({ kind: 'form', form: form.id, values });
  return cardAnswer(noteCard(`${form.title}: sent.`));
}

function filledIn(inputs: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(
    Object.entries(inputs).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
}

function cardAnswer(card: object): InvokeAnswer {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

import type { Activity, InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import type { Receiver } from '../../chat/channel.ts';
import type { Form } from '../../chat/reply.ts';
import type { TeamsConfig } from '../../config.ts';
import { formCard, noteCard } from './card.ts';
import type { TeamsChannel } from './teams-channel.ts';
import { turnOf } from './turns.ts';

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

/** Takes a pressed button or a submitted form. Every other invoke is answered with "not implemented". */
export async function handleInvoke(
  activity: Activity,
  config: TeamsConfig,
  receiver: Receiver,
  channel: TeamsChannel,
): Promise<InvokeResponse> {
  const parsed = activity.name === 'adaptiveCard/action' ? CardAction.safeParse(activity.value) : undefined;
  if (!parsed?.success) return { status: 501 };
  const { data } = parsed.data.action;
  if ('action' in data) {
    const turn = turnOf(activity, config, { kind: 'action', action: String(data.action) });
    channel.remember(turn);
    await receiver.receive(turn);
    return {
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'One moment ...' },
    };
  }
  const { form, ...inputs } = data as { form: Form } & Record<string, unknown>;
  const values = Object.fromEntries(
    Object.entries(inputs).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
  const errors = receiver.checkForm(form.id, values);
  if (Object.keys(errors).length > 0) return refresh(formCard(form, values, errors));
  const turn = turnOf(activity, config, { kind: 'form', form: form.id, values });
  channel.remember(turn);
  await receiver.receive(turn);
  return refresh(noteCard(`${form.title}: sent.`));
}

function refresh(card: object): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card } };
}

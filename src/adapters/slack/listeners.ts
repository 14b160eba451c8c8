import type { App } from '@slack/bolt';
import type { Receiver } from '../../chat/channel.ts';
import { OPENS_FORM } from './action-names.ts';
import { Modals } from './modals.ts';
import { changedUser, joinedChannel } from './people-events.ts';
import { actionTurn, commandTurn, messageTurn, viewTurn } from './turns.ts';

export interface ListenerParts {
  readonly receiver: Receiver;
  readonly modals: Modals;
  readonly opensForm: (command: string) => boolean;
}

const BUSY = 'I cannot take that in at the moment. Nothing was changed. Please try again in a minute.';

/**
 * Everything Slack delivers becomes a turn. A listener that throws has the delivery refused, and Slack delivers events again;
 * it does not repeat what a person did, so there the person is told.
 */
export function registerListeners(app: App, { receiver, modals, opensForm }: ListenerParts): void {
  const onMessage = async ({ body }: { body: Parameters<typeof messageTurn>[0] }) => {
    const turn = messageTurn(body);
    if (turn) await receiver.receive(turn);
  };
  app.event('app_mention', onMessage);
  app.event('message', onMessage);
  app.event('member_joined_channel', async ({ body }) => {
    const place = joinedChannel(body);
    if (place) await receiver.joined(place);
  });
  app.event('user_change', async ({ body }) => {
    const changed = changedUser(body);
    if (changed) await receiver.changed(changed.sender, changed.profile);
  });

  app.command(/.*/, async ({ command, ack }) => {
    const isForm = opensForm(command.text);
    const turn = isForm ? Modals.announce(commandTurn(command)) : commandTurn(command);
    try {
      await receiver.receive(turn);
    } catch {
      return ack({ response_type: 'ephemeral', text: BUSY });
    }
    if (isForm) modals.open(turn, command.trigger_id);
    return ack();
  });

  app.action({ type: 'block_actions' }, async ({ body, action, ack, respond }) => {
    const pressed = actionTurn(body);
    if (!pressed) return ack();
    const isForm = 'action_id' in action && action.action_id.startsWith(OPENS_FORM);
    const turn = isForm ? Modals.announce(pressed) : pressed;
    try {
      await receiver.receive(turn);
    } catch {
      await respond({ response_type: 'ephemeral', replace_original: false, text: BUSY });
      return ack();
    }
    if (isForm) modals.open(turn, body.trigger_id);
    return ack();
  });

  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ body, ack }) => {
    if (body.type !== 'view_submission') return ack();
    const turn = viewTurn(body);
    if (turn?.content.kind !== 'form') return ack();
    const errors = receiver.checkForm(turn.content.form, turn.content.values);
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const [firstInput = ''] = Object.keys(body.view.state.values);
    try {
      await receiver.receive(turn);
    } catch {
      return ack({ response_action: 'errors', errors: { [firstInput]: BUSY } });
    }
    return ack();
  });
}

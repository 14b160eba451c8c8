import type { App } from '@slack/bolt';
import type { Receiver } from '../../chat/channel.ts';
import { ASK_ABOUT_MESSAGE, KEEP_THREAD, NOTE_TO_DO } from './action-names.ts';
import { press, shortcutTurn, submission, threadTurn } from './interactions.ts';
import { Modals } from './modals.ts';
import { changedUser, joinedChannel } from './people-events.ts';
import { commandTurn, messageTurn } from './turns.ts';

export interface ListenerParts {
  readonly receiver: Receiver;
  readonly modals: Modals;
  readonly opensForm: (command: string) => boolean;
}

type Taken = Awaited<ReturnType<Receiver['receive']>>;

const BUSY = 'I cannot take that in at the moment. Nothing was changed. Please try again in a minute.';

/**
 * Everything that people say or do in Slack becomes a turn. A listener that throws has the delivery refused, and Slack delivers
 * events again; it does not repeat what a person did, so there the person is told.
 */
export function registerListeners(app: App, parts: ListenerParts): void {
  listenToMessages(app, parts);
  listenToCommands(app, parts);
  listenToButtons(app, parts);
  listenToThreads(app, parts);
  listenToShortcuts(app, parts);
  listenToForms(app, parts);
}

function listenToMessages(app: App, { receiver }: ListenerParts): void {
  const onMessage = async ({ body }: { body: Parameters<typeof messageTurn>[0] }) => {
    const message = messageTurn(body);
    if (!message) return;
    const { turn, isOverheard, namesOthers } = message;
    if (isOverheard && !(await receiver.follows(turn.sender, turn.address, namesOthers))) return;
    await receiver.receive(turn);
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
}

function listenToCommands(app: App, { receiver, modals, opensForm }: ListenerParts): void {
  app.command(/.*/, async ({ command, ack }) => {
    const isForm = opensForm(command.text);
    const turn = isForm ? Modals.announce(commandTurn(command)) : commandTurn(command);
    let taken: Taken;
    try {
      taken = await receiver.receive(turn);
    } catch {
      return ack({ response_type: 'ephemeral', text: BUSY });
    }
    if (isForm && taken === 'taken') modals.open(turn, command.trigger_id);
    return ack();
  });
}

function listenToButtons(app: App, { receiver, modals }: ListenerParts): void {
  app.action({ type: 'block_actions' }, async ({ body, ack, respond }) => {
    const pressed = press(body);
    if (!pressed) return ack();
    const { modal, opensWindow } = pressed;
    const announce = modal === undefined ? Modals.announce : Modals.announceNext;
    const turn = opensWindow ? announce(pressed.turn) : pressed.turn;
    let taken: Taken;
    try {
      taken = await receiver.receive(turn);
    } catch {
      // Nothing in a modal or on the Home tab can be answered with words.
      if (body.response_url) await respond({ response_type: 'ephemeral', replace_original: false, text: BUSY });
      return ack();
    }
    if (taken === 'repeated') return ack();
    if (modal === undefined) {
      if (opensWindow) modals.open(turn, body.trigger_id);
    } else if (opensWindow) {
      modals.reuse(turn, modal);
    } else {
      modals.leave(modal);
    }
    return ack();
  });
}

const SHORTCUTS = new RegExp(`^(?:${ASK_ABOUT_MESSAGE}|${NOTE_TO_DO})$`);

function listenToShortcuts(app: App, { receiver, modals }: ListenerParts): void {
  app.shortcut({ type: 'message_action', callback_id: SHORTCUTS }, async ({ shortcut, ack, respond }) => {
    if (shortcut.type !== 'message_action') return ack();
    const turn = Modals.announce(shortcutTurn(shortcut));
    let taken: Taken;
    try {
      taken = await receiver.receive(turn);
    } catch {
      await respond({ response_type: 'ephemeral', replace_original: false, text: BUSY });
      return ack();
    }
    if (taken === 'taken') modals.open(turn, shortcut.trigger_id);
    return ack();
  });
}

function listenToThreads(app: App, { receiver }: ListenerParts): void {
  app.shortcut({ type: 'message_action', callback_id: KEEP_THREAD }, async ({ shortcut, ack, respond }) => {
    if (shortcut.type !== 'message_action') return ack();
    try {
      await receiver.receive(threadTurn(shortcut));
    } catch {
      await respond({ response_type: 'ephemeral', replace_original: false, text: BUSY });
    }
    return ack();
  });
}

function listenToForms(app: App, { receiver }: ListenerParts): void {
  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ body, ack }) => {
    const submitted = body.type === 'view_submission' ? submission(body) : undefined;
    if (submitted?.turn.content.kind !== 'form') return ack();
    const { form, values } = submitted.turn.content;
    const errors = receiver.checkForm(form, values);
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    const turn = submitted.opensForm ? Modals.announceNext(submitted.turn) : submitted.turn;
    const [firstInput = ''] = Object.keys(body.view.state.values);
    try {
      await receiver.receive(turn);
    } catch {
      return ack({ response_action: 'errors', errors: { [firstInput]: BUSY } });
    }
    return submitted.opensForm ? ack({ response_action: 'update', view: Modals.waiting(turn) }) : ack();
  });
}

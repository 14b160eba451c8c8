import { setTimeout as pause } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Reply } from '../../chat/reply.ts';
import type { Address, Turn } from '../../chat/turn.ts';
import { isPlatformError } from './failures.ts';
import { answeredView, viewOf, waitingView } from './view.ts';

/** Pauses in which Slack takes in that a modal goes on with another form, in milliseconds. */
const PATIENCE = [300, 700, 1_500];

/**
 * Modals. Slack's permission to open one lasts three seconds, so an empty one is opened at once and filled when the reply is
 * there. Slack finds the modal by our own `external_id`, so that filling it needs nothing from the process that opened it.
 */
export class Modals {
  readonly #client: WebClient;
  readonly #log: Logger;
  /** Modals that this process is opening. */
  readonly #opening = new Map<string, Promise<void>>();

  constructor(client: WebClient, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  /** The turn with a note that its reply belongs into a modal. To be stored before the modal is opened. */
  static announce(turn: Turn): Turn {
    return withRoute(turn, { modal: turn.deliveryId });
  }

  /** The same for a modal that is open already, and waits. */
  static announceNext(turn: Turn): Turn {
    return withRoute(turn, { modal: turn.deliveryId, continues: 'yes' });
  }

  /** What an announced turn's modal shows until the reply is there. */
  static waiting({ address }: Turn): ModalView {
    return { ...waitingView(), external_id: address.route['modal'] ?? '' };
  }

  /** Opens the empty modal of an announced turn. Does not wait, and never fails. */
  open(turn: Turn, triggerId: string): void {
    this.#begin(turn, this.#client.views.open({ trigger_id: triggerId, view: Modals.waiting(turn) }));
  }

  /** Empties an open modal for an announced turn. Does not wait, and never fails. */
  reuse(turn: Turn, viewId: string): void {
    this.#begin(turn, this.#client.views.update({ view_id: viewId, view: Modals.waiting(turn) }));
  }

  /** Says in an open modal that the reply comes in the conversation. Does not wait, and never fails. */
  leave(viewId: string): void {
    this.#client.views
      .update({ view_id: viewId, view: answeredView() })
      .catch((error: unknown) => this.#log.warn({ err: error }, 'A modal could not be changed.'));
  }

  /** Shows a reply in the modal that was opened for it. @throws where there is no such modal any more */
  async fill(address: Address, reply: Reply): Promise<string> {
    const id = address.route['modal'] ?? '';
    await this.#opening.get(id);
    const view = { ...viewOf(reply, address), external_id: id };
    const pauses = address.route['continues'] ? [...PATIENCE] : [];
    for (;;) {
      try {
        const { view: filled } = await this.#client.views.update({ external_id: id, view });
        return filled?.id ?? id;
      } catch (error) {
        const wait = pauses.shift();
        if (wait === undefined || !isPlatformError(error, 'not_found')) throw error;
        await pause(wait);
      }
    }
  }

  #begin({ address }: Turn, work: Promise<unknown>): void {
    const id = address.route['modal'] ?? '';
    const opening = work
      .catch((error: unknown) => this.#log.warn({ err: error }, 'A modal could not be opened.'))
      .then(() => void this.#opening.delete(id));
    this.#opening.set(id, opening);
  }
}

function withRoute(turn: Turn, route: Record<string, string>): Turn {
  return { ...turn, address: { ...turn.address, route: { ...turn.address.route, ...route } } };
}

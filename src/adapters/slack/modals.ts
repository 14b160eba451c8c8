import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Reply } from '../../chat/reply.ts';
import type { Address, Turn } from '../../chat/turn.ts';
import { viewOf, waitingView } from './view.ts';

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
    const { address } = turn;
    return { ...turn, address: { ...address, route: { ...address.route, modal: turn.deliveryId } } };
  }

  /** Opens the empty modal of an announced turn. Does not wait, and never fails. */
  open({ address }: Turn, triggerId: string): void {
    const id = address.route['modal'] ?? '';
    const opening = this.#client.views
      .open({ trigger_id: triggerId, view: { ...waitingView(), external_id: id } })
      .catch((error: unknown) => this.#log.warn({ err: error }, 'A modal could not be opened.'))
      .then(() => void this.#opening.delete(id));
    this.#opening.set(id, opening);
  }

  /** Shows a reply in the modal that was opened for it. @throws where there is no such modal any more */
  async fill(address: Address, reply: Reply): Promise<string> {
    const id = address.route['modal'] ?? '';
    await this.#opening.get(id);
    const { view } = await this.#client.views.update({
      external_id: id,
      view: { ...viewOf(reply, address), external_id: id },
    });
    return view?.id ?? id;
  }
}

import { EventEmitter } from 'node:events';
import type { Channel } from '../../chat/channel.ts';
import type { Address, SharedFile } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import { exampleProfile } from './example-people.ts';
import { renderMarkdown } from './render.ts';
import { readUpload } from './uploads.ts';

/** What happens in a conversation while its page is open. */
export type WebEvent = 'said' | 'working' | { readonly draft: string };

/**
 * The way out to the page. The text of a conversation is in the database already when a reply is sent, so sending only wakes
 * the open pages, which then read on from the last message they have.
 */
export class WebChannel implements Channel {
  readonly platform = 'web';
  readonly #db: Db;
  readonly #events = new EventEmitter().setMaxListeners(0);

  constructor(db: Db) {
    this.#db = db;
  }

  async send(address: Address, _reply: unknown, key: string): Promise<string> {
    this.#events.emit(address.conversation, 'said' satisfies WebEvent);
    return key;
  }

  async find(_address: Address, key: string): Promise<{ messageId: string }> {
    return { messageId: key };
  }

  async showWorking(address: Address): Promise<true> {
    this.#events.emit(address.conversation, 'working' satisfies WebEvent);
    return true;
  }

  showDraft(address: Address, markdown: string): void {
    this.#events.emit(address.conversation, { draft: renderMarkdown(markdown) } satisfies WebEvent);
  }

  download(file: SharedFile): Promise<Uint8Array> {
    return readUpload(this.#db, file);
  }

  profile = async (sender: Parameters<typeof exampleProfile>[0]) => exampleProfile(sender);

  lasting(address: Address): Address {
    return address;
  }

  /** A conversation has a name that the person's page gave it. */
  directTo(): undefined {
    return undefined;
  }

  /** @returns a function that ends the subscription */
  subscribe(conversation: string, listener: (event: WebEvent) => void): () => void {
    this.#events.on(conversation, listener);
    return () => this.#events.off(conversation, listener);
  }
}

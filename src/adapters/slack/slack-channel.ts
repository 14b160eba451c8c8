import type { WebClient } from '@slack/web-api';
import type { Channel, Membership, Profile } from '../../chat/channel.ts';
import type { Reply } from '../../chat/reply.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import { asSendFailure, isPlatformError, ResponseUrlExpired } from './failures.ts';
import { membershipOf } from './membership.ts';
import type { Modals } from './modals.ts';
import { profileOf } from './profile.ts';
import { renderMessage } from './render.ts';

const EVENT_TYPE = 'steward_message';

/** Messages looked through for one whose sending was interrupted. */
const LOOK_BACK = 100;

const PERSON_ID = /^[UW]/;

/** A response URL that is gone: half an hour has passed, or five replies were sent. */
const EXPIRED = new Set([404, 410]);

export class SlackChannel implements Channel {
  readonly platform = 'slack';
  readonly #client: WebClient;
  readonly #modals: Modals;

  constructor(client: WebClient, modals: Modals) {
    this.#client = client;
    this.#modals = modals;
  }

  async send(address: Address, reply: Reply, key: string): Promise<string> {
    try {
      if (address.route['modal']) {
        try {
          return await this.#modals.fill(address, reply);
        } catch (error) {
          // It was closed, or never opened: the reply goes where the person asked.
          if (!isPlatformError(error, 'not_found')) throw error;
        }
      }
      const { responseUrl } = address.route;
      return responseUrl
        ? await this.#respond(responseUrl, reply, address, key)
        : await this.#post(address, reply, key);
    } catch (error) {
      throw asSendFailure(error, address.conversation);
    }
  }

  async find(address: Address, key: string): Promise<{ messageId: string } | 'absent' | 'unknown'> {
    if (address.route['modal']) return 'absent';
    const { conversation: channel, thread } = address;
    // Slack posts to a person's id, and tells the history of conversations only.
    if (address.route['responseUrl'] || PERSON_ID.test(channel)) return 'unknown';
    const options = { channel, limit: LOOK_BACK, include_all_metadata: true };
    try {
      const { messages = [] } =
        thread === channel
          ? await this.#client.conversations.history(options)
          : await this.#client.conversations.replies({ ...options, ts: thread });
      const message = messages.find(({ metadata }) => {
        const { event_type, event_payload } = (metadata ?? {}) as {
          event_type?: string;
          event_payload?: { key?: string };
        };
        return event_type === EVENT_TYPE && event_payload?.key === key;
      });
      return message?.ts ? { messageId: message.ts } : 'absent';
    } catch (error) {
      throw asSendFailure(error, channel);
    }
  }

  async showWorking({ conversation, thread, route }: Address): Promise<boolean> {
    if (route['modal']) return true;
    if (thread === conversation || route['responseUrl']) return false;
    const status = { channel_id: conversation, thread_ts: thread, status: 'is looking it up …' };
    return this.#client.assistant.threads.setStatus(status).then(
      () => true,
      () => false,
    );
  }

  async profile(sender: Sender): Promise<Profile> {
    try {
      const { user } = await this.#client.users.info({ user: sender.userId });
      return profileOf(user, sender);
    } catch (error) {
      if (!isPlatformError(error, 'user_not_found', 'user_not_visible')) throw error;
      return { displayName: sender.userId, email: undefined, standing: 'unknown' };
    }
  }

  members(conversation: Address): Promise<Membership> {
    return membershipOf(this.#client, conversation);
  }

  lasting({ workspace, conversation }: Address): Address {
    return { platform: 'slack', workspace, conversation, thread: conversation, route: {} };
  }

  directTo({ workspace, userId }: Sender): Address {
    return { platform: 'slack', workspace, conversation: userId, thread: userId, route: {} };
  }

  async #post(address: Address, reply: Reply, key: string): Promise<string> {
    const { conversation: channel, thread } = address;
    const { ts } = await this.#client.chat.postMessage({
      ...renderMessage(reply, address),
      channel,
      ...(thread === channel ? {} : { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { key } },
    });
    return ts ?? key;
  }

  /** Shown to the person who asked alone. */
  async #respond(url: string, reply: Reply, address: Address, key: string): Promise<string> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...renderMessage(reply, address), response_type: 'ephemeral', replace_original: false }),
      signal: AbortSignal.timeout(15_000),
    });
    if (EXPIRED.has(response.status)) throw new ResponseUrlExpired(`The response URL answers ${response.status}.`);
    if (!response.ok) throw new Error(`The response URL answers ${response.status}.`);
    return key;
  }
}

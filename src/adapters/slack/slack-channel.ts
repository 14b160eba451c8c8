import type { WebClient } from '@slack/web-api';
import type { Channel, Membership, Profile, Said } from '../../chat/channel.ts';
import type { Reply } from '../../chat/reply.ts';
import { firstPart } from '../../chat/rest.ts';
import type { Address, Sender, SharedFile } from '../../chat/turn.ts';
import type { SlackConfig } from '../../config.ts';
import type { Drafts } from './drafts.ts';
import { asSendFailure, isPlatformError } from './failures.ts';
import { downloadFile } from './files.ts';
import { membershipOf } from './membership.ts';
import type { Modals } from './modals.ts';
import { profileOf } from './profile.ts';
import { hasCharts, renderMessage, slackParts, withoutCharts } from './render.ts';
import { ResponseUrlExpired, respond } from './response-url.ts';
import { readThread } from './threads.ts';

const EVENT_TYPE = 'steward_message';

/** Messages looked through at a time for one whose sending was interrupted, and how often. */
const PAGE = 200;
const MAX_PAGES = 10;

const PERSON_ID = /^[UW]/;

/** Errors after which a message that is not there to be changed is sent anew. */
const CANNOT_CHANGE = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'not_in_channel'];

const NOT_STREAMING = ['message_not_in_streaming_state', 'message_not_found'];

export interface SlackChannelParts {
  readonly config: SlackConfig;
  readonly client: WebClient;
  readonly modals: Modals;
  readonly drafts: Drafts;
}

export class SlackChannel implements Channel {
  readonly platform = 'slack';
  readonly #parts: SlackChannelParts;

  constructor(parts: SlackChannelParts) {
    this.#parts = parts;
  }

  parts(reply: Reply): readonly Reply[] {
    return slackParts(reply);
  }

  async send(address: Address, reply: Reply, key: string, replaces?: string): Promise<string> {
    const part = firstPart(slackParts(reply), key);
    try {
      return (await this.#fill(address, part)) ?? (await this.#say(address, part, key, replaces));
    } catch (error) {
      throw asSendFailure(error, address.conversation);
    }
  }

  async find(address: Address, key: string): Promise<{ messageId: string } | 'absent' | 'unknown'> {
    if (address.route['modal']) return 'absent';
    if (address.route['responseUrl']) return 'unknown';
    try {
      for await (const messages of this.#messagesIn(address)) {
        const message = messages.find(({ metadata }) => keyIn(metadata) === key);
        if (message?.ts) return { messageId: message.ts };
      }
      return 'absent';
    } catch (error) {
      throw asSendFailure(error, address.conversation);
    }
  }

  showWorking(address: Address): Promise<boolean> {
    return this.#showStatus(address, 'is looking it up …');
  }

  async showDelay(address: Address, seconds: number): Promise<void> {
    await this.#showStatus(address, `has the reply; Slack lets it through in about ${Math.ceil(seconds)} seconds …`);
  }

  showDraft(address: Address, markdown: string, started: (messageId: string) => void): void {
    this.#parts.drafts.show(address, markdown, started);
  }

  download(file: SharedFile, limit: number): Promise<Uint8Array> {
    return downloadFile(this.#parts, file, limit);
  }

  thread(place: Address): Promise<readonly Said[]> {
    const nameOf = async (userId: string) =>
      (await this.profile({ platform: 'slack', workspace: place.workspace, userId })).displayName;
    return readThread(this.#parts.client, place, nameOf);
  }

  async profile(sender: Sender): Promise<Profile> {
    try {
      const { user } = await this.#parts.client.users.info({ user: sender.userId });
      return profileOf(user, sender);
    } catch (error) {
      if (!isPlatformError(error, 'user_not_found', 'user_not_visible')) throw error;
      return { displayName: sender.userId, email: undefined, standing: 'unknown' };
    }
  }

  members(conversation: Address): Promise<Membership> {
    return membershipOf(this.#parts.client, conversation);
  }

  lasting({ workspace, conversation }: Address): Address {
    return { platform: 'slack', workspace, conversation, thread: conversation, route: {} };
  }

  outsideWindow(address: Address): Address {
    const { modal: _window, continues: _it, ...route } = address.route;
    return { ...address, route };
  }

  directTo({ workspace, userId }: Sender): Address {
    return { platform: 'slack', workspace, conversation: userId, thread: userId, route: {} };
  }

  /** What was said in a place, page by page; Slack tells a thread from its beginning, and a conversation from its end. */
  async *#messagesIn({ conversation, thread }: Address): AsyncGenerator<readonly SentMessage[]> {
    const { conversations } = this.#parts.client;
    const channel = PERSON_ID.test(conversation) ? await this.#directWith(conversation) : conversation;
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const options = { channel, limit: PAGE, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
      const { messages = [], response_metadata } =
        thread === conversation
          ? await conversations.history(options)
          : await conversations.replies({ ...options, ts: thread });
      yield messages;
      cursor = response_metadata?.next_cursor;
      if (!cursor) return;
    }
  }

  /** Slack posts to a person's id, and tells the history of conversations only. */
  async #directWith(person: string): Promise<string> {
    const { channel } = await this.#parts.client.conversations.open({ users: person });
    return channel?.id ?? person;
  }

  async #showStatus({ conversation, thread, route }: Address, status: string): Promise<boolean> {
    if (route['modal']) return true;
    if (thread === conversation || route['responseUrl']) return false;
    const shown = { channel_id: conversation, thread_ts: thread, status };
    return this.#parts.client.assistant.threads.setStatus(shown).then(
      () => true,
      () => false,
    );
  }

  /** @returns undefined where there is no modal, or it was closed or never opened: the reply goes where the person asked */
  async #fill(address: Address, part: Reply): Promise<string | undefined> {
    if (!address.route['modal']) return undefined;
    try {
      return await this.#parts.modals.fill(address, part);
    } catch (error) {
      if (isPlatformError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  async #say(address: Address, part: Reply, key: string, replaces: string | undefined): Promise<string> {
    const { responseUrl, asker } = address.route;
    if (!responseUrl) return this.#writeWithCharts(address, part, key, replaces);
    try {
      await respond(responseUrl, renderMessage(withoutCharts(part), address), isPressedCard(part, address));
      return key;
    } catch (error) {
      if (!(error instanceof ResponseUrlExpired) || !asker) throw error;
      // It was for this person alone, so it still is.
      return this.#writeWithCharts({ ...address, conversation: asker, thread: asker, route: {} }, part, key, undefined);
    }
  }

  /** Slack does not have charts in every workspace yet. */
  async #writeWithCharts(address: Address, part: Reply, key: string, replaces: string | undefined): Promise<string> {
    try {
      return await this.#write(address, part, key, replaces);
    } catch (error) {
      if (!hasCharts(part) || !isPlatformError(error, 'invalid_blocks')) throw error;
      return this.#write(address, withoutCharts(part), key, replaces);
    }
  }

  /** Changes the message whose place this one takes, or writes a new one. */
  async #write(address: Address, part: Reply, key: string, replaces: string | undefined): Promise<string> {
    const { client, drafts } = this.#parts;
    const { conversation: channel, thread } = address;
    const message = {
      ...renderMessage(part, address),
      channel,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: EVENT_TYPE, event_payload: { key } },
    };
    const draft = await drafts.end(address);
    if (draft) await this.#stopStream(channel, draft);
    const changed = draft ?? replaces;
    const isChanged = changed !== undefined && (await this.#change({ ...message, ts: changed }));
    drafts.forget(address);
    if (isChanged) return changed;
    const { ts } = await client.chat.postMessage({
      ...message,
      ...(thread === channel ? {} : { thread_ts: thread }),
    });
    return ts ?? key;
  }

  /** @returns whether there was a message that could be changed */
  async #change(message: Parameters<WebClient['chat']['update']>[0] & { ts: string }): Promise<boolean> {
    const { chat } = this.#parts.client;
    const change = () => chat.update(message);
    try {
      await change();
      return true;
    } catch (error) {
      if (isPlatformError(error, ...CANNOT_CHANGE)) return false;
      // A process that is gone may have left it streaming, and nothing can be changed until that ends.
      if (!isPlatformError(error) || !(await this.#stopStream(message.channel, message.ts))) throw error;
      await change();
      return true;
    }
  }

  /** @returns whether it was streaming */
  async #stopStream(channel: string, ts: string): Promise<boolean> {
    try {
      await this.#parts.client.chat.stopStream({ channel, ts });
      return true;
    } catch (error) {
      if (isPlatformError(error, ...NOT_STREAMING)) return false;
      throw error;
    }
  }
}

/** What only one person sees can be changed only in answer to a button in it. */
function isPressedCard(part: Reply, { route }: Address): boolean {
  return part.kind === 'notice' && part.card !== undefined && part.card === route['card'];
}

interface SentMessage {
  readonly ts?: string;
  readonly metadata?: unknown;
}

/** The key under which Steward sent a message; undefined for everything else. */
function keyIn(metadata: unknown): string | undefined {
  const { event_type, event_payload } = (metadata ?? {}) as { event_type?: string; event_payload?: { key?: string } };
  return event_type === EVENT_TYPE ? event_payload?.key : undefined;
}

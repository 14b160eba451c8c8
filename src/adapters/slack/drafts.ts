import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Address } from '../../chat/turn.ts';
import { harmless } from './harmless.ts';

/** Slack takes about one piece of a stream a second, in milliseconds. */
const PACE = 1_000;

/** Streams that this process begins in a minute. Slack takes some twenty, also from other replicas, and as many ends. */
const MAX_STARTS = 10;

/** Characters of a draft. The reply takes its place, so what is beyond is not missed. */
const MAX_LENGTH = 7_500;

/** A draft whose reply another process sends is forgotten, in milliseconds. */
const FORGET_AFTER = 5 * 60_000;

interface Draft {
  readonly address: Address;
  /** What is to be seen. */
  wanted: string;
  /** What Slack has. */
  sent: string;
  /** The platform's id of the message; undefined while there is none, and where Slack wants none. */
  messageId: string | undefined;
  readonly ended: AbortController;
  /** Settles when nothing is under way any more. */
  work: Promise<void>;
}

/**
 * Answers while they are being written, streamed as Slack has it: a message that grows by what is appended. Only where there is a
 * thread; where Slack refuses, there is no draft. Never delays a reply by more than the piece that is under way.
 */
export class Drafts {
  readonly #client: WebClient;
  readonly #log: Logger;
  readonly #open = new Map<string, Draft>();
  #starts: number[] = [];

  constructor(client: WebClient, log: Logger) {
    this.#client = client;
    this.#log = log;
  }

  /** @param markdown the whole draft so far @param started told the id of its message */
  show(address: Address, markdown: string, started: (messageId: string) => void): void {
    const { turn, responseUrl, modal } = address.route;
    if (!turn || responseUrl || modal || address.thread === address.conversation) return;
    const wanted = harmless(markdown.slice(0, MAX_LENGTH));
    const open = this.#open.get(turn);
    if (open) {
      if (wanted.startsWith(open.wanted)) open.wanted = wanted;
    } else if (this.#mayStart()) {
      const draft: Draft = {
        address,
        wanted,
        sent: '',
        messageId: undefined,
        ended: new AbortController(),
        work: Promise.resolve(),
      };
      this.#open.set(turn, draft);
      setTimeout(() => this.#open.delete(turn), FORGET_AFTER).unref();
      draft.work = this.#run(draft, started);
    }
  }

  /**
   * Appends nothing more to the draft of a turn's reply.
   *
   * @returns the id of its message, which still streams; undefined where there is none
   */
  async end({ route: { turn = '' } }: Address): Promise<string | undefined> {
    const draft = this.#open.get(turn);
    if (!draft) return undefined;
    draft.ended.abort();
    await draft.work;
    return draft.messageId;
  }

  /** The reply has taken the draft's place. */
  forget({ route: { turn = '' } }: Address): void {
    this.#open.delete(turn);
  }

  #mayStart(): boolean {
    const now = performance.now();
    this.#starts = this.#starts.filter((at) => at > now - 60_000);
    if (this.#starts.length >= MAX_STARTS) return false;
    this.#starts.push(now);
    return true;
  }

  async #run(draft: Draft, started: (messageId: string) => void): Promise<void> {
    const { signal } = draft.ended;
    try {
      await this.#start(draft);
      if (draft.messageId) started(draft.messageId);
      while (draft.messageId && !signal.aborted) {
        await pause(PACE, undefined, { signal }).catch(() => undefined);
        if (!signal.aborted) await this.#append(draft);
      }
    } catch (error) {
      this.#log.info({ err: error }, 'Slack streams no draft here.');
    }
  }

  async #start(draft: Draft): Promise<void> {
    const { conversation: channel, thread: thread_ts, route } = draft.address;
    const text = draft.wanted;
    const { ts } = await this.#client.chat.startStream({
      channel,
      thread_ts,
      markdown_text: text,
      ...(route['askerTeam'] ? { recipient_team_id: route['askerTeam'] } : {}),
      ...(route['asker'] ? { recipient_user_id: route['asker'] } : {}),
    });
    draft.messageId = ts;
    draft.sent = text;
  }

  async #append(draft: Draft): Promise<void> {
    const text = draft.wanted;
    if (text === draft.sent || !draft.messageId) return;
    const { conversation: channel } = draft.address;
    const markdown_text = text.slice(draft.sent.length);
    try {
      await this.#client.chat.appendStream({ channel, ts: draft.messageId, markdown_text });
      draft.sent = text;
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) throw error;
      await pause(error.retryAfter * 1000, undefined, { signal: draft.ended.signal }).catch(() => undefined);
    }
  }
}

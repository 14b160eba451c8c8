import { setTimeout as pause } from 'node:timers/promises';
import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Trouble } from '../../chat/trouble.ts';
import type { SlackConfig } from '../../config.ts';
import { asBoltLogger, clientOptions } from './client.ts';
import { accessTrouble, asSendFailure } from './failures.ts';

/** Pauses between attempts to connect, in milliseconds; the last one from then on. */
const PAUSES = [1_000, 2_000, 5_000, 15_000, 60_000];

export interface SocketParts {
  readonly config: SlackConfig;
  readonly appToken: string;
  readonly log: Logger;
  /** Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

/**
 * Socket Mode: Steward calls Slack and keeps the connection open, over which Slack delivers. Deliveries are acknowledged when the
 * turn is stored; what is not acknowledged, Slack delivers again.
 */
export class Socket implements Receiver {
  readonly #parts: SocketParts;
  readonly #receiver: SocketModeReceiver;
  readonly #stopped = new AbortController();
  #connecting: Promise<void> | undefined;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    const { config, appToken, log } = parts;
    this.#receiver = new SocketModeReceiver({
      appToken,
      logger: asBoltLogger(log),
      // Its own attempts end the process when Slack refuses one.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: clientOptions(config, log) },
      processEventErrorHandler: async ({ error }) => {
        log.error({ err: error }, 'A delivery from Slack could not be stored; Slack delivers it again.');
        return false;
      },
    });
  }

  init(app: App): void {
    const acknowledgeLater = async (event: ReceiverEvent) => {
      const responses: unknown[] = [];
      const ack = async (response?: unknown) => void responses.push(response);
      await app.processEvent({ ...event, ack } as ReceiverEvent);
      if (responses.length > 0) await event.ack(responses[0] as never);
    };
    this.#receiver.init({ processEvent: acknowledgeLater } as unknown as App);
  }

  /** Connects, and connects anew whenever the connection ends. Does not wait for Slack. */
  async start(): Promise<void> {
    this.#connecting = this.#stayConnected();
  }

  /** Takes no more deliveries. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#receiver.stop();
    await this.#connecting;
  }

  async #stayConnected(): Promise<void> {
    const { signal } = this.#stopped;
    const { client } = this.#receiver;
    let failures = 0;
    while (!signal.aborted) {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      client.once('disconnected', () => resolve());
      try {
        await client.start();
        failures = 0;
        if (signal.aborted) await this.#receiver.stop();
        await ended;
      } catch (error) {
        if (!signal.aborted) await this.#report(error);
      }
      if (signal.aborted) break;
      const wait = PAUSES[Math.min(failures, PAUSES.length - 1)];
      failures += 1;
      await pause(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  async #report(error: unknown): Promise<void> {
    const { log, tell } = this.#parts;
    const failure = asSendFailure(error, 'Slack');
    log.warn({ err: failure }, 'There is no connection to Slack; it is tried again.');
    if (accessTrouble(error)) await tell(refusedAppToken(failure.message));
  }
}

function refusedAppToken(message: string): Trouble {
  return {
    cause: 'slack:app-token',
    text:
      `${message} That was about SLACK_APP_TOKEN, with which I ask for a connection, so I hear nobody in Slack. Compare it with the ` +
      'app-level token on the page of the app (it needs the permission `connections:write`), set it and start me again.',
    silences: 'slack',
  };
}

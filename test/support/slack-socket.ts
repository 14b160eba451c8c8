import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SlackStandIn } from './slack.ts';
import { Arrivals } from './stand-in.ts';

/** What came back for a delivery. */
export interface Acknowledgement {
  readonly envelope_id: string;
  readonly payload?: { readonly response_action?: string; readonly [key: string]: unknown };
}

/** Slack's side of Socket Mode: `apps.connections.open` of a stand-in leads to a WebSocket here. */
export class SlackSocketStandIn {
  readonly acknowledgements = new Arrivals<Acknowledgement>();
  /** Connections that were opened. */
  readonly connections = new Arrivals<WebSocket>();
  readonly #server: WebSocketServer;
  #socket: WebSocket | undefined;

  constructor(slack: SlackStandIn) {
    this.#server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    this.#server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data) => this.acknowledgements.push(JSON.parse(String(data))));
      socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0' } }));
      this.connections.push(socket);
    });
    onTestFinished(() => {
      for (const socket of this.#server.clients) socket.terminate();
      this.#server.close();
    });
    slack.socketUrl = () => `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/link`;
  }

  /** Settings that lead Steward here, beside those of the stand-in. */
  get settings(): Record<string, string> {
    return { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-test' };
  }

  /** @returns the delivery's id, under which it is acknowledged */
  deliver(type: 'events_api' | 'slash_commands' | 'interactive', payload: unknown): string {
    const envelope_id = randomUUID();
    this.#socket?.send(
      JSON.stringify({ envelope_id, type, payload, accepts_response_payload: type !== 'events_api', retry_attempt: 0 }),
    );
    return envelope_id;
  }

  /** Has Steward connect anew, as Slack does every few hours. */
  refresh(): void {
    this.#socket?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  }

  async acknowledged(envelope: string): Promise<Acknowledgement> {
    return this.acknowledgements.next(({ envelope_id }) => envelope_id === envelope);
  }
}

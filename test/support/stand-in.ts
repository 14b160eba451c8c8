import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { onTestFinished } from 'vitest';

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Key and certificate for 127.0.0.1, trusted by the tests' processes alone. */
const CERTIFICATE = readFileSync(new URL('./stand-in.pem', import.meta.url), 'utf8');

export interface StandInReply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Bytes as they are, everything else as JSON. */
  readonly body: unknown;
}

/** A local HTTP server in the place of one that no test can reach; closed when the test is over. */
export async function standIn(
  answer: (request: StandInRequest, url: string) => StandInReply | Promise<StandInReply>,
  protocol: 'http' | 'https' = 'http',
): Promise<string> {
  let url = '';
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url: path = '', headers } = request;
    const reply = await answer({ method, path, headers, body }, url);
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body));
  };
  if (protocol === 'https') setDefaultCACertificates([...getCACertificates('default'), CERTIFICATE]);
  const server =
    protocol === 'https' ? createTlsServer({ key: CERTIFICATE, cert: CERTIFICATE }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return url;
}

/** Things that happen in an order and are awaited one by one. */
export class Arrivals<T> {
  readonly all: T[] = [];
  readonly #waiting: T[] = [];
  readonly #wakers = new Set<() => void>();

  push(arrival: T): void {
    this.all.push(arrival);
    this.#waiting.push(arrival);
    for (const wake of this.#wakers) wake();
  }

  /** The next one, of a kind, that was not taken yet. */
  async next(isWanted: (arrival: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const index = this.#waiting.findIndex(isWanted);
      if (index >= 0) return this.#waiting.splice(index, 1)[0] as T;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#wakers.delete(wake);
          resolve();
        };
        this.#wakers.add(wake);
      });
    }
  }

  /** Leaves out everything that has arrived so far. */
  skipToEnd(): void {
    this.#waiting.length = 0;
  }
}

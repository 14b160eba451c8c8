import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { isUnreachable } from '../database/database.ts';

export interface ServerProbes {
  /** Rejects while the database cannot be reached. */
  readonly ready: () => Promise<void>;
  /** In Prometheus's text format. */
  readonly metrics: () => Promise<string>;
}

/** The web server for the platforms, with health and metrics. Adapters mount their endpoints on it. */
export function platformServer(probes: ServerProbes): Express {
  const server = express();
  server.disable('x-powered-by');
  server.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  server.get('/readyz', async (_request, response) => {
    try {
      await probes.ready();
      response.json({ status: 'ready' });
    } catch {
      response.status(503).json({ status: 'the database cannot be reached' });
    }
  });
  server.get('/metrics', async (_request, response) => {
    response.type('text/plain').send(await probes.metrics());
  });
  return server;
}

/**
 * Refuses bad requests in one line, without what went wrong inside: that goes to the log, without what was asked. Mounted after
 * all endpoints.
 */
export function refuseBadRequest(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const status = Number(error?.status ?? error?.statusCode);
    const isClientError = status >= 400 && status < 500;
    if (!isClientError) log.error({ err: error, method: request.method, path: request.path }, 'A request failed.');
    if (response.headersSent) return next(error);
    if (isClientError) response.status(status).json({ error: 'This request cannot be read.' });
    else if (isUnreachable(error)) response.status(503).json({ error: 'This cannot be taken in at the moment.' });
    else response.status(500).json({ error: 'Internal error.' });
  };
}

export interface Listener {
  readonly port: number;
  /** Takes no new requests and waits for those in flight. */
  close(): Promise<void>;
}

/**
 * @param host undefined listens on every interface
 * @throws when the port is taken
 */
export async function listen(app: Express, port: number, host?: string): Promise<Listener> {
  const server = createServer(app);
  const close = closeable(server);
  await bind(server, port, host);
  return { port: (server.address() as AddressInfo).port, close };
}

/**
 * To be asked before long work whose result would be listened for there.
 *
 * @throws when the port is taken
 */
export async function refuseTakenPort(port: number, host?: string): Promise<void> {
  const server = createServer();
  await bind(server, port, host);
  await new Promise((resolve) => server.close(resolve));
}

function bind(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

/**
 * Browsers open connections before they need them, and come back over old ones. Node's own `close` waits for the former for
 * ever, and answers the latter while it waits.
 *
 * @returns a function that ends every connection as soon as no request is in flight on it
 */
function closeable(server: Server): () => Promise<void> {
  const quiet = new Set<Socket>();
  let isClosing = false;
  server.on('connection', (socket) => {
    quiet.add(socket);
    socket.on('close', () => quiet.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    quiet.delete(socket);
    response.on('close', () => {
      if (isClosing) socket.end();
      else if (!socket.destroyed) quiet.add(socket);
    });
  });
  return () =>
    new Promise((resolve, reject) => {
      isClosing = true;
      server.close((error) => (error ? reject(error) : resolve()));
      for (const socket of quiet) socket.destroy();
    });
}

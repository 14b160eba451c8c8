import { App, type Receiver as BoltReceiver, ExpressReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Receiver } from '../../chat/channel.ts';
import type { Trouble } from '../../chat/trouble.ts';
import type { SlackConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import { asBoltLogger, clientOptions } from './client.ts';
import { Drafts } from './drafts.ts';
import { registerListeners } from './listeners.ts';
import { Modals } from './modals.ts';
import { listenToOccasions } from './occasions.ts';
import { SlackChannel } from './slack-channel.ts';
import { Socket } from './socket.ts';

export interface SlackParts {
  readonly config: SlackConfig;
  /** Whether `/aims TEXT` leads to a form. */
  readonly opensForm: (command: string) => boolean;
  readonly receiver: Receiver;
  readonly log: Logger;
  /** Told of what an administrator has to mend. Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

/** Larger than anything Slack sends. */
const BODY_LIMIT = '512kb';

/**
 * Slack, through Bolt: over HTTP, where `POST /slack/events` takes events, commands and interactions, or in Socket Mode. Both have
 * the same listeners.
 */
export function slackAdapter(parts: SlackParts): Adapter {
  const { config, receiver, log } = parts;
  const client = new WebClient(config.botToken, clientOptions(config, log));
  const modals = new Modals(client, log);
  const drafts = new Drafts(client, log);
  const listen = (entrance: BoltReceiver) => {
    const app = boltApp(entrance, parts);
    registerListeners(app, { receiver, modals, opensForm: parts.opensForm });
    listenToOccasions(app, { client, ...parts });
  };
  const channel = new SlackChannel({ config, client, modals, drafts });
  const { entrance } = config;
  if (entrance.kind === 'http') {
    return { channel, mount: (server) => listen(overHttp(server, entrance.signingSecret, log)) };
  }
  const socket = new Socket({ ...parts, appToken: entrance.appToken });
  listen(socket);
  return { channel, mount: () => {}, start: () => socket.start(), stop: () => socket.stop() };
}

function boltApp(receiver: BoltReceiver, { config, log }: SlackParts): App {
  const app = new App({
    receiver,
    // One workspace, one token: there is nothing to look up, and nothing to fail, before a delivery is stored.
    authorize: async () => ({ botToken: config.botToken }),
    ignoreSelf: false,
    clientOptions: clientOptions(config, log),
    logger: asBoltLogger(log),
  });
  app.error(async (error) => {
    throw error;
  });
  return app;
}

function overHttp(server: Express, signingSecret: string, log: Logger): ExpressReceiver {
  return new ExpressReceiver({
    signingSecret,
    app: server,
    // Slack hears nothing before the turn is stored, and an error status where it could not be.
    processBeforeResponse: true,
    bodyLimit: BODY_LIMIT,
    logger: asBoltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ err: error }, 'A delivery from Slack could not be stored; Slack delivers it again.');
      if (!response.headersSent) response.writeHead(503).end();
      return false;
    },
  });
}

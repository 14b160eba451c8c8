import { App, ExpressReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Express } from 'express';
import type { Logger } from 'pino';
import type { Receiver } from '../../chat/channel.ts';
import type { SlackConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import { asBoltLogger, clientOptions } from './client.ts';
import { registerListeners } from './listeners.ts';
import { Modals } from './modals.ts';
import { SlackChannel } from './slack-channel.ts';

export interface SlackParts extends SlackConfig {
  /** Whether `/aims TEXT` leads to a form. */
  readonly opensForm: (command: string) => boolean;
}

/** Larger than anything Slack sends. */
const BODY_LIMIT = '512kb';

/** Slack over HTTP, through Bolt: `POST /slack/events` takes events, commands and interactions. */
export function slackAdapter(parts: SlackParts, receiver: Receiver, log: Logger): Adapter {
  const options = clientOptions(parts, log);
  const client = new WebClient(parts.botToken, options);
  const modals = new Modals(client, log);
  return {
    channel: new SlackChannel(client, modals),
    mount(server: Express) {
      const expressReceiver = new ExpressReceiver({
        signingSecret: parts.signingSecret,
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
      const app = new App({
        receiver: expressReceiver,
        // One workspace, one token: there is nothing to look up, and nothing to fail, before a delivery is stored.
        authorize: async () => ({ botToken: parts.botToken }),
        ignoreSelf: false,
        clientOptions: options,
        logger: asBoltLogger(log),
      });
      app.error(async (error) => {
        throw error;
      });
      registerListeners(app, { receiver, modals, opensForm: parts.opensForm });
    },
  };
}

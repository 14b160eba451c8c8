import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Receiver } from '../../chat/channel.ts';
import type { TeamsConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import { handleInvoke } from './invoke.ts';
import { joinedConversation } from './people-events.ts';
import { TeamsChannel } from './teams-channel.ts';
import { Refused, TeamsTransport } from './transport.ts';
import { messageTurn } from './turns.ts';

/** Larger than anything Teams sends. */
const BODY_LIMIT = '512kb';

/** Microsoft Teams through botbuilder: `POST /api/messages` takes activities. */
export function teamsAdapter(config: TeamsConfig, receiver: Receiver, log: Logger): Adapter {
  const transport = new TeamsTransport(config, log);
  const channel = new TeamsChannel(transport, config.tenantId);
  return {
    channel,
    mount(server: Express) {
      server.post('/api/messages', express.json({ limit: BODY_LIMIT }), async (request, response) => {
        try {
          const answer = await transport.receive(request.get('authorization') ?? '', request.body, async (activity) => {
            if (activity.type === 'invoke') return handleInvoke(activity, config, receiver, channel);
            const joined = joinedConversation(activity, config);
            if (joined) await receiver.joined(joined);
            const turn = messageTurn(activity, config);
            if (!turn) return undefined;
            channel.remember(turn);
            await receiver.receive(turn);
            return undefined;
          });
          response.status(answer?.status ?? 200).json(answer?.body ?? {});
        } catch (error) {
          if (error instanceof Refused) {
            response.status(error.status).json({ error: error.message });
            return;
          }
          log.error({ err: error }, 'An activity from Teams could not be stored; Teams delivers it again.');
          response.status(503).json({ error: 'This cannot be taken in at the moment.' });
        }
      });
    },
  };
}

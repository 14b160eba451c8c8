import express, { type Express } from 'express';
import type { Logger } from 'pino';
import type { Receiver } from '../../chat/channel.ts';
import type { Trouble } from '../../chat/trouble.ts';
import type { Turn } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import type { IncomingActivity, InvokeAnswer } from './activity.ts';
import { BotbuilderTransport } from './botbuilder-transport.ts';
import { takeEvent } from './events.ts';
import { takeInvoke } from './invoke.ts';
import { TeamsChannel } from './teams-channel.ts';
import { Refused } from './transport.ts';
import { isAddressed, isInThread, messageTurn, namesSomebody, turnOf } from './turns.ts';

/** Larger than anything Teams sends. */
const BODY_LIMIT = '512kb';

export interface TeamsParts {
  readonly config: TeamsConfig;
  readonly receiver: Receiver;
  readonly log: Logger;
  /** Told of what an administrator has to mend. Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

/** Microsoft Teams: `POST /api/messages` takes activities. */
export function teamsAdapter(parts: TeamsParts): Adapter {
  const { config, receiver, log } = parts;
  const transport = new BotbuilderTransport(config);
  const channel = new TeamsChannel(transport, config);
  const take = async (turn: Turn): Promise<void> => {
    channel.remember(turn);
    await receiver.receive(turn);
  };
  const handle = async (activity: IncomingActivity): Promise<InvokeAnswer | undefined> => {
    if (activity.type === 'invoke') {
      return takeInvoke(activity, config, receiver, (content) => take(turnOf(activity, config, content)));
    }
    const turn = messageTurn(activity, config) ?? (await takeEvent(activity, parts));
    if (turn && (await isForSteward(activity, turn, receiver))) await take(turn);
    return undefined;
  };
  return {
    channel,
    mount(server: Express) {
      server.post('/api/messages', express.json({ limit: BODY_LIMIT }), async (request, response) => {
        try {
          const answer = await transport.receive(request.get('authorization') ?? '', request.body, handle);
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

/** With the permission to read a team's channels, Teams delivers whatever is said there. */
async function isForSteward(activity: IncomingActivity, { sender, address, content }: Turn, receiver: Receiver) {
  if (content.kind !== 'message' || isAddressed(activity)) return true;
  if (content.text === '') return false;
  return isInThread(activity) && (await receiver.follows(sender, address, namesSomebody(activity)));
}

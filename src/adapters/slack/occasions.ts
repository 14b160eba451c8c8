import type { App, EnvelopedEvent } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Receiver } from '../../chat/channel.ts';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import type { Trouble } from '../../chat/trouble.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import { accessTrouble, refusedToken } from './failures.ts';
import { homeView } from './home.ts';

export interface OccasionParts {
  readonly client: WebClient;
  readonly receiver: Receiver;
  readonly log: Logger;
  /** Never rejects. */
  readonly tell: (trouble: Trouble) => Promise<void>;
}

const HomeOpened = z.object({ user: z.string(), channel: z.string(), tab: z.string().optional() });

const TokensRevoked = z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) });

/** What happens in Slack that is no turn of anybody. Nothing waits for what is done about it, and nothing is stored. */
export function listenToOccasions(app: App, parts: OccasionParts): void {
  app.event('app_home_opened', async ({ body }) => {
    const parsed = HomeOpened.safeParse(body.event);
    if (parsed.success) void welcome(parts, body, parsed.data);
  });
  app.event('tokens_revoked', async ({ body }) => {
    const revoked = TokensRevoked.safeParse(body.event).data?.tokens.bot ?? [];
    if (revoked.length > 0) void parts.tell(refusedToken('token_revoked'));
  });
  app.event('app_uninstalled', async () => void parts.tell(refusedToken('app_uninstalled')));
}

async function welcome(
  { client, receiver, log, tell }: OccasionParts,
  { team_id: workspace }: EnvelopedEvent,
  { user, channel, tab }: z.infer<typeof HomeOpened>,
): Promise<void> {
  const sender: Sender = { platform: 'slack', workspace, userId: user };
  const place: Address = { platform: 'slack', workspace, conversation: channel, thread: channel, route: {} };
  try {
    await receiver.arrive(sender, place);
    if (tab === 'home') {
      await client.views.publish({ user_id: user, view: homeView(await receiver.home(sender, place), place) });
    } else {
      await client.assistant.threads.setSuggestedPrompts({
        channel_id: channel,
        title: 'Ask, for example:',
        prompts: SUGGESTED_QUESTIONS.map((question) => ({ title: question, message: question })),
      });
    }
  } catch (error) {
    const trouble = accessTrouble(error);
    if (trouble) await tell(trouble);
    log.warn({ err: error }, 'Somebody opened Steward in Slack and could not be welcomed.');
  }
}

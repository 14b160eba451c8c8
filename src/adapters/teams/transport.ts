import { createRequire } from 'node:module';
import type { Configuration } from '@azure/msal-node';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type InvokeResponse,
  type TeamsChannelAccount,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationError, MsalServiceClientCredentialsFactory } from 'botframework-connector';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { TeamsConfig } from '../../config.ts';
import { readMembers } from './membership.ts';

const require = createRequire(import.meta.url);

// The class that botframework-connector uses, which is not the one that an import gives.
const { ConfidentialClientApplication } = require('@azure/msal-node') as {
  ConfidentialClientApplication: new (configuration: Configuration) => TokenClient;
};
type TokenClient = ConstructorParameters<typeof MsalServiceClientCredentialsFactory>[1];

// botbuilder 4.23.3 drops every field of an entity but three when it sends: citations and the AI label with them.
require('botframework-connector/lib/connectorApi/models/mappers').Entity.type.additionalProperties = {
  type: { name: 'Object' },
};

/** A request is refused; the status says why, the message is for its sender. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: 400 | 401 | 403;

  constructor(status: Refused['status'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const IncomingActivity = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  serviceUrl: z.url(),
  channelId: z.string(),
  conversation: z.looseObject({ id: z.string() }),
  from: z.looseObject({ id: z.string() }),
  recipient: z.looseObject({ id: z.string() }),
});

/** A call to Teams that takes longer is given up, in milliseconds. The outbox decides what then. */
const CALL_TIMEOUT = 20_000;

/** The one place that knows botbuilder: activities in, with their tokens checked, and activities out. */
export class TeamsTransport {
  readonly #adapter: AuthenticatingAdapter;
  readonly #config: TeamsConfig;

  constructor(config: TeamsConfig, log: Logger) {
    this.#config = config;
    this.#adapter = new AuthenticatingAdapter(
      new ConfigurationBotFrameworkAuthentication(
        {
          MicrosoftAppId: config.appId,
          MicrosoftAppTenantId: config.tenantId,
          MicrosoftAppType: 'SingleTenant',
          ...config.cloud,
        },
        new MsalServiceClientCredentialsFactory(config.appId, tokenClient(config)),
      ),
    );
    this.#adapter.onTurnError = async (_context, error) => {
      log.debug({ err: error }, 'A Teams turn failed.');
      throw error;
    };
  }

  /**
   * Checks who sent an activity, and hands it on.
   *
   * @returns what an invoke is answered with
   * @throws Refused, and whatever `handle` throws
   */
  async receive(
    authorization: string,
    body: unknown,
    handle: (activity: Activity) => Promise<InvokeResponse | undefined>,
  ): Promise<InvokeResponse | undefined> {
    const parsed = IncomingActivity.safeParse(body);
    if (!parsed.success) throw new Refused(400, 'This is no activity.');
    const activity = parsed.data as unknown as Activity;
    let answer: InvokeResponse | undefined;
    try {
      await this.#adapter.authenticate(authorization, activity, async (context) => {
        if (tenantOf(context.activity) !== this.#config.tenantId) {
          throw new Refused(403, 'Steward serves another organisation.');
        }
        answer = await handle(context.activity);
      });
    } catch (error) {
      throw error instanceof AuthenticationError
        ? new Refused(401, 'The token is not valid.', { cause: error })
        : error;
    }
    return answer;
  }

  /** @returns the id of the message */
  async send(reference: Partial<ConversationReference>, activity: Partial<Activity>): Promise<string | undefined> {
    return this.#within(reference, async (context) => (await context.sendActivity(activity))?.id);
  }

  async member(reference: Partial<ConversationReference>, userId: string): Promise<TeamsChannelAccount> {
    return this.#within(reference, (context) => TeamsInfo.getMember(context, userId));
  }

  /** Everybody in a conversation. @throws MembersUnknown where there are too many */
  async members(reference: Partial<ConversationReference>): Promise<TeamsChannelAccount[]> {
    return this.#within(reference, readMembers);
  }

  async #within<T>(reference: Partial<ConversationReference>, work: (context: TurnContext) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`Teams did not answer within ${CALL_TIMEOUT} ms.`)),
        CALL_TIMEOUT,
      );
      this.#adapter
        .continueConversationAsync(this.#config.appId, reference, async (context) => resolve(await work(context)))
        .catch(reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

/** Gets Steward's own tokens, from the configured cloud alone: no other host is asked whether that one may be trusted. */
export function tokenClient({ appId, appPassword, tenantId, cloud }: TeamsConfig): TokenClient {
  const authority = cloud['ToChannelFromBotLoginUrl'] ?? `https://login.microsoftonline.com/${tenantId}`;
  return new ConfidentialClientApplication({
    auth: { clientId: appId, clientSecret: appPassword, authority, knownAuthorities: [new URL(authority).host] },
  });
}

/** Checks tokens as botbuilder's own `process` does, and leaves the HTTP answer to us. */
class AuthenticatingAdapter extends CloudAdapter {
  async authenticate(authorization: string, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    await this.processActivity(authorization, activity, logic);
  }
}

function tenantOf({ conversation, channelData }: Activity): string | undefined {
  return conversation.tenantId ?? (channelData as { tenant?: { id?: string } } | undefined)?.tenant?.id;
}

import { createRequire } from 'node:module';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type TeamsChannelAccount,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationError, MsalServiceClientCredentialsFactory } from 'botframework-connector';
import type { TeamsConfig } from '../../config.ts';
import { IncomingActivity, type InvokeAnswer, type Member, type OutgoingActivity, type Reference } from './activity.ts';
import { tokenClient } from './token-client.ts';
import { Refused, type TeamsTransport, TransportFailure } from './transport.ts';

// botbuilder 4.23.3 drops what it does not know when it sends: of an entity citations, AI label and the state of a stream.
const mappers = createRequire(import.meta.url)('botframework-connector/lib/connectorApi/models/mappers');
mappers.Entity.type.additionalProperties = { type: { name: 'Object' } };

/** A call to Teams that takes longer is given up, in milliseconds. The outbox decides what then. */
const CALL_TIMEOUT = 20_000;

/** Members that Teams gives at a time. */
const MAX_PAGE = 500;

/** The one place that knows botbuilder. */
export class BotbuilderTransport implements TeamsTransport {
  readonly #adapter: AuthenticatingAdapter;
  readonly #config: TeamsConfig;

  constructor(config: TeamsConfig) {
    this.#config = config;
    this.#adapter = new AuthenticatingAdapter(
      new ConfigurationBotFrameworkAuthentication(
        {
          ...config.cloud,
          MicrosoftAppId: config.appId,
          MicrosoftAppTenantId: config.tenantId,
          MicrosoftAppType: 'SingleTenant',
        },
        new MsalServiceClientCredentialsFactory(config.appId, tokenClient(config)),
      ),
    );
    // Its own would print the error, answer in the chat, and hide it from whoever waits.
    this.#adapter.onTurnError = async (_context, error) => {
      throw error;
    };
  }

  async receive(
    authorization: string,
    body: unknown,
    handle: (activity: IncomingActivity) => Promise<InvokeAnswer | undefined>,
  ): Promise<InvokeAnswer | undefined> {
    const parsed = IncomingActivity.safeParse(body);
    if (!parsed.success) throw new Refused(400, 'This is no activity.');
    const activity = parsed.data;
    let answer: InvokeAnswer | undefined;
    try {
      await this.#adapter.authenticate(authorization, activity as unknown as Activity, async () => {
        if (tenantOf(activity) !== this.#config.tenantId) {
          throw new Refused(403, 'Steward serves another organisation.');
        }
        answer = await handle(activity);
      });
    } catch (error) {
      throw error instanceof AuthenticationError
        ? new Refused(401, 'The token is not valid.', { cause: error })
        : error;
    }
    return answer;
  }

  async send(reference: Reference, activity: OutgoingActivity): Promise<string | undefined> {
    const sent = await this.#within(reference, (context) => {
      tryOnce(context);
      if (reference.onlyFor !== undefined) showToRecipientAlone(context);
      return context.sendActivity(activity as Partial<Activity>);
    });
    return sent?.id || undefined;
  }

  async update(reference: Reference, id: string, activity: OutgoingActivity): Promise<void> {
    await this.#within(reference, (context) => context.updateActivity({ ...activity, id } as Partial<Activity>));
  }

  async remove(reference: Reference, id: string): Promise<void> {
    await this.#within(reference, (context) => context.deleteActivity(id));
  }

  async member(reference: Reference, userId: string): Promise<Member | undefined> {
    try {
      const member = await this.#within(reference, (context) => TeamsInfo.getMember(context, userId));
      return asMember(member);
    } catch (error) {
      if (error instanceof TransportFailure && error.status === 404) return undefined;
      throw error;
    }
  }

  async members(reference: Reference, most: number): Promise<readonly Member[] | undefined> {
    return this.#within(reference, async (context) => {
      const members: TeamsChannelAccount[] = [];
      let next: string | undefined;
      do {
        const page = await TeamsInfo.getPagedMembers(context, Math.min(most, MAX_PAGE), next);
        members.push(...page.members);
        next = page.continuationToken || undefined;
      } while (next && members.length < most);
      return next || members.length > most ? undefined : members.map(asMember);
    });
  }

  async #within<T>(reference: Reference, work: (context: TurnContext) => Promise<T>): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`Teams did not answer within ${CALL_TIMEOUT} ms.`)),
          CALL_TIMEOUT,
        );
        this.#adapter
          .continueConversationAsync(this.#config.appId, asConversationReference(reference), async (context) =>
            resolve(await work(context)),
          )
          .catch(reject)
          .finally(() => clearTimeout(timer));
      });
    } catch (error) {
      throw asTransportFailure(error);
    }
  }
}

/** Checks tokens as botbuilder's own `process` does, and leaves the HTTP answer to us. */
class AuthenticatingAdapter extends CloudAdapter {
  async authenticate(authorization: string, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    await this.processActivity(authorization, activity, logic);
  }
}

function asMember(account: TeamsChannelAccount): Member {
  const { id, aadObjectId, name, tenantId, userRole, email, userPrincipalName } = account;
  return { id, aadObjectId, name, tenantId, userRole, email: email ?? userPrincipalName };
}

function asConversationReference({ onlyFor, ...reference }: Reference): Partial<ConversationReference> {
  const user = onlyFor === undefined ? {} : { user: { id: onlyFor } };
  return { ...reference, ...user } as unknown as Partial<ConversationReference>;
}

/** The client of a context, which makes the calls of that context alone. */
function pipelineOf(context: TurnContext): Pipeline {
  return context.turnState.get<{ client: { pipeline: Pipeline } }>(context.adapter.ConnectorClientKey).client.pipeline;
}

interface Pipeline {
  addPolicy(policy: {
    readonly name: string;
    sendRequest<T extends { readonly url: string }, R>(request: T, next: (request: T) => R): R;
  }): void;
  removePolicy(policy: { readonly name: string }): void;
}

/** The client would send again what Teams may have taken and did not confirm. The outbox decides that. */
function tryOnce(context: TurnContext): void {
  pipelineOf(context).removePolicy({ name: 'defaultRetryPolicy' });
}

/** botbuilder has no word for messages that one person sees. */
function showToRecipientAlone(context: TurnContext): void {
  pipelineOf(context).addPolicy({
    name: 'targeted',
    sendRequest(request, next) {
      const url = new URL(request.url);
      url.searchParams.set('isTargetedActivity', 'true');
      return next({ ...request, url: url.href });
    },
  });
}

function tenantOf({ conversation, channelData }: IncomingActivity): string | undefined {
  return conversation.tenantId ?? channelData?.tenant?.id;
}

/** The errors of botbuilder, of the library that gets its tokens, and of the network. */
interface VendorError {
  readonly message?: string;
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly errorCode?: unknown;
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
}

function asTransportFailure(error: unknown): TransportFailure {
  const { message = String(error), statusCode, code, errorCode, response } = error as VendorError;
  const seconds = Number(response?.headers?.get?.('retry-after'));
  return new TransportFailure(message, {
    cause: error,
    status: typeof statusCode === 'number' ? statusCode : undefined,
    code: [errorCode, code].find((word): word is string => typeof word === 'string'),
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds : undefined,
  });
}

import { SendFailure } from '../../chat/channel.ts';
import type { Trouble } from '../../chat/trouble.ts';

/** Network errors after which nothing can have arrived. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Statuses with which Teams asks for another attempt. */
const TRY_AGAIN = new Set([412, 429]);

/** What Microsoft says of credentials that are not those of the app, or no longer. */
const WRONG_CREDENTIALS = new Set(['invalid_client', 'unauthorized_client']);

/** What an error of the connector's means for a message. @param conversation where it was to go */
export function asSendFailure(error: unknown, conversation: string): SendFailure {
  if (error instanceof SendFailure) return error;
  const status = statusOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (status === 401 || WRONG_CREDENTIALS.has((error as { errorCode?: string }).errorCode ?? '')) {
    return new SendFailure('Teams refuses the credentials.', 'retry', { cause: error, trouble: NO_ACCESS });
  }
  if (status !== undefined && status < 500) {
    const retryAfter = TRY_AGAIN.has(status) ? retryAfterOf(error) : undefined;
    return new SendFailure(`Teams answered ${status}.`, TRY_AGAIN.has(status) ? 'retry' : 'give-up', {
      cause: error,
      retryAfter,
      trouble: status === 403 || status === 404 ? placeTrouble(conversation) : undefined,
    });
  }
  const code = (error as { code?: string }).code;
  if (code && NOT_SENT.has(code))
    return new SendFailure(`Teams cannot be reached: ${code}.`, 'retry', { cause: error });
  return new SendFailure(`Teams did not confirm: ${reason}`, 'look', { cause: error });
}

const NO_ACCESS: Trouble = {
  cause: 'teams:credentials',
  text:
    'Microsoft Teams refuses my credentials, so I can answer nobody there. Look at the app registration in Azure: where its ' +
    'client secret has expired, make a new one, set it as TEAMS_APP_PASSWORD and start me again.',
  silences: 'teams',
};

/** @returns undefined for a personal chat, which concerns the person in it alone */
function placeTrouble(conversation: string): Trouble | undefined {
  if (!conversation.startsWith('19:')) return undefined;
  const text =
    `I cannot answer in the Teams conversation \`${conversation.replaceAll('`', '')}\`: I was removed from it, or it is gone. ` +
    'Where I am still wanted there, add the app again.';
  return { cause: `teams:conversation:${conversation}`, text };
}

export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' ? status : undefined;
}

function retryAfterOf(error: unknown): number | undefined {
  const headers = (error as { response?: { headers?: { get?(name: string): string | undefined } } }).response?.headers;
  const seconds = Number(headers?.get?.('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
}

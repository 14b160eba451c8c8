import { SendFailure } from '../../chat/channel.ts';
import { literally } from '../../chat/text.ts';
import type { Trouble } from '../../chat/trouble.ts';
import { TransportFailure } from './transport.ts';

/** Network errors after which nothing can have arrived. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Statuses with which Teams asks for another attempt, as its documentation on rate limits says. */
const TRY_AGAIN = new Set([412, 429, 502, 504]);

/** What Microsoft says of credentials that are not those of the app, or no longer. */
const WRONG_CREDENTIALS = new Set(['invalid_client', 'unauthorized_client']);

/** What a failure means for a message. @param conversation where it was to go */
export function asSendFailure(error: unknown, conversation: string): SendFailure {
  if (!(error instanceof TransportFailure)) {
    return new SendFailure(`Teams did not confirm: ${String(error)}`, 'look', { cause: error });
  }
  const { status, code = '', retryAfter } = error;
  if (status === 401 || WRONG_CREDENTIALS.has(code)) {
    return new SendFailure('Teams refuses the credentials.', 'retry', { cause: error, trouble: NO_ACCESS });
  }
  if (status !== undefined && TRY_AGAIN.has(status)) {
    return new SendFailure(`Teams answered ${status}.`, 'retry', { cause: error, retryAfter });
  }
  if (status !== undefined && status < 500) {
    const trouble = status === 403 || status === 404 ? placeTrouble(conversation) : undefined;
    return new SendFailure(`Teams answered ${status}.`, 'give-up', { cause: error, trouble });
  }
  if (NOT_SENT.has(code)) return new SendFailure(`Teams cannot be reached: ${code}.`, 'retry', { cause: error });
  return new SendFailure(`Teams did not confirm: ${error.message}`, 'look', { cause: error });
}

const NO_ACCESS: Trouble = {
  cause: 'teams:credentials',
  text:
    'Microsoft Teams refuses my credentials, so I can answer nobody there. Look at the app registration in Azure: where its ' +
    'client secret has expired, make a new one, set it as TEAMS_APP_PASSWORD and start me again.',
  silences: 'teams',
};

/**
 * @param name of the team, where it is known
 * @returns undefined for a personal chat, which concerns the person in it alone
 */
export function placeTrouble(conversation: string, name?: string): Trouble | undefined {
  if (!conversation.startsWith('19:')) return undefined;
  const place = name ? `team ${literally(name)}` : `conversation \`${conversation.replaceAll('`', '')}\``;
  const text =
    `I cannot answer in the Teams ${place}: I was removed from it, or it is gone. ` +
    'Where I am still wanted there, add the app again.';
  return { cause: `teams:conversation:${conversation}`, text };
}

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { SendFailure } from '../../chat/channel.ts';
import type { Trouble } from '../../chat/trouble.ts';

/** The person's permission to be answered in that place has passed. */
export class ResponseUrlExpired extends Error {
  override name = 'ResponseUrlExpired';
}

/** Slack's errors that pass by themselves. Whoever gets one knows that nothing was posted. */
const PASSING = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);

/** Errors after which the message may have been posted all the same. */
const DOUBTFUL = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** Errors that last until somebody mends the app or its token. A message waits for that as long as for anything else. */
const NO_ACCESS = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'no_permission',
]);

/** Errors of a channel in which Steward spoke before. */
const NO_PLACE: ReadonlyMap<string, string> = new Map([
  ['is_archived', 'it is archived'],
  ['not_in_channel', 'I am no member of it any more'],
  ['channel_not_found', 'I cannot find it any more; it was deleted, or is private and I was removed'],
]);

/** What an error of Slack's means for a message. @param conversation where it was to go */
export function asSendFailure(error: unknown, conversation: string): SendFailure {
  if (error instanceof SendFailure) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new SendFailure('Slack asks for a pause.', 'retry', { cause: error, retryAfter: error.retryAfter });
  }
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    const isPassing = PASSING.has(reason) || NO_ACCESS.has(reason);
    const next = isPassing ? 'retry' : DOUBTFUL.has(reason) ? 'look' : 'give-up';
    const trouble = troubleOf(reason, conversation);
    return new SendFailure(`Slack refused: ${reason}.`, next, { cause: error, trouble });
  }
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) {
    return new SendFailure(`Slack answered ${error.statusCode}.`, 'give-up', { cause: error });
  }
  if (error instanceof ResponseUrlExpired) return new SendFailure(error.message, 'give-up', { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new SendFailure(`Slack could not be reached: ${reason}`, 'look', { cause: error });
}

function troubleOf(reason: string, conversation: string): Trouble | undefined {
  if (NO_ACCESS.has(reason)) {
    const text =
      `Slack refuses my token (\`${reason}\`), so I can answer nobody there. Look at the app's page in Slack: install it ` +
      'again where it was removed or lacks a permission, set its token as SLACK_BOT_TOKEN and start me again.';
    return { cause: 'slack:token', text, silences: 'slack' };
  }
  const why = NO_PLACE.get(reason);
  // A direct conversation concerns the person in it alone.
  if (!why || !/^[CG]/.test(conversation)) return undefined;
  const text =
    `I cannot answer in the Slack channel \`${conversation.replaceAll('`', '')}\`: ${why}. ` +
    'Where I am still wanted there, invite me again with `/invite`.';
  return { cause: `slack:channel:${conversation}`, text };
}

export function isPlatformError(error: unknown, ...reasons: string[]): boolean {
  return error instanceof WebAPIPlatformError && reasons.includes(error.data.error);
}

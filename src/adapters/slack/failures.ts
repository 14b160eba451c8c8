import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { SendFailure } from '../../chat/channel.ts';
import type { Trouble } from '../../chat/trouble.ts';
import { isScope, SCOPES } from './permissions.ts';
import { ResponseUrlExpired } from './response-url.ts';

/** Slack's errors that pass by themselves. Whoever gets one knows that nothing was posted. */
const PASSING = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);

/** Errors after which the message may have been posted all the same. */
const DOUBTFUL = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** Errors that last until somebody mends the app or its token. A message waits for that as long as for anything else. */
const NO_ACCESS: ReadonlyMap<string, string> = new Map([
  ['invalid_auth', 'it is not the token of this app'],
  ['not_authed', 'there is none'],
  ['account_inactive', 'my account was deactivated, or the app was removed from the workspace'],
  ['token_revoked', 'it was revoked'],
  ['token_expired', 'it has expired'],
  ['missing_scope', 'it lacks a permission'],
  ['no_permission', 'the workspace does not allow it'],
  ['org_login_required', 'the workspace is being moved'],
  ['app_uninstalled', 'the app was removed from the workspace'],
]);

/** Errors of a channel in which Steward spoke before. */
const NO_PLACE: ReadonlyMap<string, string> = new Map([
  ['is_archived', 'it is archived'],
  ['not_in_channel', 'I am no member of it any more'],
  ['channel_not_found', 'I cannot find it any more; it was deleted, or is private and I was removed'],
  ['restricted_action', 'the workspace lets only some people write there'],
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
    const trouble = accessTrouble(error) ?? placeTrouble(reason, conversation);
    return new SendFailure(`Slack refused: ${reason}.`, next, { cause: error, trouble });
  }
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) {
    return new SendFailure(`Slack answered ${error.statusCode}.`, 'give-up', { cause: error });
  }
  if (error instanceof ResponseUrlExpired) return new SendFailure(error.message, 'give-up', { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new SendFailure(`Slack could not be reached: ${reason}`, 'look', { cause: error });
}

/** @returns undefined for an error that is no fault of the app or its token */
export function accessTrouble(error: unknown): Trouble | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const reason = error.data.error;
  const { needed } = error.data as { needed?: string };
  if (reason === 'missing_scope' && needed) return lackingScope(needed);
  return NO_ACCESS.has(reason) ? refusedToken(reason) : undefined;
}

/** @param reason Slack's word for it */
export function refusedToken(reason: string): Trouble {
  const text =
    `Slack refuses my token (\`${reason}\`): ${NO_ACCESS.get(reason) ?? 'it does not say why'}. So I can answer nobody there. Look ` +
    "at the app's page in Slack: install it again where it was removed or lacks a permission, set its token as SLACK_BOT_TOKEN " +
    'and start me again.';
  return { cause: 'slack:token', text, silences: 'slack' };
}

/** @param needed scopes with commas between */
function lackingScope(needed: string): Trouble {
  const scopes = needed.split(',').filter(isScope);
  const what = scopes.map((scope) => `\`${scope}\` (${SCOPES[scope]})`).join(', ');
  const text =
    `Slack does not let me do something: the app lacks a permission${what && `: ${what}`}. Run \`npm run manifests\`, put the new ` +
    'manifest into the app and install it again.';
  const isMute = scopes.includes('chat:write');
  return { cause: `slack:scope:${scopes.join(',')}`, text, ...(isMute ? { silences: 'slack' } : {}) };
}

function placeTrouble(reason: string, conversation: string): Trouble | undefined {
  const why = NO_PLACE.get(reason);
  // A direct conversation concerns the person in it alone.
  if (!why || !/^[CG]/.test(conversation)) return undefined;
  const text =
    `I cannot answer in the Slack channel \`${conversation.replaceAll('`', '')}\`: ${why}. ` +
    'Where I am still wanted there, invite me again with `/invite`.';
  return { cause: `slack:channel:${conversation}`, text };
}

/** @param reasons without any, whatever Slack's reason is */
export function isPlatformError(error: unknown, ...reasons: string[]): boolean {
  return error instanceof WebAPIPlatformError && (reasons.length === 0 || reasons.includes(error.data.error));
}

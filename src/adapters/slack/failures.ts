import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { SendFailure } from '../../chat/channel.ts';

/** The person's permission to be answered in that place has passed. */
export class ResponseUrlExpired extends Error {
  override name = 'ResponseUrlExpired';
}

/** Slack's errors that pass by themselves. Whoever gets one knows that nothing was posted. */
const PASSING = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);

/** Errors after which the message may have been posted all the same. */
const DOUBTFUL = new Set(['internal_error', 'fatal_error', 'request_timeout']);

/** What an error of Slack's means for a message. */
export function asSendFailure(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new SendFailure('Slack asks for a pause.', 'retry', { cause: error, retryAfter: error.retryAfter });
  }
  if (error instanceof WebAPIPlatformError) {
    const reason = error.data.error;
    const next = PASSING.has(reason) ? 'retry' : DOUBTFUL.has(reason) ? 'look' : 'give-up';
    return new SendFailure(`Slack refused: ${reason}.`, next, { cause: error });
  }
  if (error instanceof WebAPIHTTPError && error.statusCode < 500) {
    return new SendFailure(`Slack answered ${error.statusCode}.`, 'give-up', { cause: error });
  }
  if (error instanceof ResponseUrlExpired) return new SendFailure(error.message, 'give-up', { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new SendFailure(`Slack could not be reached: ${reason}`, 'look', { cause: error });
}

export function isPlatformError(error: unknown, ...reasons: string[]): boolean {
  return error instanceof WebAPIPlatformError && reasons.includes(error.data.error);
}

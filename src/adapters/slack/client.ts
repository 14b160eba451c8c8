import { LogLevel } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { SlackConfig } from '../../config.ts';

/** A call to Slack that takes longer is given up, in milliseconds. The outbox tries again. */
const CALL_TIMEOUT = 15_000;

/** How every client of Slack's Web API is set up. */
export function clientOptions({ apiUrl }: SlackConfig, log: Logger): WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    // The outbox repeats; a client that waits by itself would hold up everything behind it.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT,
    logger: asBoltLogger(log),
  };
}

/** Bolt's own messages go to the log; their texts name no person and no secret. */
export function asBoltLogger(log: Logger) {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message: unknown) => log[level](String(message));
  return {
    debug: () => {},
    info: say('debug'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

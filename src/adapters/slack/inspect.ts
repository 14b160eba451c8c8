import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { aheadOf } from '../../clock.ts';
import type { SlackConfig } from '../../config.ts';
import { clientOptions } from './client.ts';
import { asSendFailure } from './failures.ts';
import { SCOPES, type Scope } from './permissions.ts';

/** What Slack says of the token. */
export interface SlackInspection {
  /** Name and id of the workspace. */
  readonly workspace: string;
  /** Permissions that Steward needs and the token lacks. */
  readonly missing: readonly Scope[];
  /** Permissions that the token has and Steward does not use. */
  readonly unused: readonly string[];
  /** How far this machine's clock is ahead of Slack's, in milliseconds; undefined where Slack does not tell the time. */
  readonly ahead: number | undefined;
}

/**
 * Asks for a connection as Socket Mode does, and does not open it.
 *
 * @throws SendFailure where Slack refuses the token, or the app has Socket Mode off
 */
export async function inspectSocket(config: SlackConfig, appToken: string, log: Logger): Promise<void> {
  try {
    await new WebClient(appToken, clientOptions(config, log)).apps.connections.open();
  } catch (error) {
    throw asSendFailure(error, 'Slack');
  }
}

/** @throws SendFailure where Slack refuses the token or cannot be reached */
export async function inspectSlack(config: SlackConfig, log: Logger): Promise<SlackInspection> {
  let date: string | null = null;
  const client = new WebClient(config.botToken, {
    ...clientOptions(config, log),
    fetch: async (...request) => {
      const response = await fetch(...request);
      date = response.headers.get('date');
      return response;
    },
  });
  try {
    const { team, team_id, response_metadata } = await client.auth.test();
    const granted = new Set(response_metadata?.scopes);
    return {
      workspace: `${team} (${team_id})`,
      missing: (Object.keys(SCOPES) as Scope[]).filter((scope) => !granted.has(scope)),
      unused: [...granted].filter((scope) => !(scope in SCOPES)),
      ahead: aheadOf(date),
    };
  } catch (error) {
    throw asSendFailure(error, 'Slack');
  }
}

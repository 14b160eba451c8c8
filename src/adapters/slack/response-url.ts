import { SendFailure } from '../../chat/channel.ts';
import type { SlackMessage } from './render.ts';

/** A response URL that is gone: half an hour has passed, or five replies were sent. */
export class ResponseUrlExpired extends Error {
  override name = 'ResponseUrlExpired';
}

const EXPIRED = new Set([404, 410]);

const TIMEOUT = 15_000;

/**
 * Shows a message to the person alone who gave a command or pressed a button.
 *
 * @param replaces it takes the place of the message with the button
 * @throws ResponseUrlExpired
 */
export async function respond(url: string, message: SlackMessage, replaces: boolean): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...message, response_type: 'ephemeral', replace_original: replaces }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  await response.body?.cancel();
  if (EXPIRED.has(response.status)) throw new ResponseUrlExpired(`The response URL answers ${response.status}.`);
  if (response.status === 429) {
    const retryAfter = Number(response.headers.get('retry-after')) || 1;
    throw new SendFailure('Slack asks for a pause.', 'retry', { retryAfter });
  }
  if (!response.ok) throw new Error(`The response URL answers ${response.status}.`);
}

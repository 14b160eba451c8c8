import { readFileSync } from 'node:fs';
import type { App } from '../../src/app.ts';
import { type SlackStandIn, signedRequest } from './slack.ts';

/** What Slack sends, recorded: a file for each kind. */
export const PAYLOADS = new URL('../slack/payloads/', import.meta.url);

const FORM = { contentType: 'application/x-www-form-urlencoded' };

/** Sends a payload as Slack does. */
export async function replay(
  app: Pick<App, 'port'>,
  slack: SlackStandIn,
  name: string,
): Promise<{ status: number; body: string }> {
  const json = readFileSync(new URL(`${name}.json`, PAYLOADS), 'utf8')
    .replaceAll('RESPONSE_URL', `${slack.url}/response/${name}`)
    .replaceAll('https://files.slack.com', slack.url);
  const payload = JSON.parse(json);
  const isEvent = 'event' in payload || 'challenge' in payload;
  const form = 'command' in payload ? payload : { payload: json };
  const response = isEvent
    ? await signedRequest(app, json)
    : await signedRequest(app, new URLSearchParams(form).toString(), FORM);
  return { status: response.status, body: await response.text() };
}

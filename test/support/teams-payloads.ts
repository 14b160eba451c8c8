import { readFile } from 'node:fs/promises';
import type { App } from '../../src/app.ts';
import type { TeamsStandIn } from './teams.ts';

/** Activities as Microsoft's documentation shows them, of all that Teams delivers to a bot. */
export const PAYLOADS = new URL('../teams/payloads/', import.meta.url);

/** Where the file of `message-file` is in OneDrive. */
export const ATTACHED = '/personal/jon_contoso_com/_layouts/15/download.aspx?UniqueId=1150d938&tempauth=v1';

/** Delivers a recorded activity with a token, as Teams does. @param over texts in it, and what stands in their place */
export async function replay(
  app: Pick<App, 'port'>,
  teams: TeamsStandIn,
  name: string,
  over: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const recorded = await readFile(new URL(`${name}.json`, PAYLOADS), 'utf8');
  const serviceUrl = `${teams.url}/`;
  const servers = {
    'https://smba.trafficmanager.net/emea/': serviceUrl,
    'https://contoso-my.sharepoint.com': teams.url,
  };
  const places = Object.entries({ ...servers, ...over });
  const activity = places.reduce((json, [was, is]) => json.replaceAll(was, is), recorded);
  const response = await teams.post(app, activity, await teams.token({ serviceUrl }));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

import { AuthenticationConstants } from 'botframework-connector';
import { aheadOf } from '../../clock.ts';
import type { TeamsConfig } from '../../config.ts';
import { tokenClient } from './token-client.ts';

/** A call that takes longer is given up, in milliseconds. */
const CALL_TIMEOUT = 10_000;

/** Microsoft's servers refuse, or cannot be reached. */
export class TeamsRefusal extends Error {
  override name = 'TeamsRefusal';
  /** Microsoft's own code, such as AADSTS7000215, where it gives one. */
  readonly code: string | undefined;

  constructor(message: string, options?: ErrorOptions & { readonly code?: string | undefined }) {
    super(message, options);
    this.code = options?.code;
  }
}

/** Gets a token as an answer would need it. @throws TeamsRefusal */
export async function obtainToken(config: TeamsConfig): Promise<void> {
  const audience = config.cloud['ToChannelFromBotOAuthScope'] ?? AuthenticationConstants.ToChannelFromBotOAuthScope;
  try {
    const token = await tokenClient(config).acquireTokenByClientCredential({ scopes: [`${audience}/.default`] });
    if (token) return;
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const code = /AADSTS\d+/.exec(text)?.[0];
    // The rest of Microsoft's text names times and traces, and nothing that helps.
    throw new TeamsRefusal(
      code ? `Microsoft gives no token (${code}).` : 'The login server cannot be reached, or does not know the tenant.',
      { cause, code },
    );
  }
  throw new TeamsRefusal('Microsoft gives no token.');
}

/**
 * Fetches where the keys are by which requests from Teams are recognised.
 *
 * @returns how far this machine's clock is ahead of Microsoft's, in milliseconds; undefined where it does not tell the time
 * @throws TeamsRefusal
 */
export async function findKeys(config: TeamsConfig): Promise<number | undefined> {
  const url =
    config.cloud['ToBotFromChannelOpenIdMetadataUrl'] ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl;
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(CALL_TIMEOUT) });
  } catch (cause) {
    throw new TeamsRefusal(`${new URL(url).host} cannot be reached.`, { cause });
  }
  if (!response.ok) throw new TeamsRefusal(`${new URL(url).host} answers ${response.status}.`);
  return aheadOf(response.headers.get('date'));
}

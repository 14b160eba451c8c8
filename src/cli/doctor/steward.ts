/** How long whoever is asked has to answer, in milliseconds. */
const PATIENCE = 5_000;

/** Whether Steward's endpoints are at an address. */
export function isSteward(url: string): Promise<boolean> {
  return says(`${url}/healthz`, '{"status":"alive"}');
}

/** Whether Steward's web chat is at an address. */
export function isWebChat(url: string): Promise<boolean> {
  return says(url, '<title>Steward');
}

async function says(url: string, sign: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    return (await response.text()).includes(sign);
  } catch {
    return false;
  }
}

import { z } from 'zod';
import { FileUnavailable } from '../../chat/channel.ts';
import type { SharedFile } from '../../chat/turn.ts';
import type { IncomingActivity } from './activity.ts';

/** A file in a personal chat: Teams puts it into the person's OneDrive and gives an address that works for a while. */
const FileInfo = z.object({ downloadUrl: z.string().max(8_000), fileType: z.string().nullish() });

const FILE = 'application/vnd.microsoft.teams.file.download.info';

/** Fetching a file takes no longer, in milliseconds. */
const PATIENCE = 60_000;

const MAX_REDIRECTS = 3;

/** Files and pictures that came with a message. */
export function sharedFiles({ attachments }: IncomingActivity): SharedFile[] {
  return (attachments ?? []).flatMap(({ contentType, name, content }): SharedFile[] => {
    const file = { name: name || 'file', mediaType: undefined, size: undefined };
    if (contentType === FILE)
      return [{ ...file, source: { url: FileInfo.safeParse(content).data?.downloadUrl ?? '' } }];
    return contentType.startsWith('image/') ? [{ ...file, name: name || 'picture', source: { pasted: 'yes' } }] : [];
  });
}

/**
 * Fetches a file from OneDrive.
 *
 * @param limit in bytes
 * @param hosts whose addresses, and whose subdomains', are fetched; the address comes from outside
 * @throws FileUnavailable
 */
export async function downloadFile(file: SharedFile, limit: number, hosts: readonly string[]): Promise<Uint8Array> {
  if (file.source['pasted']) {
    throw new FileUnavailable('It was pasted into the message, where I cannot read it. Attach it as a file.');
  }
  try {
    const response = await fetchFrom(file.source['url'] ?? '', hosts, AbortSignal.timeout(PATIENCE));
    if (response.status === 401 || response.status === 403 || response.status === 404) {
      throw new FileUnavailable('I can no longer fetch it: Teams lets me for a short while only. Send it again.');
    }
    if (!response.ok) throw new FileUnavailable('I cannot fetch it at the moment. Send it again later.');
    return await readAtMost(response, limit);
  } catch (cause) {
    if (cause instanceof FileUnavailable) throw cause;
    throw new FileUnavailable('I cannot fetch it at the moment. Send it again later.', { cause });
  }
}

async function fetchFrom(address: string, hosts: readonly string[], signal: AbortSignal): Promise<Response> {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    refuseForeign(url, hosts);
    const response = await fetch(url, { redirect: 'manual', signal });
    const next = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || !next) return response;
    await response.body?.cancel();
    url = URL.parse(next, url)?.href ?? '';
  }
  throw new FileUnavailable('It is not where Teams says it is. Send it again.');
}

/** Keeps a forged address from leading Steward to servers of the house. */
function refuseForeign(address: string, hosts: readonly string[]): void {
  const url = URL.parse(address);
  const isKnown = url && hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  if (url?.protocol === 'https:' && isKnown) return;
  throw new FileUnavailable('I fetch files from OneDrive and SharePoint alone, and it is somewhere else.');
}

async function readAtMost(response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > limit) {
      throw new FileUnavailable(`It is larger than the ${Math.floor(limit / 1024 / 1024)} MB that I keep of one file.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { FileUnavailable } from '../../chat/channel.ts';
import type { SharedFile } from '../../chat/turn.ts';
import type { SlackConfig } from '../../config.ts';

/** The parts of a file that Steward reads. Of files in other organisations' channels, an event has the id alone. */
const SlackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});

/** Hosts of Slack's that hold files, with everything below them. Nobody else is shown the token. */
const FILE_HOSTS = ['slack.com', 'slack-files.com', 'slack-gov.com', 'slack-files-gov.com'];

/** A file that takes longer is given up, in milliseconds. */
const TIMEOUT = 60_000;

const MAX_REDIRECTS = 3;

export const SharedFiles = z.array(z.unknown()).transform((files) =>
  files.flatMap((file): SharedFile[] => {
    const parsed = SlackFile.safeParse(file);
    return parsed.success ? [sharedFile(parsed.data)] : [];
  }),
);

function sharedFile(file: z.infer<typeof SlackFile>): SharedFile {
  const url = file.url_private_download ?? file.url_private;
  return {
    name: file.name ?? file.title ?? 'file',
    mediaType: file.mimetype ?? undefined,
    size: file.size ?? undefined,
    source: { id: file.id, ...(file.mode ? { mode: file.mode } : {}), ...(url ? { url } : {}) },
  };
}

export interface FileParts {
  readonly client: WebClient;
  readonly config: Pick<SlackConfig, 'botToken' | 'apiUrl'>;
}

/**
 * @param limit in bytes
 * @throws FileUnavailable
 */
export async function downloadFile(parts: FileParts, file: SharedFile, limit: number): Promise<Uint8Array> {
  refuseMode(file.source['mode']);
  if (file.size !== undefined && file.size > limit) throw tooLarge(limit);
  const signal = AbortSignal.timeout(TIMEOUT);
  try {
    const url = file.source['url'] ?? (await urlOf(parts.client, file.source['id'] ?? ''));
    const response = await get(parts.config, url, signal, file);
    return await bytesOf(response, limit);
  } catch (error) {
    if (error instanceof FileUnavailable) throw error;
    const why = signal.aborted ? 'Slack took too long to hand it over' : 'Slack did not hand it over';
    throw new FileUnavailable(`${why}. Share it again in a while.`, { cause: error });
  }
}

function refuseMode(mode: string | undefined): void {
  if (mode === 'tombstone') throw new FileUnavailable('It was deleted in Slack.');
  if (mode === 'hidden_by_limit') throw new FileUnavailable('Slack keeps it back: the workspace is over its limit.');
  if (mode === 'external') {
    throw new FileUnavailable('It is kept with another service and only linked in Slack. Upload the file itself.');
  }
}

/** Asks Slack for what an event left out. */
async function urlOf(client: WebClient, id: string): Promise<string> {
  const { file } = await client.files.info({ file: id });
  refuseMode(file?.mode);
  const url = file?.url_private_download ?? file?.url_private;
  if (!url) throw new FileUnavailable('Slack does not say where it is.');
  return url;
}

async function get(config: FileParts['config'], address: string, signal: AbortSignal, file: SharedFile) {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    if (!isOfSlack(url, config)) throw new FileUnavailable('It is not kept in Slack. Upload the file itself.');
    const headers = { authorization: `Bearer ${config.botToken}` };
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    if (response.status < 300 || response.status >= 400) return accepted(response, file);
    await response.body?.cancel();
    url = new URL(response.headers.get('location') ?? '', url).href;
  }
  throw new FileUnavailable('Slack leads from one address to the next and never to the file.');
}

function isOfSlack(url: string, { apiUrl }: FileParts['config']): boolean {
  const { protocol, hostname, origin } = URL.parse(url) ?? {};
  // Where another host was configured for all of Slack.
  if (apiUrl && origin === new URL(apiUrl).origin) return true;
  return protocol === 'https:' && FILE_HOSTS.some((host) => hostname === host || hostname?.endsWith(`.${host}`));
}

function accepted(response: Response, { mediaType }: SharedFile): Response {
  if (response.status === 403 || response.status === 404) {
    throw new FileUnavailable('It is no longer in Slack, or I am not allowed to read it.');
  }
  if (!response.ok) throw new Error(`Slack answers ${response.status}.`);
  // In the place of a file that the token may not read, Slack sends the page on which people sign in.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (isPage && mediaType !== 'text/html') throw new FileUnavailable('Slack does not let me read it.');
  return response;
}

async function bytesOf(response: Response, limit: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body?.cancel();
    throw tooLarge(limit);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): FileUnavailable {
  return new FileUnavailable(`It is larger than the ${Math.floor(limit / 1024 / 1024)} MB that I keep of one file.`);
}

import { type Channel, FileUnavailable } from '../chat/channel.ts';
import type { Platform, SharedFile } from '../chat/turn.ts';

/** Fetches what somebody gave. @param limit in bytes @throws FileUnavailable */
export async function fetchFile(
  channels: ReadonlyMap<Platform, Channel>,
  platform: Platform,
  file: SharedFile,
  limit: number,
): Promise<Uint8Array> {
  const channel = channels.get(platform);
  if (!channel?.download) throw new FileUnavailable('I cannot fetch files here. Send it where you usually talk to me.');
  return channel.download(file, limit);
}

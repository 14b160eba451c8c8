import type { WebClient } from '@slack/web-api';
import { type Membership, MembersUnknown } from '../../chat/channel.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import { isPlatformError } from './failures.ts';

/** Members that Slack gives at a time, and pages that are read: a channel of more people is no closed circle. */
const PAGE = 200;
const MAX_PAGES = 2;

/** Whom Slack knows of a channel. */
export async function membershipOf(client: WebClient, { workspace, conversation }: Address): Promise<Membership> {
  try {
    const { channel } = await client.conversations.info({ channel: conversation });
    const { user_id: self } = await client.auth.test();
    const isShared = [
      channel?.is_shared,
      channel?.is_ext_shared,
      channel?.is_org_shared,
      channel?.is_pending_ext_shared,
    ].includes(true);
    const userIds = await memberIds(client, conversation, isShared);
    return {
      name: channel?.name && `#${channel.name}`,
      isPrivate: channel?.is_private === true,
      isShared,
      members: userIds.filter((id) => id !== self).map((userId): Sender => ({ platform: 'slack', workspace, userId })),
    };
  } catch (error) {
    if (!isPlatformError(error, 'channel_not_found', 'not_in_channel', 'is_archived')) throw error;
    throw new MembersUnknown('I am no member of this channel. Invite me with `/invite` first.', { cause: error });
  }
}

async function memberIds(client: WebClient, channel: string, isShared: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) });
    ids.push(...(answer.members ?? []));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor) return ids;
  }
  throw new MembersUnknown(`This channel has more than ${PAGE * MAX_PAGES} members, too many to look at each.`, {
    isShared,
  });
}

import { type TeamsChannelAccount, TeamsInfo, type TurnContext } from 'botbuilder';
import { type Membership, MembersUnknown } from '../../chat/channel.ts';
import type { Address, Sender } from '../../chat/turn.ts';

/** Members that Teams gives at a time, and pages that are read: a conversation of more people is no closed circle. */
const PAGE = 200;
const MAX_PAGES = 2;

/** All members of the conversation that a context is in. @throws MembersUnknown where there are too many */
export async function readMembers(context: TurnContext): Promise<TeamsChannelAccount[]> {
  const members: TeamsChannelAccount[] = [];
  let next: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await TeamsInfo.getPagedMembers(context, PAGE, next);
    members.push(...answer.members);
    next = answer.continuationToken || undefined;
    if (!next) return members;
  }
  throw new MembersUnknown(`This conversation has more than ${PAGE * MAX_PAGES} members, too many to look at each.`);
}

/**
 * Whom Teams knows of a conversation. A group chat and a private channel are for those who were let in; a standard channel is for
 * its whole team, and whether a team is public Teams does not tell.
 *
 * @param kind `groupChat` or `channel`, as Teams calls it
 */
export function membershipOf(
  members: readonly TeamsChannelAccount[],
  { route }: Address,
  kind: string | undefined,
  tenantId: string,
): Membership {
  return {
    name: undefined,
    isPrivate: kind === 'groupChat' || route['channelType'] === 'private',
    isShared: route['channelType'] === 'shared' || members.some((member) => (member.tenantId ?? tenantId) !== tenantId),
    members: members.map(
      ({ id, aadObjectId, tenantId: home }): Sender => ({
        platform: 'teams',
        workspace: home ?? tenantId,
        userId: aadObjectId ?? id,
      }),
    ),
  };
}

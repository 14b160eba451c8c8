import type { Membership } from '../../chat/channel.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import type { Member } from './activity.ts';

/** A conversation of more people is no closed circle. */
export const MOST_MEMBERS = 400;

/**
 * Whom Teams knows of a conversation. A group chat and a private channel are for those who were let in; a standard channel is for
 * its whole team, and whether a team is public Teams does not tell.
 *
 * @param kind `groupChat` or `channel`, as Teams calls it
 */
export function membershipOf(
  members: readonly Member[],
  { route }: Address,
  kind: string | null | undefined,
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

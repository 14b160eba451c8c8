import type { UsersInfoResponse } from '@slack/web-api';
import type { Profile, Standing } from '../../chat/channel.ts';
import type { Sender } from '../../chat/turn.ts';

type User = UsersInfoResponse['user'];

/** What Slack says about a person. An address counts only where Slack has it confirmed. */
export function profileOf(user: User, sender: Sender): Profile {
  const name = user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name;
  const email = user?.is_email_confirmed ? user.profile?.email?.toLowerCase() : undefined;
  const standing = standingOf(user, sender);
  return { displayName: name ?? sender.userId, email: standing === 'member' ? email : undefined, standing };
}

function standingOf(user: User, { workspace }: Sender): Standing {
  if (!user?.id || user.is_bot) return 'unknown';
  if (user.deleted) return 'deactivated';
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? []), user.enterprise_user?.enterprise_id];
  if ((user as { is_stranger?: boolean }).is_stranger || !teams.includes(workspace)) return 'external';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'member';
}

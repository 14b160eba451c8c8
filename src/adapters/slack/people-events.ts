import type { EnvelopedEvent } from '@slack/bolt';
import type { UsersInfoResponse } from '@slack/web-api';
import { z } from 'zod';
import type { Profile } from '../../chat/channel.ts';
import type { Address, Sender } from '../../chat/turn.ts';
import { profileOf } from './profile.ts';

const Joined = z.object({ type: z.literal('member_joined_channel'), channel: z.string() });

const UserChange = z.object({
  type: z.literal('user_change'),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
});

/** Where somebody joined; undefined for another event. */
export function joinedChannel(body: EnvelopedEvent): Address | undefined {
  const { data: event } = Joined.safeParse(body.event);
  if (!event) return undefined;
  const { channel } = event;
  return { platform: 'slack', workspace: body.team_id, conversation: channel, thread: channel, route: {} };
}

/** Whom Slack says something new about, and what; undefined for another event. */
export function changedUser(body: EnvelopedEvent): { sender: Sender; profile: Profile } | undefined {
  const { data: event } = UserChange.safeParse(body.event);
  if (!event) return undefined;
  const { id, team_id } = event.user;
  const sender: Sender = { platform: 'slack', workspace: team_id ?? body.team_id, userId: id };
  return { sender, profile: profileOf(event.user as UsersInfoResponse['user'], sender) };
}

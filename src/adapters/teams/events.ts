import { actionId } from '../../chat/action-id.ts';
import type { Turn } from '../../chat/turn.ts';
import type { IncomingActivity } from './activity.ts';
import { placeTrouble } from './failures.ts';
import type { TeamsParts } from './teams.ts';
import { addressOf, isPerson, turnOf } from './turns.ts';

/**
 * What happens to a conversation: Steward is added or removed, or somebody joins. All other events are nothing to Steward.
 *
 * @returns the turn in which Steward says what it can do, once in each conversation
 */
export async function takeEvent(
  activity: IncomingActivity,
  { config, receiver, tell }: Pick<TeamsParts, 'config' | 'receiver' | 'tell'>,
): Promise<Turn | undefined> {
  const { type, action = '', conversation, channelData, recipient } = activity;
  const isInstallation = type === 'installationUpdate';
  if (!isInstallation && type !== 'conversationUpdate') return undefined;
  const added = (activity.membersAdded ?? []).map(({ id }) => id);
  const removed = (activity.membersRemoved ?? []).map(({ id }) => id);
  if (removed.includes(recipient.id) || (isInstallation && action?.startsWith('remove'))) {
    const trouble = placeTrouble(conversation.id, channelData?.team?.name ?? undefined);
    if (trouble) await tell(trouble);
    return undefined;
  }
  if (added.some((id) => id !== recipient.id) && conversation.conversationType !== 'personal') {
    await receiver.joined(addressOf(activity, config));
  }
  const isWelcome = added.includes(recipient.id) || (isInstallation && action === 'add');
  if (!isWelcome || !isPerson(activity)) return undefined;
  // Teams tells of it twice, and of some ways to add an app only in one of the two.
  return turnOf(activity, config, { kind: 'action', action: actionId('command', 'run', 'help') }, 'welcome');
}

import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Platform } from '../../chat/turn.ts';
import type { SendingOutcome } from '../../outbox/outbox.ts';
import type { Digest } from '../../records/digest/digest.ts';
import type { DigestChannel } from '../../records/digest/digest-channel.ts';
import { weekNumber } from '../../records/digest/schedule.ts';

const PLATFORMS: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Teams', web: 'web' };

/** How a conversation is called where people read of it. */
export function placeName({ name, person, address, setBy }: DigestChannel): string {
  if (person !== undefined) return 'your direct conversation with me';
  if (name) return literally(name);
  const id = `\`${address.conversation.replaceAll('`', '')}\``;
  return `the ${PLATFORMS[address.platform]} channel for which ${literally(setBy.name)} set it (${id})`;
}

function againButton({ id, attempt }: Digest, label: string): Action {
  return { id: actionId('digest', 'again', `${id}.${attempt}`), label, style: 'primary' };
}

/** Asks what the platform cannot tell. */
export function mayNotHaveArrived(channel: DigestChannel, digest: Digest): Reply {
  return notice(
    `The digest of week ${weekNumber(digest.period)} for ${placeName(channel)}: I was interrupted while I posted it, and the ` +
      'platform cannot tell me whether it arrived. It may not have arrived: post again? Look there first.',
    againButton(digest, 'Post it again'),
    { id: actionId('digest', 'arrived', `${digest.id}.${digest.attempt}`), label: 'It is there' },
  );
}

/** Says what to do where the platform does not take it. */
export function notTaken(
  channel: DigestChannel,
  digest: Digest,
  { failure, trouble }: Extract<SendingOutcome, { kind: 'refused' }>,
): Reply {
  const why = trouble ?? literally(failure);
  return notice(
    `The digest of week ${weekNumber(digest.period)} could not be posted to ${placeName(channel)}. ${why}\n\n` +
      'Once that is mended, post it again. Or write `/aims digest` in another channel, and it goes there from then on.',
    againButton(digest, 'Post it again'),
    stopButton(channel),
  );
}

/** Says what to do while it is tried again and again. */
export function keepsTrying(channel: DigestChannel, digest: Digest, trouble: string): Reply {
  return notice(
    `The digest of week ${weekNumber(digest.period)} has not reached ${placeName(channel)} yet. ${trouble}\n\n` +
      'I keep trying until the next one is due.',
    stopButton(channel),
  );
}

export function cannotSee(channel: DigestChannel): Reply {
  return notice(
    `The digest for ${placeName(channel)} is due, and I cannot see who is in it, so I post nothing there. If I was removed, or the ` +
      'app lacks a permission, mend that: invite me again, and let an administrator run `npm run doctor`. I keep trying.',
    stopButton(channel),
  );
}

export function readByOutsiders(channel: DigestChannel): Reply {
  return notice(
    `The digest for ${placeName(channel)} is due, and people who do not belong to the organisation can read it, so I post nothing ` +
      'there. Write `/aims digest` in another channel, and it goes there from then on.',
    stopButton(channel),
  );
}

function stopButton({ id }: DigestChannel): Action {
  return { id: actionId('digest', 'stop', String(id)), label: 'No digest there any more' };
}

import { notice } from '../chat/notice.ts';
import { showAgainButton } from '../chat/rest.ts';
import type { Address } from '../chat/turn.ts';
import type { OutgoingMessage } from './outbox.ts';

const ENDING = '~in-doubt';

/** Says, where a message was going, that its sending was interrupted and that the platform cannot tell whether it arrived. */
export function doubtNotice(key: string, address: Address): OutgoingMessage {
  const text = 'I was interrupted while I sent a message here, and cannot tell whether it arrived. If you miss it:';
  return { key: `${key}${ENDING}`, address, reply: notice(text, showAgainButton(key)) };
}

/** @param key of a message in the outbox */
export function isDoubtNotice(key: string): boolean {
  return key.endsWith(ENDING);
}

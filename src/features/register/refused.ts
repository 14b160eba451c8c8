import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import type { Refusal, SeenSystem } from '../../records/ai-system/change-systems.ts';

const WHY: Readonly<Record<Refusal, string>> = {
  changed_meanwhile: 'was changed since this was shown. Look at it once more',
  wrong_state: 'is in another state by now, in which that cannot be done',
  own: 'was submitted by the person who would decide on it. Somebody else has to; the deputy can',
  same: 'says that already',
  gone: 'is not in the register',
};

/** Why nothing was done, and where to look. */
export function refused(refusal: Refusal, id: number): Reply {
  return notice(`${systemKey(id)} ${WHY[refusal]}. Nothing was changed.`, showButton(id));
}

export function showButton(id: number) {
  return { id: actionId('register', 'show', String(id)), label: `Show ${systemKey(id)}` };
}

/** A system in the version that a button was shown with. @returns undefined for what no button carries */
export function parseSeen(argument: string): SeenSystem | undefined {
  const [, id, version] = /^(\d{1,15})\.(\d{1,9})$/.exec(argument) ?? [];
  return id && version ? { id: Number(id), version: Number(version) } : undefined;
}

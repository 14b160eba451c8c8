import { actionId, parseActionId } from './action-id.ts';
import type { Action, Reply } from './reply.ts';

/** Which message a button belongs to, and the parts that were shown of it. */
export interface Rest {
  /** The message's key in the outbox. */
  readonly key: string;
  readonly shown: number;
}

/** Shows what comes after the parts of a reply that are shown. The assistant answers it, on every platform. */
function restButton({ key, shown }: Rest): Action {
  return { id: actionId('rest', 'show', `${shown} ${key}`), label: 'Show the rest' };
}

/** @returns undefined for every other button */
export function parseRest(action: string): Rest | undefined {
  const id = parseActionId(action);
  const match = id?.feature === 'rest' ? /^(\d{1,6}) (.+)$/s.exec(id.argument) : null;
  return match ? { shown: Number(match[1]), key: match[2] ?? '' } : undefined;
}

/** Shows a reply from its beginning, where it may not have arrived. */
export function showAgainButton(key: string): Action {
  return { ...restButton({ key, shown: 0 }), label: 'Show it again' };
}

/** Some parts of a reply, with the button that leads on where more follow. */
export function withRest(parts: readonly Reply[], rest: Rest, isLast: boolean): readonly Reply[] {
  const last = parts.at(-1);
  if (isLast || !last || last.kind === 'form') return parts;
  return [...parts.slice(0, -1), { ...last, actions: [...last.actions, restButton(rest)] }];
}

/** What the first message shows of a reply in several parts. */
export function firstPart(parts: readonly Reply[], key: string): Reply {
  const [first] = withRest(parts.slice(0, 1), { key, shown: 1 }, parts.length < 2);
  if (!first) throw new Error('A reply has no parts.');
  return first;
}

import { randomBytes } from 'node:crypto';

/** A record that a button or form names: `12`, `12~k3f9` for one in a card of its own, `12~k3f9.4` in a version. */
export interface Target {
  readonly id: number;
  /** The card whose place the reply takes; undefined where the button stands in somebody else's message. */
  readonly card: string | undefined;
  /** The version that the person saw. */
  readonly version: number | undefined;
}

/** @returns undefined for what no button carries */
export function parseTarget(argument: string): Target | undefined {
  const [, id, card, version] = /^(\d{1,15})(?:~([a-z0-9]{1,16}))?(?:\.(\d{1,9}))?$/.exec(argument) ?? [];
  if (id === undefined) return undefined;
  return { id: Number(id), card, version: version === undefined ? undefined : Number(version) };
}

export function targetOf({ id, card, version }: Target): string {
  return `${id}${card === undefined ? '' : `~${card}`}${version === undefined ? '' : `.${version}`}`;
}

/** Names a card that is new. */
export function newCard(): string {
  return randomBytes(5).toString('hex');
}

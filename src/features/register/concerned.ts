import type { Reply } from '../../chat/reply.ts';
import { type AiSystem, systemKey } from '../../records/ai-system/ai-system.ts';
import type { Tell } from '../feature.ts';

/** Tells everybody whom a system concerns: its owner, whoever began and submitted it, and others. */
export function tellConcerned(
  tell: Tell,
  { id, version, owner, createdBy, submittedBy }: AiSystem,
  { what, reply, except, others = [] }: ToldOf,
): void {
  const people = new Set([owner, createdBy, submittedBy, ...others].flatMap((one) => (one ? [one.id] : [])));
  for (const person of people) {
    if (person !== except) tell({ key: `${systemKey(id)}:${what}:${version}:${person}`, person, reply });
  }
}

export interface ToldOf {
  /** Names what they are told of: `approved`. */
  readonly what: string;
  readonly reply: Reply;
  /** Whoever did it knows it. */
  readonly except: string;
  readonly others?: readonly { readonly id: string }[];
}

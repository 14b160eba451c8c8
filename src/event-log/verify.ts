import type { KeyObject } from 'node:crypto';
import { type Entry, entryHash, FIRST_PREVIOUS_HASH, innerHash, isErased } from './entry.ts';
import { erasedEntries } from './erase.ts';
import { type Head, type SignedHead, verifyHeadSignature } from './head.ts';

export interface Verification {
  /** The last entry that was read; 0 for an empty log. */
  readonly head: Head;
  /** What is wrong, in words; empty when the chain is intact and agrees with every head that was given. */
  readonly faults: readonly string[];
}

/**
 * Verifies the chain from its first entry, and that it contains the heads that people hold. Without such heads, a log that
 * was cut at its end or rewritten as a whole cannot be told from a genuine one. Entries whose detail was erased count as intact
 * where a later entry names them.
 *
 * @param publicKey checks the signatures of `heldHeads`; none counts without it
 * @param isCut asked at the end: whether there are later entries, which may name what was erased
 */
export async function verifyChain(
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  heldHeads: readonly SignedHead[] = [],
  publicKey?: KeyObject,
  isCut: () => boolean = () => false,
): Promise<Verification> {
  const faults: string[] = [];
  const trusted = new Map<number, Head>();
  for (const signed of heldHeads) {
    if (publicKey && verifyHeadSignature(signed, publicKey)) trusted.set(signed.head.sequence, signed.head);
    else faults.push(`The head of entry ${signed.head.sequence} does not carry a valid signature of this key.`);
  }
  const unnamed = new Set<number>();
  let head: Head = { sequence: 0, hash: FIRST_PREVIOUS_HASH };
  for await (const entry of entries) {
    const fault = faultOf(entry, head);
    if (fault) return { head, faults: [...faults, fault] };
    head = { sequence: entry.sequence, hash: entry.hash };
    if (isErased(entry)) unnamed.add(entry.sequence);
    for (const sequence of erasedEntries(entry)) unnamed.delete(sequence);
    const held = trusted.get(entry.sequence);
    if (held && !held.hash.equals(entry.hash)) {
      faults.push(`Entry ${entry.sequence} is not the one that was signed: the log was rewritten before or at it.`);
    }
  }
  for (const sequence of isCut() ? [] : unnamed) {
    faults.push(`Entry ${sequence} has lost its detail, and no later entry says that it was erased.`);
  }
  for (const held of trusted.values()) {
    if (held.sequence > head.sequence) {
      faults.push(
        `The log ends at entry ${head.sequence}, but entry ${held.sequence} was signed: the end was cut off.`,
      );
    }
  }
  return { head, faults };
}

function faultOf(entry: Entry, previous: Head): string | undefined {
  if (entry.sequence !== previous.sequence + 1) {
    return `Entry ${previous.sequence + 1} is missing: entry ${entry.sequence} follows ${previous.sequence}.`;
  }
  if (!entry.previousHash.equals(previous.hash))
    return `Entry ${entry.sequence} does not follow entry ${previous.sequence}.`;
  const isWhole = isErased(entry) || innerHash(entry, entry.salt).equals(entry.innerHash);
  if (!isWhole) return `Entry ${entry.sequence} was changed.`;
  if (!entryHash(entry.sequence, entry.previousHash, entry.innerHash).equals(entry.hash)) {
    return `The hash of entry ${entry.sequence} is wrong.`;
  }
  return undefined;
}

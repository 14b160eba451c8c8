import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The format of the event log.
 *
 *   inner hash n = SHA-256(INNER_TAG, salt, canonical JSON of { action, actor, at, detail, onBehalfOf, subject })
 *   hash n       = SHA-256(ENTRY_TAG, n as 8 bytes big-endian, hash n-1, inner hash n)
 *
 * Canonical JSON is RFC 8785. Hash 0 is 32 zero bytes. The tags keep the hashes of one purpose from being taken for those of
 * another. The salt keeps somebody who holds only the inner hash from guessing what the entry says.
 *
 * When a person is erased, their entries lose detail and salt. What such an entry said can no longer be shown, but the chain still
 * verifies, because it is over inner hashes; a later entry, `person.erased`, names the entries that were erased.
 */
export interface Event {
  readonly at: Date;
  readonly actor: Actor;
  /** The person in whose name the actor acted, where that is somebody else. */
  readonly onBehalfOf: string | undefined;
  /** What happened, in the past: `role.given`. */
  readonly action: string;
  /** What it happened to: `person:<id>`, `AIS-12`. */
  readonly subject: string;
  readonly detail: EventDetail;
}

export type EventDetail = { readonly [key: string]: Json };
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Who acted. Names are not written here: the person's record has them, and can be erased. */
export type Actor =
  | { readonly kind: 'person'; readonly person: string; readonly via: string; readonly authenticated: boolean }
  | { readonly kind: 'system' };

export interface Entry extends Event {
  /** Counts from 1. */
  readonly sequence: number;
  readonly salt: Buffer;
  readonly innerHash: Buffer;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

/** Whether an entry's detail and salt were erased. */
export function isErased({ salt }: Pick<Entry, 'salt'>): boolean {
  return salt.length === 0;
}

const INNER_TAG = 'steward/event-log/inner/v1\n';
/** Stands in the database function `append_event` too, which computes the same hash. */
const ENTRY_TAG = 'steward/event-log/entry/v1\n';

export const FIRST_PREVIOUS_HASH = Buffer.alloc(32);

export function newSalt(): Buffer {
  return randomBytes(16);
}

export function innerHash(event: Event, salt: Buffer): Buffer {
  const { action, actor, at, detail, onBehalfOf, subject } = event;
  const json = canonicalize({ action, actor, at: at.toISOString(), detail, onBehalfOf: onBehalfOf ?? null, subject });
  if (json === undefined) throw new TypeError('An event must be representable as JSON.');
  return createHash('sha256').update(INNER_TAG).update(salt).update(json).digest();
}

export function entryHash(sequence: number, previousHash: Buffer, inner: Buffer): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(sequence));
  return createHash('sha256').update(ENTRY_TAG).update(number).update(previousHash).update(inner).digest();
}

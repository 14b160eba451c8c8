import canonicalize from 'canonicalize';
import type { Db } from '../../database/database.ts';
import { type Entry, FIRST_PREVIOUS_HASH } from '../../event-log/entry.ts';
import { readEntries } from '../../event-log/event-log.ts';
import type { Head } from '../../event-log/head.ts';

/** The event log as a package carries it: what is in scope in full, of the rest the inner hashes alone. */
export interface EventLogExtract {
  /** A line for each entry: its number and its inner hash, in hexadecimal. */
  readonly chain: string;
  /** A line for each entry in scope: its number, its salt in hexadecimal, and the canonical JSON that was hashed. */
  readonly entries: string;
  readonly head: Head;
}

/**
 * @param subjects what an entry must be about to be in scope
 * @param until entries behind this moment are not in scope
 */
export async function extractEventLog(
  db: Db,
  subjects: ReadonlySet<string>,
  until: Date | undefined,
): Promise<EventLogExtract> {
  const chain: string[] = [];
  const entries: string[] = [];
  let head: Head = { sequence: 0, hash: FIRST_PREVIOUS_HASH };
  for await (const entry of readEntries(db)) {
    chain.push(`${entry.sequence} ${entry.innerHash.toString('hex')}\n`);
    if (subjects.has(entry.subject) && !(until && entry.at > until)) entries.push(fullLine(entry));
    head = { sequence: entry.sequence, hash: entry.hash };
  }
  return { chain: chain.join(''), entries: entries.join(''), head };
}

function fullLine({ sequence, salt, action, actor, at, detail, onBehalfOf, subject }: Entry): string {
  const json = canonicalize({ action, actor, at: at.toISOString(), detail, onBehalfOf: onBehalfOf ?? null, subject });
  return `${sequence} ${salt.toString('hex')} ${json}\n`;
}

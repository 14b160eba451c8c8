import { sql } from 'kysely';
import { z } from 'zod';
import { type Entry, type EventDetail, isErased } from './entry.ts';
import type { Change } from './governed-change.ts';

/** The action of the entry that names erased ones. */
const ERASED = 'person.erased';

/** First and last number of entries that follow one another. */
type Run = readonly [first: number, last: number];

const Detail = z.looseObject({ entries: z.array(z.tuple([z.int().positive(), z.int().positive()])) });

/**
 * Erases what the event log says of a person: detail and salt of the entries by them, about them and that mention them. When it
 * happened, what it was and the person's number stay. The erasure is itself an entry, which names the erased ones.
 *
 * @param people the person's id, and those of people who turned out to be them, the person's first
 * @param names by which details may mention them
 * @param detail what else is said of the erasure; nothing personal
 */
export async function eraseFromLog(
  change: Change,
  people: readonly [string, ...string[]],
  names: readonly string[],
  detail: EventDetail,
): Promise<number> {
  const { rows } = await sql<{ sequence: number }>`
    select sequence from erase_event_details(${[...people]}::uuid[], ${[...names]}::text[]) as sequence order by sequence`.execute(
    change.db,
  );
  const entries = runs(rows.map(({ sequence }) => sequence));
  change.record({ action: ERASED, subject: `person:${people[0]}`, detail: { ...detail, entries } });
  return rows.length;
}

/** @param numbers ascending */
function runs(numbers: readonly number[]): Run[] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found;
}

/** The numbers of the earlier entries that an entry says were erased. */
export function* erasedEntries(entry: Entry): Generator<number> {
  if (entry.action !== ERASED || isErased(entry)) return;
  const { data } = Detail.safeParse(entry.detail);
  for (const [first, last] of data?.entries ?? []) {
    for (let sequence = first; sequence <= Math.min(last, entry.sequence - 1); sequence++) yield sequence;
  }
}

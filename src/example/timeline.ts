import { daysLater } from '../clock.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../event-log/entry.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';

/** Something that happened in the example organisation. */
interface Happening {
  readonly daysAgo: number;
  /** The id of whoever did it; undefined for Steward itself. */
  readonly by: string | undefined;
  readonly work: (change: Change) => Promise<unknown>;
}

/** The past of the example organisation: noted in any order, and brought about in the order of its days. */
export class Timeline {
  readonly #happenings: Happening[] = [];

  /** @param daysAgo whole days, zero or more */
  add(daysAgo: number, by: string | undefined, work: Happening['work']): void {
    this.#happenings.push({ daysAgo, by, work });
  }

  /**
   * Brings everything about. What one person did on one day is one change.
   *
   * @param today YYYY-MM-DD
   * @param progress told the part that is done, 0 to 1
   */
  async happen(db: Db, today: string, progress: (part: number) => void): Promise<void> {
    const inOrder = this.#happenings.toSorted((a, b) => b.daysAgo - a.daysAgo);
    for (let from = 0; from < inOrder.length; ) {
      const first = inOrder[from];
      if (!first) return;
      const end = inOrder.findIndex(
        ({ daysAgo, by }, index) => index > from && (daysAgo !== first.daysAgo || by !== first.by),
      );
      const together = inOrder.slice(from, end < 0 ? undefined : end);
      await governedChange(
        db,
        actorOf(first.by),
        async (change) => {
          for (const { work } of together) await work(change);
        },
        momentOf(daysLater(today, -first.daysAgo)),
      );
      from += together.length;
      progress(from / inOrder.length);
    }
  }
}

/** Work is done before anybody looks at the day. @param day YYYY-MM-DD */
export function momentOf(day: string): Date {
  return new Date(`${day}T00:30:00Z`);
}

function actorOf(person: string | undefined): Actor {
  return person === undefined ? { kind: 'system' } : { kind: 'person', person, via: 'example', authenticated: false };
}

/** The fraction of a number that is spread evenly, whatever the numbers: the same each time, 0 to 1. */
export function spread(number: number): number {
  return (number * 0.618_033_988_749_895) % 1;
}

import type { Db } from '../database/database.ts';
import { ROLE_NAMES } from './role.ts';
import { currentAssignments } from './role-assignments.ts';

/** Something that somebody is responsible for, and that somebody else takes over when they leave. */
export interface Owned {
  /** Markdown, the beginning of a line: `Compliance lead`, `GAP-3, their question`. */
  readonly what: string;
  /** Markdown: what to do about it, without a full stop. */
  readonly next: string;
}

/** A kind of things that people are responsible for. */
export interface Ownership {
  /** The ids of all who are responsible for something at present. */
  owners(db: Db, today: string): Promise<readonly string[]>;
  /** What a person is responsible for at present. */
  list(db: Db, person: string, today: string): Promise<readonly Owned[]>;
}

/** The roles of the AI management system. */
export const roleOwnership: Ownership = {
  async owners(db, today) {
    const assignments = await currentAssignments(db, today);
    return [...new Set(assignments.flatMap(({ person, deputy }) => (deputy ? [person, deputy] : [person])))];
  },
  async list(db, person, today) {
    const assignments = await currentAssignments(db, today);
    return assignments.flatMap(({ role, person: holder, deputy }): Owned[] => {
      if (holder === person) {
        return [
          { what: ROLE_NAMES[role], next: 'give the role to somebody else with `/aims roles give`, then withdraw it' },
        ];
      }
      if (deputy !== person) return [];
      return [
        { what: `Deputy ${ROLE_NAMES[role].toLowerCase()}`, next: 'name another deputy with `/aims roles give`' },
      ];
    });
  },
};

/** What a person is responsible for, of every kind. */
export async function ownedBy(
  db: Db,
  kinds: readonly Ownership[],
  person: string,
  today: string,
): Promise<readonly Owned[]> {
  const lists = await Promise.all(kinds.map((kind) => kind.list(db, person, today)));
  return lists.flat();
}

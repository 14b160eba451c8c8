import type { Db } from '../database/database.ts';
import { ROLE_NAMES, type Role } from './role.ts';
import { currentAssignments } from './role-assignments.ts';

/** Who is asked what Steward cannot answer. */
export interface QuestionContact {
  /** The compliance lead and the deputy; where the role is vacant, the administrators, who can fill it. May be empty. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly isVacant: boolean;
  /** The first of them with their role, as plain text: `Dana Okafor, compliance lead`. */
  readonly title: string;
}

/**
 * Finds who is asked on a day. Somebody whose account is deactivated everywhere is passed over.
 *
 * @param isExample example people ask example people, and real ones real ones
 */
export async function questionContact(db: Db, today: string, isExample: boolean): Promise<QuestionContact> {
  const leads = await holdersOf(db, 'compliance_lead', today, isExample);
  if (leads.length > 0) return contact(leads, false);
  const assignments = await currentAssignments(db, today);
  const administrators = assignments
    .filter(({ role }) => role === 'administrator')
    .map(({ person }) => ({ id: person, title: ROLE_NAMES.administrator.toLowerCase() }));
  return contact(await reachable(db, administrators, isExample), true);
}

/** Somebody who acts in a role, with their title as plain text: `deputy compliance lead`. */
export interface RoleHolder {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** Whoever holds a role on a day and can be reached, and behind them their deputies. */
export async function holdersOf(db: Db, role: Role, today: string, isExample: boolean): Promise<RoleHolder[]> {
  const assignments = await currentAssignments(db, today);
  const title = ROLE_NAMES[role].toLowerCase();
  const holders = assignments
    .filter((assignment) => assignment.role === role)
    .flatMap(({ person, deputy }) => [
      { id: person, title, rank: 0 },
      ...(deputy ? [{ id: deputy, title: `deputy ${title}`, rank: 1 }] : []),
    ])
    .sort((a, b) => a.rank - b.rank);
  return reachable(db, holders, isExample);
}

interface Candidate {
  readonly id: string;
  readonly title: string;
}

async function reachable(db: Db, candidates: readonly Candidate[], isExample: boolean) {
  if (candidates.length === 0) return [];
  const rows = await db
    .selectFrom('person')
    .innerJoin('person_identity', 'person_identity.person_id', 'person.id')
    .select(['person.id', 'display_name'])
    .distinct()
    .where('person.id', 'in', [...new Set(candidates.map(({ id }) => id))])
    .where('is_example', '=', isExample)
    .where('standing', '<>', 'deactivated')
    .execute();
  const names = new Map(rows.map((row) => [row.id, row.display_name]));
  const distinct = new Map(candidates.toReversed().map((candidate) => [candidate.id, candidate]));
  return [...distinct.values()].toReversed().flatMap((candidate) => {
    const name = names.get(candidate.id);
    return name === undefined ? [] : [{ ...candidate, name }];
  });
}

function contact(people: readonly (Candidate & { readonly name: string })[], isVacant: boolean): QuestionContact {
  const [first] = people;
  return { people, isVacant, title: first ? `${first.name}, ${first.title}` : '' };
}

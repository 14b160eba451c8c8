import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { distrustChecks } from './channel-audience.ts';
import { isRole, type Role } from './role.ts';

/** A role that somebody holds. */
export interface RoleAssignment {
  readonly id: number;
  readonly person: string;
  readonly personName: string;
  /** The holder's account is deactivated: only the deputy acts in the role. */
  readonly isSuspended: boolean;
  readonly role: Role;
  readonly deputy: string | undefined;
  readonly deputyName: string | undefined;
  /** The last day on which it is held. */
  readonly endsOn: string | undefined;
}

const isActive = sql<boolean>`exists (
  select from person_identity identity
  where identity.person_id = role_assignment.person_id and identity.standing <> 'deactivated')`;

/** The roles a person acts in on a day, as their holder or as a deputy. */
export async function rolesOf(db: Db, person: string, today: string): Promise<ReadonlySet<Role>> {
  const rows = await db
    .selectFrom('role_assignment')
    .select('role')
    .where('withdrawn_at', 'is', null)
    .where((where) => where.or([where('person_id', '=', person), where('deputy_id', '=', person)]))
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', today)]))
    .execute();
  return new Set(rows.map((row) => row.role).filter(isRole));
}

/** Everybody who holds a role on a day, in the order of the roles. */
export async function currentAssignments(db: Db, today: string): Promise<RoleAssignment[]> {
  const rows = await db
    .selectFrom('role_assignment')
    .innerJoin('person', 'person.id', 'role_assignment.person_id')
    .leftJoin('person as deputy', 'deputy.id', 'role_assignment.deputy_id')
    .select(['role_assignment.id', 'person_id', 'person.display_name', 'role', 'deputy_id', 'ends_on'])
    .select('deputy.display_name as deputy_name')
    .select(isActive.as('is_active'))
    .where('withdrawn_at', 'is', null)
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', today)]))
    .orderBy(
      sql`array_position(array['compliance_lead','committee_chair','committee_member','auditor','administrator'], role)`,
    )
    .orderBy('role_assignment.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    person: row.person_id,
    personName: row.display_name,
    isSuspended: !row.is_active,
    role: row.role as Role,
    deputy: row.deputy_id ?? undefined,
    deputyName: row.deputy_name ?? undefined,
    endsOn: row.ends_on ?? undefined,
  }));
}

export interface NewAssignment {
  readonly person: string;
  readonly role: Role;
  readonly deputy: string | undefined;
  readonly endsOn: string | undefined;
}

/** Gives a role, or changes the deputy and end date of one that is held. Giving what is held already changes nothing. */
export async function giveRole(change: Change, assignment: NewAssignment): Promise<void> {
  const { person, role, deputy, endsOn } = assignment;
  const held = await change.db
    .selectFrom('role_assignment')
    .selectAll()
    .where('person_id', '=', person)
    .where('role', '=', role)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (held && held.deputy_id === (deputy ?? null) && held.ends_on === (endsOn ?? null)) return;
  if (held) {
    await withdraw(change, held.id);
  }
  await change.db
    .insertInto('role_assignment')
    .values({
      person_id: person,
      role,
      deputy_id: deputy ?? null,
      ends_on: endsOn ?? null,
      given_by: change.actor.kind === 'person' ? change.actor.person : null,
      given_at: change.at,
    })
    .execute();
  change.record({
    action: held ? 'role.changed' : 'role.given',
    subject: `person:${person}`,
    detail: { role, deputy: deputy ?? null, endsOn: endsOn ?? null },
  });
}

/** @returns the role that was withdrawn; undefined where it was no longer held */
export async function withdrawRole(change: Change, assignment: number): Promise<Role | undefined> {
  const row = await withdraw(change, assignment);
  if (!row) return undefined;
  change.record({ action: 'role.withdrawn', subject: `person:${row.person_id}`, detail: { role: row.role } });
  return row.role as Role;
}

/**
 * Whether an administrator without an end date remains when this person is none; otherwise nobody could give roles some day.
 * Their assignments are locked until the commit, so that two changes at once do not count on each other's administrator.
 */
export async function administratorRemains(change: Change, without: string): Promise<boolean> {
  const rows = await change.db
    .selectFrom('role_assignment')
    .select('person_id')
    .where('role', '=', 'administrator')
    .where('withdrawn_at', 'is', null)
    .where('ends_on', 'is', null)
    // Who left can give no roles.
    .where(sql<boolean>`exists (
      select from person_identity identity
      where identity.person_id = role_assignment.person_id and identity.standing <> 'deactivated')`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.some(({ person_id }) => person_id !== without);
}

async function withdraw(change: Change, assignment: number) {
  const withdrawn = await change.db
    .updateTable('role_assignment')
    .set({ withdrawn_at: change.at, withdrawn_by: change.actor.kind === 'person' ? change.actor.person : null })
    .where('id', '=', assignment)
    .where('withdrawn_at', 'is', null)
    .returning(['person_id', 'role'])
    .executeTakeFirst();
  if (withdrawn) await distrustChecks(change.db);
  return withdrawn;
}

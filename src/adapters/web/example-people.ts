import type { Profile } from '../../chat/channel.ts';
import type { Sender } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import { governedChange } from '../../event-log/governed-change.ts';
import type { People } from '../../people/people.ts';
import { ROLE_NAMES, type Role } from '../../people/role.ts';
import { giveRole, rolesOf } from '../../people/role-assignments.ts';

/** Somebody to try the web chat as. Names are invented. */
export interface ExamplePerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role | undefined;
}

export const EXAMPLE_WORKSPACE = 'example';

export const EXAMPLE_PEOPLE: readonly ExamplePerson[] = [
  { id: 'jon', name: 'Jon Reyes', role: undefined },
  { id: 'dana', name: 'Dana Okafor', role: 'compliance_lead' },
  { id: 'miriam', name: 'Miriam Falk', role: 'committee_chair' },
  { id: 'arun', name: 'Arun Mehta', role: 'committee_member' },
  { id: 'sofia', name: 'Sofia Brandt', role: 'auditor' },
  { id: 'lee', name: 'Lee Park', role: 'administrator' },
];

export function roleName(person: ExamplePerson): string {
  return person.role ? ROLE_NAMES[person.role] : 'Staff';
}

export function exampleSender(id: string): Sender {
  return { platform: 'web', workspace: EXAMPLE_WORKSPACE, userId: id };
}

export function exampleProfile({ userId }: Sender): Profile {
  const person = EXAMPLE_PEOPLE.find(({ id }) => id === userId);
  return { displayName: person?.name ?? userId, email: undefined, standing: person ? 'member' : 'unknown' };
}

/** Makes the example people and gives them their roles, once. */
export async function seedExamplePeople(db: Db, people: People, today: string): Promise<void> {
  for (const { id, role } of EXAMPLE_PEOPLE) {
    const person = await people.identify(exampleSender(id));
    if (!role || (await rolesOf(db, person.id, today)).has(role)) continue;
    await governedChange(db, { kind: 'system' }, (change) =>
      giveRole(change, { person: person.id, role, deputy: undefined, endsOn: undefined }),
    );
  }
}

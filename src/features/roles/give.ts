import { z } from 'zod';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Person } from '../../people/people.ts';
import { isRole, mayGive, mayHaveDeputy, ROLE_DUTIES, ROLE_NAMES, ROLES, type Role } from '../../people/role.ts';
import { administratorRemains, giveRole } from '../../people/role-assignments.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { RolesParts } from './roles.ts';

export const NOT_ALLOWED = notice(
  'Roles are given by administrators, and by the compliance lead for everything but administrator. Ask one of them.',
);

export const LAST_ADMINISTRATOR = notice(
  'One administrator without an end date must remain, or nobody could give roles later. Give that role to somebody else ' +
    'first. Nothing was changed.',
);

export function giveForm(roles: ReadonlySet<Role>): Reply {
  const givable = ROLES.filter((role) => mayGive(roles, role));
  if (givable.length === 0) return NOT_ALLOWED;
  return {
    kind: 'form',
    form: {
      id: actionId('roles', 'give'),
      title: 'Give a role',
      intro: 'The person has the role as soon as you submit. It is written to the event log.',
      submitLabel: 'Give role',
      inputs: [
        { kind: 'person', name: 'person', label: 'Person', optional: false },
        {
          kind: 'select',
          name: 'role',
          label: 'Role',
          optional: false,
          options: givable.map((role) => ({ value: role, label: `${ROLE_NAMES[role]}: ${ROLE_DUTIES[role]}` })),
        },
        {
          kind: 'person',
          name: 'deputy',
          label: 'Deputy',
          hint: 'Acts in the same role. Auditors have none.',
          optional: true,
        },
        { kind: 'date', name: 'endsOn', label: 'Until', hint: 'The last day on which it is held.', optional: true },
      ],
    },
  };
}

/** @param today YYYY-MM-DD */
export function checkGiveForm(values: FormValues, today: string): FormErrors {
  const errors: Record<string, string> = {};
  const { person = '', role = '', deputy = '', endsOn = '' } = values;
  if (!person) errors['person'] = 'Choose who gets the role.';
  if (!isRole(role)) errors['role'] = 'Choose a role.';
  else if (deputy && !mayHaveDeputy(role))
    errors['deputy'] = 'An auditor has no deputy; give the other person the role too.';
  if (deputy && deputy === person) errors['deputy'] = 'Choose somebody else: nobody is their own deputy.';
  if (endsOn && !/^\d{4}-\d{2}-\d{2}$/.test(endsOn))
    errors['endsOn'] = 'Give the day as year-month-day, for example 2027-03-31.';
  else if (endsOn && !z.iso.date().safeParse(endsOn).success) errors['endsOn'] = 'That day does not exist.';
  else if (endsOn && endsOn < today) errors['endsOn'] = 'That day has passed. Choose today or later.';
  return errors;
}

/** Gives the role. Authorised again here: a form can be days old. */
export async function submitGiveForm(parts: RolesParts, values: FormValues, asker: Asker): Promise<Outcome> {
  const errors = Object.values(checkGiveForm(values, parts.clock.today()));
  if (errors.length > 0) return say(notice(`${errors.join(' ')} Nothing was changed.`));
  const { person: userId = '', role = '', deputy: deputyUserId = '', endsOn = '' } = values;
  if (!isRole(role) || !mayGive(asker.person.roles, role)) return say(NOT_ALLOWED);
  const person = await parts.people.identify({ ...asker.sender, userId });
  const deputy = deputyUserId ? await parts.people.identify({ ...asker.sender, userId: deputyUserId }) : undefined;
  const refusal = [person, ...(deputy ? [deputy] : [])].map((who) => refuse(who, role, endsOn)).find(Boolean);
  if (refusal) return say(notice(refusal));
  return async (change) => {
    if (role === 'administrator' && endsOn && !(await administratorRemains(change, person.id))) {
      return [LAST_ADMINISTRATOR];
    }
    await giveRole(change, { person: person.id, role, deputy: deputy?.id, endsOn: endsOn || undefined });
    const details = [deputy && `deputy ${literally(deputy.displayName)}`, endsOn && `until ${endsOn}`]
      .filter(Boolean)
      .join(', ');
    return [
      notice(
        `Recorded: ${literally(person.displayName)} is ${ROLE_NAMES[role].toLowerCase()}${details && ` (${details})`}.`,
      ),
    ];
  };
}

/** Who is no member of the organisation holds no role, but for a guest auditor with an end date. */
function refuse(person: Person, role: Role, endsOn: string): string | undefined {
  if (person.standing === 'member') return undefined;
  if (person.standing === 'guest' && role === 'auditor') {
    return endsOn ? undefined : 'A guest can be auditor for a limited time only. Add the day on which it ends.';
  }
  return `${literally(person.displayName)} is no member of the organisation here and cannot hold this role. Nothing was changed.`;
}

import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally, plainText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { mayGive, ROLE_NAMES, type Role } from '../../people/role.ts';
import {
  administratorRemains,
  currentAssignments,
  type RoleAssignment,
  withdrawRole,
} from '../../people/role-assignments.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { LAST_ADMINISTRATOR, NOT_ALLOWED } from './give.ts';
import type { RolesParts } from './roles.ts';

export function withdrawForm(assignments: readonly RoleAssignment[], roles: ReadonlySet<Role>): Reply {
  const mine = assignments.filter(({ role }) => mayGive(roles, role));
  if (mine.length === 0) return NOT_ALLOWED;
  return {
    kind: 'form',
    form: {
      id: actionId('roles', 'withdraw'),
      title: 'Withdraw a role',
      intro: 'The person no longer has the role as soon as you submit. What they did in it stays on record.',
      submitLabel: 'Withdraw role',
      inputs: [
        {
          kind: 'select',
          name: 'assignment',
          label: 'Role',
          optional: false,
          options: mine.map(({ id, role, personName }) => ({
            value: String(id),
            label: plainText(`${ROLE_NAMES[role]}: ${literally(personName)}`),
          })),
        },
      ],
    },
  };
}

/** Withdraws the role. The last administrator stays, or nobody could give roles any more. */
export async function submitWithdrawForm(parts: RolesParts, values: FormValues, asker: Asker): Promise<Outcome> {
  const assignments = await currentAssignments(parts.db, parts.clock.today());
  const assignment = assignments.find(({ id }) => String(id) === values['assignment']);
  if (!assignment) return say(notice('Nobody holds that role any more. `/aims roles` shows who holds what.'));
  const { id, role, person, personName } = assignment;
  if (!mayGive(asker.person.roles, role)) return say(NOT_ALLOWED);
  return async (change) => {
    if (role === 'administrator' && !(await administratorRemains(change, person))) return [LAST_ADMINISTRATOR];
    const withdrawn = await withdrawRole(change, id);
    return [
      withdrawn
        ? notice(`Recorded: ${literally(personName)} is no longer ${ROLE_NAMES[role].toLowerCase()}.`)
        : notice('Somebody else withdrew that role just now. Nothing more was changed.'),
    ];
  };
}

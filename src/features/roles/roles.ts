import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type Ownership, ownedBy } from '../../people/ownership.ts';
import type { People } from '../../people/people.ts';
import { mayGive, ROLE_DUTIES, ROLE_NAMES, ROLES } from '../../people/role.ts';
import { currentAssignments, type RoleAssignment } from '../../people/role-assignments.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';
import { checkGiveForm, giveForm, NOT_ALLOWED, submitGiveForm } from './give.ts';
import { submitWithdrawForm, withdrawForm } from './withdraw.ts';

export interface RolesParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  readonly ownership: readonly Ownership[];
}

export const ROLES_COMMANDS: readonly Command[] = [
  {
    name: 'roles',
    usage: '[give | withdraw]',
    summary: 'shows who holds which role, and gives roles',
    formArguments: ['give'],
    isRare: true,
  },
];

/** Who holds which role in the AI management system; giving and withdrawing them. */
export function rolesFeature(parts: RolesParts): Feature {
  return {
    name: 'roles',
    commands: ROLES_COMMANDS,
    checkForm: (verb, values) => (verb === 'give' ? checkGiveForm(values, parts.clock.today()) : {}),
    async respond(request, asker) {
      switch (request.kind) {
        case 'form':
          return request.verb === 'give'
            ? submitGiveForm(parts, request.values, asker)
            : submitWithdrawForm(parts, request.values, asker);
        case 'action':
          if (request.verb === 'owned') return say(await owned(parts, request.argument, asker));
          return choose(parts, request.verb, asker);
        default:
          return choose(parts, request.text.trim().toLowerCase(), asker);
      }
    },
  };
}

async function choose(parts: RolesParts, verb: string, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') {
    return say(notice('Who holds which role is shown to members of the organisation. Ask the compliance lead.'));
  }
  if (verb === 'give') return say(giveForm(asker.person.roles));
  const assignments = await currentAssignments(parts.db, parts.clock.today());
  if (verb === 'withdraw') return say(withdrawForm(assignments, asker.person.roles));
  return say(overview(assignments, asker));
}

function overview(assignments: readonly RoleAssignment[], { person }: Asker): Reply {
  const rows = assignments.map(({ role, personName, isSuspended, deputyName, endsOn }) => [
    ROLE_NAMES[role],
    `${literally(personName)}${isSuspended ? ' (account deactivated)' : ''}`,
    deputyName ? literally(deputyName) : '',
    endsOn ?? '',
  ]);
  const vacant = ROLES.filter((role) => !assignments.some((assignment) => assignment.role === role));
  const given = ROLES.some((role) => mayGive(person.roles, role));
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Roles in the AI management system' },
      rows.length > 0
        ? { kind: 'table', columns: ['Role', 'Held by', 'Deputy', 'Until'], rows }
        : { kind: 'text', text: 'Nobody holds a role yet.' },
      ...(vacant.length > 0
        ? [
            {
              kind: 'text' as const,
              text: `Vacant:\n${vacant.map((role) => `- **${ROLE_NAMES[role]}** ${ROLE_DUTIES[role]}`).join('\n')}`,
            },
          ]
        : []),
      ...(given ? [] : [{ kind: 'text' as const, text: 'Administrators and the compliance lead give roles.' }]),
    ],
    actions: given
      ? [
          { id: actionId('roles', 'give'), label: 'Give a role', style: 'primary', opensForm: true },
          ...departed(assignments).map(({ person, personName }) => ({
            id: actionId('roles', 'owned', person),
            label: `What ${personName} leaves`.slice(0, 70),
          })),
          ...(rows.length > 0
            ? [{ id: actionId('roles', 'withdraw'), label: 'Withdraw a role', opensForm: true as const }]
            : []),
        ]
      : [{ id: actionId('command', 'run', 'ask Who needs which AI role?'), label: 'What are these roles for?' }],
  };
}

/** Buttons for those who left and still hold a role. */
const MAX_DEPARTED = 3;

function departed(assignments: readonly RoleAssignment[]): RoleAssignment[] {
  const gone = assignments.filter(({ isSuspended }) => isSuspended);
  return [...new Map(gone.map((assignment) => [assignment.person, assignment])).values()].slice(0, MAX_DEPARTED);
}

/** What somebody is responsible for, to be handed over. */
async function owned({ db, clock, ownership }: RolesParts, person: string, asker: Asker): Promise<Reply> {
  if (!ROLES.some((role) => mayGive(asker.person.roles, role))) return NOT_ALLOWED;
  const today = clock.today();
  const assignments = await currentAssignments(db, today);
  const holder = assignments.find((assignment) => assignment.person === person);
  if (!holder) return notice('They hold no role any more. `/aims roles` shows who holds what.');
  const list = await ownedBy(db, ownership, person, today);
  return notice(
    `${literally(holder.personName)} leaves:\n\n${list.map(({ what, next }) => `- **${what}**: ${next}`).join('\n')}`,
    { id: actionId('roles', 'give'), label: 'Give a role', style: 'primary', opensForm: true },
  );
}

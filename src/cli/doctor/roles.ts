import { systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Db } from '../../database/database.ts';
import { currentAssignments } from '../../people/role-assignments.ts';
import type { Tell } from './finding.ts';

const about = 'Roles';

/** Whether somebody can give roles, and somebody answers what Steward cannot. */
export async function checkRoles(
  db: Db,
  { slack, teams, timeZone, administrators }: Config,
  tell: Tell,
): Promise<void> {
  if (!slack && !teams)
    return tell({ about, status: 'ok', message: 'The example people of the web chat have theirs.' });
  const people = await db.selectFrom('person').select('id').where('is_example', '=', false).execute();
  const real = new Set(people.map(({ id }) => id));
  if (real.size === 0) return tell({ about, status: 'ok', message: 'Nobody has written to Steward yet.' });
  const held = (await currentAssignments(db, systemClock(timeZone).today())).filter(({ person }) => real.has(person));
  const active = held.filter(({ isSuspended }) => !isSuspended);
  if (!active.some(({ role }) => role === 'administrator') && administrators.size === 0) {
    const remedy = 'Set STEWARD_ADMINISTRATORS to your own e-mail address, start Steward again and write to it.';
    return tell({ about, status: 'fault', message: 'Nobody is administrator, so nobody can give roles.', remedy });
  }
  const gone = held.filter(({ isSuspended, deputy }) => isSuspended && deputy === undefined);
  const vacant = !active.some(({ role }) => role === 'compliance_lead');
  if (vacant || gone.length > 0) {
    const message = [
      vacant ? 'Nobody is compliance lead, so what Steward does not know goes to nobody who can answer it.' : '',
      gone.length > 0
        ? `${gone.length} of ${held.length} roles are held by people whose accounts are deactivated.`
        : '',
    ];
    const remedy = 'Write /aims roles to Steward, and give the roles to somebody.';
    return tell({ about, status: 'attention', message: message.filter(Boolean).join(' '), remedy });
  }
  tell({ about, status: 'ok', message: `${active.length} roles are held, and there is a compliance lead.` });
}

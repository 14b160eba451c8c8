import type { Person } from '../../people/people.ts';
import type { Decision } from './decision.ts';

/** The compliance lead and the committee record what was decided. */
export function mayRecordDecisions({ standing, roles }: Pick<Person, 'standing' | 'roles'>): boolean {
  const governs = roles.has('compliance_lead') || roles.has('committee_chair') || roles.has('committee_member');
  return standing === 'member' && governs;
}

/** Whoever recorded it, the compliance lead and the chair take back what was recorded by mistake. */
export function mayWithdrawDecision(
  person: Pick<Person, 'id' | 'standing' | 'roles'>,
  { recordedBy }: Pick<Decision, 'recordedBy'>,
): boolean {
  if (!mayRecordDecisions(person)) return false;
  return recordedBy?.id === person.id || person.roles.has('compliance_lead') || person.roles.has('committee_chair');
}

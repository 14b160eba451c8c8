import type { Person } from '../../people/people.ts';
import type { AiSystem } from '../../records/ai-system/ai-system.ts';
import { isForCommittee } from '../../records/ai-system/for-committee.ts';

/** Who owns it, began it or submitted it, and the compliance lead, may change what is said of it. */
export function mayChange({ id, roles }: Person, { owner, createdBy, submittedBy }: AiSystem): boolean {
  return roles.has('compliance_lead') || [owner, createdBy, submittedBy].some((one) => one?.id === id);
}

/** Nobody decides on what they submitted. High-risk and prohibited systems are decided by the committee's chair or a delegate. */
export function mayDecide({ id, roles }: Person, system: AiSystem): boolean {
  const { reviewer, submittedBy } = system;
  if (submittedBy?.id === id) return false;
  if (!isForCommittee(system)) return roles.has('compliance_lead') || reviewer?.id === id;
  return roles.has('committee_chair') || (reviewer?.id === id && roles.has('committee_member'));
}

/** Whoever may look after reviews, though perhaps not decide: sends back, gives them to somebody else. */
export function mayHandle(person: Person, system: AiSystem): boolean {
  if (system.submittedBy?.id === person.id) return false;
  return mayDecide(person, system) || person.roles.has('compliance_lead') || person.roles.has('committee_chair');
}

/** The owner and the compliance lead take a system out of use. */
export function mayRetire({ id, roles }: Person, { owner }: AiSystem): boolean {
  return roles.has('compliance_lead') || owner?.id === id;
}

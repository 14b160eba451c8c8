import type { Standing } from '../../records/kpi/standing.ts';
import type { Asker } from '../feature.ts';

/** The committee sees every KPI; whoever is named as the owner of one sees that one, where nobody else reads along. */
export function maySee({ audience }: Pick<Asker, 'audience'>, { settings }: Pick<Standing, 'settings'>): boolean {
  if (seesAll({ audience })) return true;
  return !audience.guidanceOnly && audience.person !== undefined && settings.owner?.id === audience.person;
}

export function seesAll({ audience }: Pick<Asker, 'audience'>): boolean {
  return !audience.guidanceOnly && audience.visibilities.includes('committee');
}

/** Its owner enters values, and the compliance lead. */
export function mayEnter({ person }: Pick<Asker, 'person'>, { kpi, settings }: Pick<Standing, 'kpi' | 'settings'>) {
  return kpi.source === 'entered' && (settings.owner?.id === person.id || isLead(person));
}

/** The compliance lead, and the deputy. */
export function isLead({ roles }: Asker['person']): boolean {
  return roles.has('compliance_lead');
}

/** The compliance lead and the committee's chair, and their deputies, call reviews and record what came of them. */
export function mayReview({ roles }: Asker['person']): boolean {
  return roles.has('compliance_lead') || roles.has('committee_chair');
}

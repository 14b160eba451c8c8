import type { Standing } from '../chat/channel.ts';

/** The roles of the AI management system that Steward knows. Everybody in the organisation is staff; that is no assignment. */
export const ROLES = ['compliance_lead', 'committee_chair', 'committee_member', 'auditor', 'administrator'] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  compliance_lead: 'Compliance lead',
  committee_chair: 'Committee chair',
  committee_member: 'Committee member',
  auditor: 'Auditor',
  administrator: 'Administrator',
};

export const ROLE_DUTIES: Readonly<Record<Role, string>> = {
  compliance_lead: 'runs the AI management system and answers what Steward cannot',
  committee_chair: 'leads the AI governance committee',
  committee_member: 'decides in the AI governance committee',
  auditor: 'reads the evidence and audits, but never own work',
  administrator: 'sets Steward up and gives roles',
};

/** Roles whose work goes on in somebody's absence. An auditor has none: the next auditor is a person of their own. */
const WITH_DEPUTY: ReadonlySet<Role> = new Set([
  'compliance_lead',
  'committee_chair',
  'committee_member',
  'administrator',
]);

export function mayHaveDeputy(role: Role): boolean {
  return WITH_DEPUTY.has(role);
}

/** Administrators give every role; a compliance lead gives those of the AI management system. */
export function mayGive(roles: ReadonlySet<Role>, role: Role): boolean {
  return roles.has('administrator') || (roles.has('compliance_lead') && role !== 'administrator');
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** What somebody can act in as the platform sees them: whoever is no member of the organisation holds no role, but for guest auditors. */
export function activeRoles(standing: Standing, roles: ReadonlySet<Role>): ReadonlySet<Role> {
  if (standing === 'member') return roles;
  return new Set(standing === 'guest' && roles.has('auditor') ? (['auditor'] as const) : []);
}

import type { Standing } from '../chat/channel.ts';
import type { Conversation } from '../chat/turn.ts';
import type { Role } from './role.ts';

/**
 * Who can read a reply, as search needs it: what every one of them may see. Search filters by it in SQL, before ranking.
 */
export interface Audience {
  /** Somebody who is not known to belong to the organisation can read it: Steward's own guidance, and nothing else. */
  readonly guidanceOnly: boolean;
  readonly visibilities: readonly ('everyone' | 'committee' | 'auditors')[];
  /** The one person who reads it, where it is one; opens documents that are for named people. */
  readonly person: string | undefined;
}

export const GUIDANCE_ONLY: Audience = { guidanceOnly: true, visibilities: [], person: undefined };

/** Everybody in the organisation can read it. */
export const EVERYONE: Audience = { guidanceOnly: false, visibilities: ['everyone'], person: undefined };

const COMMITTEE: readonly Role[] = ['compliance_lead', 'committee_chair', 'committee_member'];

/** What a channel may see that the compliance lead registered: more than everyone. */
export type ChannelAudience = 'committee' | 'auditors';

/** Whether somebody may be in a channel that sees what is for its audience. */
export function isAdmitted(
  audience: ChannelAudience,
  { standing, roles }: { readonly standing: Standing; readonly roles: ReadonlySet<Role> },
): boolean {
  if (standing !== 'member') return false;
  return isInCommittee(roles) || (audience === 'auditors' && roles.has('auditor'));
}

/** What everybody sees in a channel whose members were all admitted. */
export function audienceOfChannel(audience: ChannelAudience): Audience {
  const visibilities =
    audience === 'committee' ? (['everyone', 'committee', 'auditors'] as const) : (['everyone', 'auditors'] as const);
  return { guidanceOnly: false, visibilities, person: undefined };
}

function isInCommittee(roles: ReadonlySet<Role>): boolean {
  return COMMITTEE.some((role) => roles.has(role));
}

/** What a person may see alone, and in company: everybody in a channel reads what is said there. */
export function audienceOf(
  conversation: Pick<Conversation, 'kind' | 'sharedOutside'>,
  reader: { readonly id: string; readonly standing: Standing; readonly roles: ReadonlySet<Role> },
): Audience {
  if (conversation.sharedOutside) return GUIDANCE_ONLY;
  const { id, standing, roles } = reader;
  // A guest whom somebody named auditor is one, in direct messages.
  const auditingGuest = standing === 'guest' && roles.has('auditor') && conversation.kind === 'direct';
  if (standing !== 'member' && !auditingGuest) return GUIDANCE_ONLY;
  if (conversation.kind === 'channel') return EVERYONE;
  const committee = isInCommittee(roles);
  const visibilities: Audience['visibilities'] = [
    'everyone',
    ...(committee ? (['committee'] as const) : []),
    ...(committee || roles.has('auditor') ? (['auditors'] as const) : []),
  ];
  return { guidanceOnly: false, visibilities, person: id };
}

import type { Content } from './ai-system.ts';
import type { AiRole, Depth, Tier, Triage } from './triage/proposal.ts';
import { triage } from './triage/triage.ts';

/** What the rules propose, and what holds: what a person decided in its place, where somebody did. */
export interface InForce {
  readonly triage: Triage;
  readonly tier: Tier;
  readonly roles: readonly AiRole[];
  readonly impactDepth: Depth;
  /** Ids of Annex A. */
  readonly controls: readonly string[];
}

export function inForce({ facts, overrides }: Pick<Content, 'facts' | 'overrides'>): InForce {
  const proposed = triage(facts);
  return {
    triage: proposed,
    tier: overrides.tier?.value ?? proposed.euAiAct.tier,
    roles: overrides.roles?.value ?? proposed.roles.map(({ role }) => role),
    impactDepth: overrides.impactAssessment?.value ?? proposed.impactAssessment.depth,
    controls: overrides.controls?.value ?? proposed.controls.map(({ id }) => id),
  };
}

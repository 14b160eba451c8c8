import type { Facts } from '../facts.ts';
import type { Triage } from './proposal.ts';

/** The day on which the rules were last changed. */
export const RULES = '2026-11-24';

/** What the rules make of what is known. The same facts always give the same proposal. */
export function triage(_facts: Facts): Triage {
  return {
    rules: RULES,
    roles: [],
    impactAssessment: { depth: 'none', reasons: [] },
    controls: [],
    euAiAct: { tier: 'undetermined', confidence: 'low', roles: [], provisions: [], open: [] },
    flags: [],
  };
}

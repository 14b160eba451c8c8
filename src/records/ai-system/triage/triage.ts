import type { Facts } from '../facts.ts';
import { controls } from './controls.ts';
import { euAiAct } from './eu-ai-act.ts';
import { flags } from './flags.ts';
import { impactAssessment } from './impact.ts';
import type { Triage } from './proposal.ts';
import { roles } from './roles.ts';

/** The day on which the rules were last changed. */
export const RULES = '2026-11-24';

/** What the rules make of what is known. The same facts always give the same proposal. */
export function triage(facts: Facts): Triage {
  const law = euAiAct(facts);
  const ours = roles(facts);
  const impact = impactAssessment(facts, law.tier);
  const context = { roles: new Set(ours.map(({ role }) => role)), depth: impact.depth, tier: law.tier };
  return {
    rules: RULES,
    roles: ours,
    impactAssessment: impact,
    controls: controls(facts, context),
    euAiAct: law,
    flags: flags(facts),
  };
}

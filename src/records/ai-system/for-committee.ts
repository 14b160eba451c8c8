import type { AiSystem } from './ai-system.ts';
import type { Tier } from './triage/proposal.ts';

const COMMITTEE: ReadonlySet<Tier> = new Set(['high', 'prohibited']);

/** Whether it is for the committee: what is proposed as high-risk or prohibited stays so, whoever decides otherwise. */
export function isForCommittee({ tier, triage }: Pick<AiSystem, 'tier' | 'triage'>): boolean {
  return COMMITTEE.has(tier) || COMMITTEE.has(triage.euAiAct.tier);
}

import type { Block } from '../chat/reply.ts';
import { literally } from '../chat/text.ts';
import { writtenDay } from '../clock.ts';
import type { Overrides } from '../records/ai-system/ai-system.ts';
import type { InForce } from '../records/ai-system/in-force.ts';
import type { AiRole, Depth, Provision, Reasoned, Tier } from '../records/ai-system/triage/proposal.ts';
import { structure } from '../standard/structure.ts';

export const TIER_NAMES: Readonly<Record<Tier, string>> = {
  minimal: 'minimal risk',
  limited: 'limited risk',
  high: 'high risk',
  prohibited: 'prohibited',
  undetermined: 'undetermined',
};

export const ROLE_WORDS: Readonly<Record<AiRole, string>> = {
  provider: 'provider',
  producer: 'producer',
  customer: 'customer',
  partner: 'partner',
};

export const DEPTH_NAMES: Readonly<Record<Depth, string>> = {
  none: 'not needed',
  screening: 'screening',
  moderate: 'moderate depth',
  full: 'in full',
};

const ACT_ROLES = {
  provider: 'provider',
  deployer: 'deployer',
  gpai_provider: 'provider of a general-purpose model',
} as const;

/** Reasons that are given of one proposal; the first are the strongest. */
const MAX_REASONS = 2;

/** What holds, in one line: `limited risk under the EU AI Act · producer, customer · impact assessment: moderate depth`. */
export function inOneLine({ tier, roles, impactDepth }: InForce): string {
  const ours = roles.map((role) => ROLE_WORDS[role]).join(', ') || 'no role found';
  return `${TIER_NAMES[tier]} under the EU AI Act · ${ours} · impact assessment: ${DEPTH_NAMES[impactDepth]}`;
}

/** What is proposed and what was decided in its place, each with its reasons. @param nameOf the name of a person by id */
export function proposalBlocks(
  inForce: InForce,
  overrides: Overrides,
  nameOf: (person: string) => string | undefined,
): Block[] {
  const { triage, tier, roles, impactDepth, controls } = inForce;
  const decided = (part: keyof Overrides) => {
    const made = overrides[part];
    if (!made) return '';
    return ` (decided by ${literally(nameOf(made.by) ?? 'somebody')}: ${literally(made.reason)})`;
  };
  const law = triage.euAiAct;
  const acting = law.roles.map(({ role, because }) => `${ACT_ROLES[role]}, because ${literally(because)}`);
  const tierLine = overrides.tier
    ? `${TIER_NAMES[tier]}${decided('tier')}; proposed was ${TIER_NAMES[law.tier]}`
    : `${TIER_NAMES[tier]}, with ${law.confidence} confidence`;
  const texts = [
    `**EU AI Act:** ${tierLine}`,
    list(law.provisions.map(provision)),
    law.open.length > 0 ? `To be found out first:\n${list(law.open.map(({ why }) => literally(why)))}` : '',
    acting.length > 0 ? `In the Act's words we are ${acting.join('; ')}.` : '',
    `**Our roles (ISO/IEC 22989):** ${roles.map((role) => ROLE_WORDS[role]).join(', ') || 'none found'}${decided('roles')}`,
    overrides.roles
      ? ''
      : list(triage.roles.map((one) => `${ROLE_WORDS[one.role]}, because ${literally(one.because)}`)),
    `**Impact assessment:** ${DEPTH_NAMES[impactDepth]}${decided('impactAssessment')}`,
    overrides.impactAssessment ? '' : list(triage.impactAssessment.reasons.slice(0, MAX_REASONS + 1).map(because)),
    `**Controls of Annex A that become relevant:**${decided('controls')}`,
    list(controls.map((id) => control(id, triage.controls.find((one) => one.id === id)?.reasons ?? []))) || 'none',
    triage.flags.length > 0 ? `**Look at:**\n${list(triage.flags.map(({ because }) => literally(because)))}` : '',
  ];
  return texts.filter(Boolean).map((text) => ({ kind: 'text', text }));
}

function provision({ article, because, appliesFrom, source }: Provision): string {
  const day = appliesFrom ? `; applies from ${writtenDay(appliesFrom)} (${literally(source)})` : '';
  return `${literally(article)}, because ${literally(because)}${day}`;
}

function control(id: string, reasons: readonly Reasoned[]): string {
  const why = reasons.slice(0, MAX_REASONS).map(({ because }) => literally(because));
  const title = structure.find(id)?.title ?? '';
  return `${id} ${literally(title)}${why.length > 0 ? `, because ${why.join('; ')}` : ''}`;
}

function because(reason: Reasoned): string {
  return `because ${literally(reason.because)}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

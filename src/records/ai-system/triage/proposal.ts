import type { FactName } from '../facts.ts';

/** What the rules propose. Nothing of it is decided until a person has approved it, and each part can be overridden. */
export interface Triage {
  /** The version of the rules: the day they were last changed. */
  readonly rules: string;
  readonly roles: readonly RoleProposal[];
  readonly impactAssessment: ImpactProposal;
  readonly controls: readonly ControlProposal[];
  readonly euAiAct: EuAiActProposal;
  readonly flags: readonly Flag[];
}

/** Why something is proposed. */
export interface Reasoned {
  /** A sentence that continues "because": "it was built here". */
  readonly because: string;
  /** The facts that it follows from. */
  readonly from: readonly FactName[];
}

/** Roles towards an AI system in the sense of ISO/IEC 22989. */
export const ROLES = ['provider', 'producer', 'customer', 'partner'] as const;

export type AiRole = (typeof ROLES)[number];

export interface RoleProposal extends Reasoned {
  readonly role: AiRole;
}

/** How deeply the impact on people and society is to be assessed, the deepest last. */
export const DEPTHS = ['none', 'screening', 'moderate', 'full'] as const;

export type Depth = (typeof DEPTHS)[number];

export interface ImpactProposal {
  readonly depth: Depth;
  /** The strongest reasons first; at least one. */
  readonly reasons: readonly Reasoned[];
}

export interface ControlProposal {
  /** Of Annex A: A.6.2.8. */
  readonly id: string;
  /** At least one. */
  readonly reasons: readonly Reasoned[];
}

/** Common names for what the EU AI Act makes of a system, the strictest last but for `undetermined`: ask a person. */
export const TIERS = ['minimal', 'limited', 'high', 'prohibited', 'undetermined'] as const;

export type Tier = (typeof TIERS)[number];

export interface EuAiActProposal {
  readonly tier: Tier;
  readonly confidence: 'high' | 'medium' | 'low';
  /** Ours, in the sense of the Act: `gpai_provider` provides a general-purpose model. */
  readonly roles: readonly { readonly role: 'provider' | 'deployer' | 'gpai_provider'; readonly because: string }[];
  /** Every provision that applies, the strictest first. */
  readonly provisions: readonly Provision[];
  /** What a person has to find out before the tier is certain. One at least where it is undetermined. */
  readonly open: readonly Missing[];
}

export interface Provision extends Reasoned {
  /**
   * What it makes of the system by itself; `undetermined` where somebody qualified has to say whether it applies, undefined where
   * it has no bearing on the tier.
   */
  readonly tier: Tier | undefined;
  /** "Art. 50(1)", "Annex III, point 4(a)" */
  readonly article: string;
  /** The day from which its duties apply; undefined where none can be named. YYYY-MM-DD */
  readonly appliesFrom: string | undefined;
  /** The regulation that this day is from. */
  readonly source: string;
}

export interface Missing {
  readonly fact: FactName;
  /** A sentence on what hangs on it. */
  readonly why: string;
  /** The strictest tier that the answer could lead to. */
  readonly couldBe: Tier;
}

/** Something a reviewer should look at. */
export interface Flag extends Reasoned {
  readonly id: FlagId;
}

export const FLAGS = [
  'prohibited_practice',
  'incident_unrecorded',
  'change_unchecked',
  'used_untested',
  'nobody_but_somebody',
  'goes_further',
  'anonymous_with_names',
  'unneeded_personal_data',
  'unapproved_tools',
  'warnings_ignored',
  'no_owner',
] as const;

export type FlagId = (typeof FLAGS)[number];

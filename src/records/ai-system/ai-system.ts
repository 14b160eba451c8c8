import type { Facts } from './facts.ts';
import type { TopicId } from './topics.ts';
import type { AiRole, Depth, Tier, Triage } from './triage/proposal.ts';

/** Stages of a life cycle, in their order, as the facts name them. */
export const STAGES = [
  'inception',
  'design_development',
  'verification_validation',
  'deployment',
  'operation_monitoring',
  'continuous_validation',
  're_evaluation',
  'retirement',
] as const;

export type Stage = (typeof STAGES)[number];

export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  inception: 'Idea or plan',
  design_development: 'In development',
  verification_validation: 'In testing',
  deployment: 'Being introduced',
  operation_monitoring: 'In use',
  continuous_validation: 'In use, still learning',
  re_evaluation: 'Under review',
  retirement: 'Retired',
};

/**
 * `draft` until it is submitted, `discarded` where that was given up; `submitted` until a reviewer decides; `sent_back` with
 * questions; `approved`; `retired`.
 */
export const SYSTEM_STATES = ['draft', 'submitted', 'sent_back', 'approved', 'retired', 'discarded'] as const;

export type SystemState = (typeof SYSTEM_STATES)[number];

export const SYSTEM_STATE_NAMES: Readonly<Record<SystemState, string>> = {
  draft: 'Draft',
  submitted: 'Waiting for review',
  sent_back: 'Sent back',
  approved: 'Approved',
  retired: 'Retired',
  discarded: 'Discarded',
};

/** Somebody, with the name to show. */
export interface Named {
  /** The person's id. */
  readonly id: string;
  readonly name: string;
}

/** What is said about an AI system: this is what versions keep. */
export interface Content {
  readonly name: string;
  /** By topic, as it was typed. */
  readonly texts: Readonly<Partial<Record<TopicId, string>>>;
  readonly facts: Facts;
  readonly overrides: Overrides;
}

/** What a person decided in the place of a proposal. */
export interface Overrides {
  readonly tier?: Override<Tier>;
  readonly roles?: Override<readonly AiRole[]>;
  readonly impactAssessment?: Override<Depth>;
  /** All that are relevant: ids of Annex A. */
  readonly controls?: Override<readonly string[]>;
}

export interface Override<T> {
  readonly value: T;
  readonly reason: string;
  /** The person's id. */
  readonly by: string;
  /** ISO 8601 */
  readonly at: string;
}

/** An AI system of the register. */
export interface AiSystem {
  readonly id: number;
  readonly content: Content;
  readonly owner: Named | undefined;
  readonly state: SystemState;
  /** Counts from 1. */
  readonly version: number;
  /** Undefined where nobody knows it. */
  readonly stage: Stage | undefined;
  /** As the rules propose it from the facts of this version. */
  readonly triage: Triage;
  /** What holds: the overrides, and the proposal where there is none. */
  readonly tier: Tier;
  readonly roles: readonly AiRole[];
  readonly impactDepth: Depth;
  readonly controls: readonly string[];
  /** Whether the impact has to be assessed, for the first time or again. */
  readonly isAssessmentDue: boolean;
  /** The day of the next look at it, from its approval on. YYYY-MM-DD */
  readonly reviewOn: string | undefined;
  /** 0 to 1: the share of what is asked that is answered. */
  readonly completeness: number;
  readonly submittedBy: Named | undefined;
  /** Who is to review it; undefined where that is whoever is compliance lead. */
  readonly reviewer: Named | undefined;
  readonly createdBy: Named | undefined;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** What people call it. */
export function systemKey(id: number): string {
  return `AIS-${id}`;
}

/** @returns undefined for what is no AI system's key */
export function parseSystemKey(text: string): number | undefined {
  const digits = /^AIS-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What made a version. */
export const SYSTEM_ACTS = [
  'created',
  'submitted',
  'sent_back',
  'approved',
  'reassigned',
  'changed',
  'overridden',
  'retired',
  'discarded',
] as const;

export type SystemAct = (typeof SYSTEM_ACTS)[number];

/** One version: what was done, by whom and why, and what is said since. */
export interface SystemVersion {
  readonly version: number;
  readonly act: SystemAct;
  readonly state: SystemState;
  readonly content: Content;
  readonly changes: readonly FieldChange[];
  readonly reason: string | undefined;
  /** Undefined where Steward did it by itself. */
  readonly by: Named | undefined;
  readonly at: Date;
}

/** `facts.origin`, `texts.I4`, `name`, `overrides.tier`, `owner` and what it said; undefined where it said nothing. */
export interface FieldChange {
  readonly field: string;
  readonly old: FieldValue | undefined;
  readonly new: FieldValue | undefined;
}

export type FieldValue = string | readonly string[];

/** A question about a system that is not answered yet, and the person to ask. */
export interface OpenPoint {
  readonly id: number;
  readonly system: number;
  readonly topic: TopicId;
  readonly question: string;
  /** Why it is open: what somebody said, or that nobody knew. */
  readonly why: string;
  /** Undefined where nobody is named yet. */
  readonly person: Named | undefined;
  readonly state: 'open' | 'answered' | 'dropped';
  readonly answer: string | undefined;
  readonly answeredBy: Named | undefined;
  readonly raisedAt: Date;
}

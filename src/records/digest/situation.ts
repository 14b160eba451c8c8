import type { Named } from '../ai-system/ai-system.ts';

/**
 * Where AI governance stands, as far as an audience may see it: what a digest is made from. Everything is JSON, because the digest
 * keeps it. Days are YYYY-MM-DD, moments ISO 8601. Lists hold the first so many of `total`.
 */
export interface Situation {
  readonly day: string;
  /** Since when it tells of changes. */
  readonly since: string;
  /** It leaves out what is for the committee. */
  readonly isForEveryone: boolean;
  readonly kpis: readonly KpiLine[];
  readonly systems: SystemChanges;
  readonly decisions: Listed<DecisionLine>;
  /** By owner; whoever is late the longest comes first. */
  readonly overdue: Listed<OverdueLine>;
  readonly lapsing: Listed<LapsingLine>;
  /** Questions that Steward could not answer and nobody has answered yet. */
  readonly questions: Listed<QuestionLine>;
  readonly dates: Listed<DateLine>;
  readonly head: WitnessedHead;
}

export interface Listed<T> {
  readonly total: number;
  readonly first: readonly T[];
}

export interface KpiLine {
  readonly id: string;
  readonly name: string;
  readonly unit: 'share' | 'count' | 'days' | 'hours';
  /** A share is 0 to 1; null where it is not measured yet, which is not zero. */
  readonly value: number | null;
  readonly target: number | null;
  /** Since the last week's value. */
  readonly change: number | null;
  /** Whether that is for the better; null where it is no change, or neither way is. */
  readonly isBetter: boolean | null;
  /** Whether the target is met; null without a value or a target. */
  readonly isMet: boolean | null;
  /** Of the last twelve weeks and now, the oldest first; null where it was not measured. */
  readonly weeks: readonly (number | null)[];
}

export interface SystemChanges {
  readonly added: Listed<SystemLine>;
  readonly changed: Listed<SystemLine>;
  readonly retired: Listed<SystemLine>;
}

export interface SystemLine {
  readonly id: number;
  readonly name: string;
}

/** An AI system that waits for somebody's decision. */
export interface DecisionLine extends SystemLine {
  /** The version that is to be decided on, as buttons carry it. */
  readonly version: number;
  readonly since: string;
  readonly isForCommittee: boolean;
}

export interface OverdueLine {
  /** The action item's number. */
  readonly id: number;
  readonly text: string;
  readonly owner: Named;
  readonly dueOn: string;
}

export interface LapsingLine {
  /** EV-48 */
  readonly key: string;
  readonly title: string;
  readonly owner: Named;
  readonly validUntil: string;
}

export interface QuestionLine {
  readonly id: number;
  readonly question: string;
  readonly since: string;
}

export interface DateLine {
  readonly day: string;
  /** Markdown. */
  readonly what: string;
}

/** A head of the event log, so that whoever reads the digest can later show that the log was not rewritten. */
export interface WitnessedHead {
  readonly sequence: number;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  /** Ed25519 over `headText`, in base64. */
  readonly signature: string;
  /** The fingerprint of the key. */
  readonly key: string;
}

import type { Named } from '../ai-system/ai-system.ts';
import type { RecordVisibility } from '../record-visibility.ts';
import type { Reference } from '../reference.ts';

export const DECISION_OUTCOMES = ['approved', 'refused', 'deferred', 'decided'] as const;

export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];

export const OUTCOME_NAMES: Readonly<Record<DecisionOutcome, string>> = {
  approved: 'Approved',
  refused: 'Refused',
  deferred: 'Put off',
  decided: 'Decided as follows',
};

export function isDecisionOutcome(text: string): text is DecisionOutcome {
  return (DECISION_OUTCOMES as readonly string[]).includes(text);
}

/** What was decided, by whom and when. */
export interface Decision {
  readonly id: number;
  readonly text: string;
  readonly outcome: DecisionOutcome;
  readonly reason: string | undefined;
  /** What it is about; undefined where nobody said. */
  readonly about: Reference | undefined;
  readonly participants: readonly Named[];
  /** Who else took part, in somebody's words. */
  readonly others: string | undefined;
  /** YYYY-MM-DD */
  readonly decidedOn: string;
  readonly visibility: RecordVisibility;
  readonly recordedBy: Named | undefined;
  readonly recordedAt: Date;
  /** Where it was recorded by mistake: it does not hold, and stays to be seen. */
  readonly withdrawn: Withdrawal | undefined;
}

export interface Withdrawal {
  readonly by: Named | undefined;
  readonly at: Date;
  readonly because: string;
}

/** What people call it. */
export function decisionKey(id: number): string {
  return `DEC-${id}`;
}

/** @returns undefined for what is no decision's key */
export function parseDecisionKey(text: string): number | undefined {
  const digits = /^DEC-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

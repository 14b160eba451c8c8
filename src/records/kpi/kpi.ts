import type { Named } from '../ai-system/ai-system.ts';
import type { KpiId } from './catalogue.ts';

/** `share` is 0 to 1; the others are what they are called. */
export type KpiUnit = 'share' | 'count' | 'days' | 'hours';

/** How the value follows from what each record counts for. An entered one is what somebody counted. */
export type Aggregate = 'share' | 'count' | 'median' | 'entered';

/** Which way is better. An `expected` value is neither better high nor low: far from what is usual, it is looked at. */
export type Direction = 'up' | 'down' | 'expected';

/** How often it is measured; `never` where the organisation does without it. */
export const FREQUENCIES = ['weekly', 'monthly', 'quarterly', 'never'] as const;

export type Frequency = (typeof FREQUENCIES)[number];

/** A figure that tells whether AI governance works. */
export interface KpiDefinition {
  readonly id: string;
  readonly name: string;
  readonly unit: KpiUnit;
  readonly source: 'computed' | 'entered';
  readonly aggregate: Aggregate;
  /** The version counts up with every change of what is counted, and is kept with each value. */
  readonly formula: { readonly version: number; readonly words: string };
  /** What it is counted from. */
  readonly from: string;
  /** Who answers for it unless somebody is named. */
  readonly ownerRole: 'compliance_lead';
  /** As Steward proposes it: targets are the organisation's own, and none is the standard's. Shares are 0 to 1. */
  readonly target: number | undefined;
  readonly direction: Direction;
  readonly frequency: Exclude<Frequency, 'never'>;
  /** What to do when the target is missed, as a sentence. */
  readonly whenMissed: string;
  /** Other words that people use for it, in lower case. */
  readonly alsoCalled: readonly string[];
}

/** What the organisation decided about a KPI. */
export interface KpiSettings {
  /** Undefined where it is whoever holds the role. */
  readonly owner: Named | undefined;
  readonly target: number | undefined;
  readonly frequency: Frequency;
  /** Nobody changed anything: target and frequency are Steward's proposal. */
  readonly areProposed: boolean;
}

/** A record behind a value, and what it counts for: 1 or 0 of a share, 1 of a count, and its own value of a median. */
export type Counted = readonly [id: string, value: number];

/** A KPI's value, and how it came about. */
export interface Figure {
  readonly kpi: KpiId;
  /** The version of its formula. */
  readonly formula: number;
  /** Undefined where it is not measured yet, or there was nothing to measure, which is not zero. */
  readonly value: number | undefined;
  /** So many of so many, where it is a share. */
  readonly of: { readonly part: number; readonly whole: number } | undefined;
  readonly records: readonly Counted[];
  /** For which day. YYYY-MM-DD */
  readonly measuredOn: string;
}

/** A figure as it was kept. */
export interface Snapshot extends Figure {
  readonly id: number;
  /** What was aimed at then. */
  readonly target: number | undefined;
  /** YYYY-MM-DD, in the organisation's time zone. */
  readonly takenOn: string;
  readonly takenAt: Date;
}

/** The moment of a measurement, and the organisation's day. */
export interface Moment {
  readonly now: Date;
  readonly today: string;
}

/** The moment so many days before. */
export function daysBefore({ now }: Moment, days: number): Date {
  return new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
}

/** What was counted for the KPIs that Steward's own tables tell. */
export type Records = { readonly [Id in KpiId]?: readonly Counted[] };

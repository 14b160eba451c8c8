import type { Named } from '../ai-system/ai-system.ts';
import type { RecordVisibility } from '../record-visibility.ts';
import type { Reference } from '../reference.ts';

export const ITEM_STATES = ['open', 'done', 'withdrawn'] as const;

export type ItemState = (typeof ITEM_STATES)[number];

/** What somebody has to do by a day. */
export interface ActionItem {
  readonly id: number;
  readonly text: string;
  readonly owner: Named;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly state: ItemState;
  readonly visibility: RecordVisibility;
  /** What it follows from; undefined where nobody said. */
  readonly source: Reference | undefined;
  /** Counts from 1. */
  readonly version: number;
  readonly createdBy: Named | undefined;
  readonly createdAt: Date;
  readonly closedBy: Named | undefined;
  readonly closedAt: Date | undefined;
}

/** What people call it. */
export function itemKey(id: number): string {
  return `ACT-${id}`;
}

/** @returns undefined for what is no action item's key */
export function parseItemKey(text: string): number | undefined {
  const digits = /^ACT-([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What made a version. */
export type ItemAct = 'created' | 'changed' | 'extended' | 'handed_over' | 'done' | 'withdrawn' | 'reopened';

/** One version: what was done, by whom and why, and what holds since. */
export interface ItemVersion {
  readonly version: number;
  readonly act: ItemAct;
  readonly text: string;
  readonly owner: Named;
  readonly dueOn: string;
  readonly state: ItemState;
  readonly visibility: RecordVisibility;
  readonly reason: string | undefined;
  /** Undefined where Steward did it by itself. */
  readonly by: Named | undefined;
  readonly at: Date;
}

/** Whether it is late. @param today YYYY-MM-DD */
export function isOverdue({ state, dueOn }: Pick<ActionItem, 'state' | 'dueOn'>, today: string): boolean {
  return state === 'open' && dueOn < today;
}

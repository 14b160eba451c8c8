import type { Db } from '../../src/database/database.ts';
import type { Audience } from '../../src/people/audience.ts';
import { addItem, type NewItem } from '../../src/records/action-item/change-items.ts';
import { type NewDecision, recordDecision } from '../../src/records/decision/record-decision.ts';
import { changing } from './evidence.ts';

/** What a member without a role may see alone. */
export function alone(person: string): Audience {
  return { guidanceOnly: false, visibilities: ['everyone'], person };
}

/** Somebody makes an item, by default for themselves and for everyone to see. @returns its number */
export function anItemOf(db: Db, maker: string, item: Partial<NewItem> = {}): Promise<number> {
  return changing(db, maker, (change) =>
    addItem(change, {
      text: 'Get the test report from the agency',
      owner: maker,
      dueOn: '2026-12-01',
      visibility: 'everyone',
      source: undefined,
      ...item,
    }),
  );
}

/** @returns the decision's number */
export function aDecisionBy(db: Db, recorder: string, decision: Partial<NewDecision> = {}): Promise<number> {
  return changing(db, recorder, (change) =>
    recordDecision(change, {
      text: 'The shop chatbot goes live.',
      outcome: 'approved',
      reason: undefined,
      about: { kind: 'system', ref: 'AIS-1' },
      participants: [],
      others: undefined,
      decidedOn: '2026-11-20',
      visibility: 'everyone',
      ...decision,
    }),
  );
}

import type { Change } from '../../event-log/governed-change.ts';
import { type Content, type Overrides, type SystemState, systemKey } from './ai-system.ts';
import type { Facts } from './facts.ts';
import { contentOf } from './read-systems.ts';
import { significantChanges } from './significant-change.ts';
import { fieldChanges, type NextVersion, personOf, storeNextVersion } from './store-version.ts';

/**
 * Why nothing was done: `changed_meanwhile` where the version that the person saw is no longer current; `wrong_state` where the
 * system's state does not allow it; `own` where somebody would decide on what they submitted; `same` where nothing would change.
 */
export type Refusal = 'changed_meanwhile' | 'wrong_state' | 'own' | 'same' | 'gone';

/** A system as somebody saw it, on which they decide. */
export interface SeenSystem {
  readonly id: number;
  readonly version: number;
}

/** @returns what was done, or why not */
export type Done = 'done' | Refusal;

/** Approves what was submitted. @param reviewOn the day of the next look at it, YYYY-MM-DD */
export function approve(
  change: Change,
  seen: SeenSystem,
  decision: { readonly reviewOn: string; readonly reason: string | undefined },
): Promise<Done> {
  return act(change, seen, ['submitted'], ({ content, submittedBy }) => {
    if (submittedBy !== null && submittedBy === personOf(change)) return 'own';
    return {
      act: 'approved',
      state: 'approved',
      content,
      reason: decision.reason,
      set: { review_on: decision.reviewOn },
    };
  });
}

/** Gives the review to somebody else. @param reviewer the person's id */
export function reassignReview(
  change: Change,
  seen: SeenSystem,
  { reviewer, reason }: { readonly reviewer: string; readonly reason: string | undefined },
): Promise<Done> {
  return act(change, seen, ['submitted'], ({ content, state, submittedBy, reviewer: before }) => {
    if (before === reviewer) return 'same';
    if (submittedBy === reviewer) return 'own';
    const also = { reviewer, reviewerBefore: before };
    return { act: 'reassigned', state, content, reason, set: { reviewer_id: reviewer }, also };
  });
}

/** What is to be said of a system from now on. What is left out stays; a fact that is undefined is taken away. */
export interface ContentChange {
  readonly name?: string;
  readonly texts?: Content['texts'];
  readonly facts?: { readonly [Name in keyof Facts]?: Facts[Name] | undefined };
}

/**
 * Changes what is said of a system that was submitted; before that its interview does. A significant change of an approved one opens its triage again: it has to be approved anew,
 * what people decided in the place of proposals lapses, and its impact is to be assessed.
 */
export function changeContent(
  change: Change,
  seen: SeenSystem,
  { name, texts, facts }: ContentChange,
  reason: string,
): Promise<Done> {
  return act(change, seen, ['submitted', 'approved'], ({ content, state }) => {
    const changed: Content = {
      name: name ?? content.name,
      texts: { ...content.texts, ...texts },
      facts: withoutUndefined({ ...content.facts, ...facts }) as Facts,
      overrides: content.overrides,
    };
    if (fieldChanges(content, changed).length === 0) return 'same';
    const significant = significantChanges(content.facts, changed.facts);
    if (significant.length === 0 || state !== 'approved') {
      return { act: 'changed', state, content: changed, reason };
    }
    return {
      act: 'changed',
      state: 'submitted',
      content: { ...changed, overrides: {} },
      reason,
      set: { assessment_due: true, submitted_by: personOf(change) },
      also: { significant },
    };
  });
}

/** What may stand in the place of a proposal. */
export type Decided = { readonly [Part in keyof Overrides]?: NonNullable<Overrides[Part]>['value'] };

/** Puts a person's decision in the place of proposals, with the reason. */
export function override(change: Change, seen: SeenSystem, decided: Decided, reason: string): Promise<Done> {
  return act(change, seen, ['submitted', 'approved'], ({ content, state }) => {
    const by = personOf(change) ?? 'steward';
    const at = change.at.toISOString();
    const made = Object.fromEntries(Object.entries(decided).map(([part, value]) => [part, { value, reason, by, at }]));
    const changed = { ...content, overrides: { ...content.overrides, ...made } };
    if (fieldChanges(content, changed).length === 0) return 'same';
    return { act: 'overridden', state, content: changed, reason };
  });
}

/** Takes a system out of use. Its record is kept. */
export function retire(change: Change, seen: SeenSystem, reason: string): Promise<Done> {
  return act(change, seen, ['submitted', 'sent_back', 'approved'], ({ content }) => ({
    act: 'retired',
    state: 'retired',
    content: { ...content, facts: { ...content.facts, stage: 'retirement' } },
    reason,
    set: { review_on: null },
  }));
}

/** Notes that the impact was assessed. @param reference where that is on record @returns false where that was not due */
export async function impactAssessed(change: Change, system: number, reference: string): Promise<boolean> {
  const assessed = await change.db
    .updateTable('ai_system')
    .set({ assessment_due: false })
    .where('id', '=', system)
    .where('assessment_due', '=', true)
    .returning('id')
    .executeTakeFirst();
  if (!assessed) return false;
  change.record({ action: 'ai-system.impact-assessed', subject: systemKey(system), detail: { reference } });
  return true;
}

interface Current {
  readonly id: number;
  readonly version: number;
  readonly state: SystemState;
  readonly content: Content;
  readonly submittedBy: string | null;
  readonly reviewer: string | null;
}

/** Stores what follows from the version that somebody saw, while it is still current. */
export async function act(
  change: Change,
  seen: SeenSystem,
  states: readonly SystemState[],
  next: (current: Current) => NextVersion | Refusal,
): Promise<Done> {
  const row = await change.db
    .selectFrom('ai_system')
    .select(['id', 'version', 'state', 'content', 'submitted_by as submittedBy', 'reviewer_id as reviewer'])
    .where('id', '=', seen.id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'gone';
  if (row.version !== seen.version) return 'changed_meanwhile';
  const current = { ...row, state: row.state as SystemState, content: contentOf(row.content) };
  if (!states.includes(current.state)) return 'wrong_state';
  const following = next(current);
  if (typeof following === 'string') return following;
  await storeNextVersion(change, current, following);
  return 'done';
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../event-log/governed-change.ts';
import {
  type Content,
  type FieldChange,
  type FieldValue,
  type Overrides,
  type SystemAct,
  type SystemState,
  systemKey,
} from './ai-system.ts';
import { completeness } from './completeness.ts';
import { isKnown, NONE } from './facts.ts';
import { inForce } from './in-force.ts';

/** A version that is to follow what is stored. */
export interface NextVersion {
  readonly act: SystemAct;
  readonly state: SystemState;
  readonly content: Content;
  readonly reason: string | undefined;
  /** Columns besides the content; those left out stay as they are. */
  readonly set?: {
    readonly submitted_by?: string | null;
    readonly reviewer_id?: string | null;
    readonly review_on?: string | null;
    readonly assessment_due?: boolean;
  };
  /** What else the event log is to say. */
  readonly also?: { readonly [key: string]: string | readonly string[] | null };
}

/** Makes a new AI system of a first version. @returns its id */
export async function storeFirstVersion(change: Change, next: NextVersion): Promise<number> {
  const { id } = await change.db
    .insertInto('ai_system')
    .values({
      ...columnsOf(next),
      version: 1,
      created_by: personOf(change),
      created_at: change.at,
      changed_at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keep(change, id, 1, next, []);
  return id;
}

/** Puts a version behind the one before, whose row must be locked. @param before what that one says */
export async function storeNextVersion(
  change: Change,
  before: { readonly id: number; readonly version: number; readonly content: Content },
  next: NextVersion,
): Promise<void> {
  const version = before.version + 1;
  await change.db
    .updateTable('ai_system')
    .set({ ...columnsOf(next), version, changed_at: change.at })
    .where('id', '=', before.id)
    .execute();
  await keep(change, before.id, version, next, fieldChanges(before.content, next.content));
}

export function personOf(change: Change): string | null {
  return change.actor.kind === 'person' ? change.actor.person : null;
}

/** What differs between two versions, field by field. */
export function fieldChanges(before: Content, after: Content): FieldChange[] {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => !isDeepStrictEqual(old.get(field), now.get(field)))
    .map((field) => ({ field, old: old.get(field), new: now.get(field) }));
}

function fieldsOf({ name, texts, facts, overrides }: Content): Map<string, FieldValue> {
  const of = (prefix: string, values: object) =>
    Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value as FieldValue] as const);
  const decided = Object.entries(overrides as Required<Overrides>).map(([part, { value }]) => [part, value] as const);
  return new Map([
    ['name', name],
    ...of('texts', texts),
    ...of('facts', facts),
    ...of('overrides', Object.fromEntries(decided)),
  ]);
}

function columnsOf({ state, content, set }: NextVersion) {
  const { facts } = content;
  const { tier, roles, impactDepth } = inForce(content);
  return {
    name: content.name,
    owner_id: isKnown(facts, 'owner') ? (facts.owner as string) : null,
    state,
    content: JSON.stringify(content),
    stage: isKnown(facts, 'stage') ? (facts.stage as string) : null,
    tier,
    roles: [...roles],
    impact_depth: impactDepth,
    personal_data: Array.isArray(facts.personalData) ? facts.personalData.filter((kind) => kind !== NONE) : [],
    completeness: completeness(content.texts, facts),
    ...set,
  };
}

async function keep(
  change: Change,
  id: number,
  version: number,
  { act, state, content, reason, also }: NextVersion,
  changes: readonly FieldChange[],
): Promise<void> {
  await change.db
    .insertInto('ai_system_version')
    .values({
      system_id: id,
      version,
      act,
      state,
      content: JSON.stringify(content),
      changes: JSON.stringify(changes),
      reason: reason ?? null,
      by_id: personOf(change),
      at: change.at,
    })
    .execute();
  const logged = changes.map(({ field, old, new: now }) => ({ field, old: old ?? null, new: now ?? null }));
  change.record({
    action: `ai-system.${act.replace('_', '-')}`,
    subject: systemKey(id),
    detail: { version, state, reason: reason ?? null, changes: logged, ...also },
  });
}

import { createHash } from 'node:crypto';
import type { EventDetail } from '../../event-log/entry.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { personOf } from '../ai-system/store-version.ts';
import type { RecordVisibility } from '../record-visibility.ts';
import type { Reference } from '../reference.ts';
import { type ItemAct, type ItemState, itemKey } from './action-item.ts';

export interface NewItem {
  readonly text: string;
  /** The person's id. */
  readonly owner: string;
  /** YYYY-MM-DD */
  readonly dueOn: string;
  readonly visibility: RecordVisibility;
  readonly source: Reference | undefined;
}

/** An action item as somebody saw it, on which they act. */
export interface SeenItem {
  readonly id: number;
  readonly version: number;
}

/**
 * Why nothing was done: `changed_meanwhile` where the version that the person saw is no longer current; `wrong_state` where it is
 * closed, or open, already; `same` where nothing would change.
 */
export type ItemRefusal = 'changed_meanwhile' | 'wrong_state' | 'same' | 'gone';

/** @returns the item's number */
export async function addItem(change: Change, item: NewItem): Promise<number> {
  const { text, owner, dueOn, visibility, source } = item;
  const { id } = await change.db
    .insertInto('action_item')
    .values({
      ...{ text, owner_id: owner, due_on: dueOn, visibility },
      ...{ source_kind: source?.kind ?? null, source_ref: source?.ref ?? null },
      ...{ created_by: personOf(change), created_at: change.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const state = { text, owner, dueOn, state: 'open' as const, visibility };
  await keep(change, { id, version: 1 }, { act: 'created', ...state, reason: undefined });
  const from = source ? `${source.kind} ${source.ref}` : null;
  change.record({ action: 'action-item.created', subject: itemKey(id), detail: { ...detailOf(state), source: from } });
  return id;
}

/** Says that it is done. @param note what came of it */
export function finishItem(change: Change, seen: SeenItem, note: string | undefined): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'open', () => ({ act: 'done', set: { state: 'done' }, reason: note }));
}

/** Says that it need not be done. */
export function withdrawItem(change: Change, seen: SeenItem, reason: string): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'open', () => ({ act: 'withdrawn', set: { state: 'withdrawn' }, reason }));
}

/** Opens one again that was closed. */
export function reopenItem(
  change: Change,
  seen: SeenItem,
  { dueOn, reason }: { readonly dueOn: string; readonly reason: string },
): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'closed', () => ({ act: 'reopened', set: { state: 'open', dueOn }, reason }));
}

/** Gives more time, or less. @param dueOn YYYY-MM-DD */
export function extendItem(
  change: Change,
  seen: SeenItem,
  { dueOn, reason }: { readonly dueOn: string; readonly reason: string },
): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'open', (current) =>
    current.dueOn === dueOn ? 'same' : { act: 'extended', set: { dueOn }, reason },
  );
}

/** Gives it to somebody else. @param owner the person's id */
export function handOverItem(
  change: Change,
  seen: SeenItem,
  { owner, reason }: { readonly owner: string; readonly reason: string | undefined },
): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'open', (current) =>
    current.owner === owner ? 'same' : { act: 'handed_over', set: { owner }, reason },
  );
}

/** Says in other words what is to be done, or shows it to others. */
export function changeItem(
  change: Change,
  seen: SeenItem,
  { text, visibility, reason }: Pick<NewItem, 'text' | 'visibility'> & { readonly reason: string | undefined },
): Promise<'done' | ItemRefusal> {
  return act(change, seen, 'open', (current) =>
    current.text === text && current.visibility === visibility
      ? 'same'
      : { act: 'changed', set: { text, visibility }, reason },
  );
}

/** What holds of an item. */
interface Current {
  readonly text: string;
  /** The person's id. */
  readonly owner: string;
  readonly dueOn: string;
  readonly state: ItemState;
  readonly visibility: RecordVisibility;
}

interface Next {
  readonly act: ItemAct;
  readonly set: Partial<Current>;
  readonly reason: string | undefined;
}

/** Stores what follows from the version that somebody saw. The row lock makes two at once follow one another. */
async function act(
  change: Change,
  { id, version }: SeenItem,
  from: 'open' | 'closed',
  next: (current: Current) => Next | ItemRefusal,
): Promise<'done' | ItemRefusal> {
  const row = await change.db
    .selectFrom('action_item')
    .select(['text', 'owner_id as owner', 'due_on as dueOn', 'state', 'visibility', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return 'gone';
  // Whoever presses twice is told that it is done, not that it was changed.
  if ((row.state === 'open') !== (from === 'open')) return 'wrong_state';
  if (row.version !== version) return 'changed_meanwhile';
  const { version: _, ...before } = row;
  const following = next(before);
  if (typeof following === 'string') return following;
  const now = { ...before, ...following.set };
  const isClosed = now.state !== 'open';
  await change.db
    .updateTable('action_item')
    .set({
      ...{ text: now.text, owner_id: now.owner, due_on: now.dueOn, state: now.state, visibility: now.visibility },
      version: version + 1,
      closed_by: isClosed ? personOf(change) : null,
      closed_at: isClosed ? change.at : null,
      // Who has it now, and by when, has not been told yet.
      ...(now.owner !== before.owner || now.dueOn !== before.dueOn ? { told: null } : {}),
    })
    .where('id', '=', id)
    .execute();
  await keep(change, { id, version: version + 1 }, { ...now, act: following.act, reason: following.reason });
  change.record({
    action: `action-item.${following.act.replace('_', '-')}`,
    subject: itemKey(id),
    detail: { version: version + 1, ...detailOf(now) },
  });
  return 'done';
}

async function keep(
  { db, at, ...change }: Change,
  { id, version }: SeenItem,
  { owner, dueOn, reason, ...said }: Current & Pick<Next, 'act' | 'reason'>,
): Promise<void> {
  await db
    .insertInto('action_item_version')
    .values({
      ...{ item_id: id, version, ...said, owner_id: owner, due_on: dueOn },
      ...{ reason: reason ?? null, by_id: change.actor.kind === 'person' ? change.actor.person : null, at },
    })
    .execute();
}

/** What the event log says: no texts, but a hash by which whoever holds the text can show that it was this one. */
function detailOf({ text, owner, dueOn, state, visibility }: Current): EventDetail {
  return { text: createHash('sha256').update(text).digest('hex'), owner, dueOn, state, visibility };
}

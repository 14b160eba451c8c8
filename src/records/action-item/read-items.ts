import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import type { Named } from '../ai-system/ai-system.ts';
import { named } from '../ai-system/read-systems.ts';
import { isRecordVisible } from '../record-visibility.ts';
import { type Reference, referenceOf } from '../reference.ts';
import type { ActionItem, ItemState, ItemVersion } from './action-item.ts';

/** Action items that have all of these. */
export interface ItemFilter {
  readonly state?: ItemState;
  /** The owner's id. */
  readonly owner?: string;
  /** The id of whoever made it. */
  readonly createdBy?: string;
  /** Due on this day or earlier. YYYY-MM-DD */
  readonly dueBy?: string;
  /** Made since. */
  readonly createdSince?: Date;
  /** Done or withdrawn since. */
  readonly closedSince?: Date;
  readonly source?: Reference;
}

/** @returns undefined where there is no such item, and where somebody in the audience may not see it */
export async function readItem(db: Db, id: number, audience: Audience): Promise<ActionItem | undefined> {
  const row = await items(db, audience).where('item.id', '=', id).executeTakeFirst();
  return row && asItem(row);
}

/**
 * The items that everybody in the audience may see, and how many there are in all. Open ones come first, those that are due first
 * before others; then what was closed, the last first.
 *
 * @param limit of items
 */
export async function listItems(
  db: Db,
  audience: Audience,
  filter: ItemFilter,
  limit: number,
): Promise<{ total: number; items: ActionItem[] }> {
  const { total } = await db
    .selectFrom('action_item as item')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where(isItemVisible(audience))
    .where(matches(filter))
    .executeTakeFirstOrThrow();
  const rows = await items(db, audience)
    .where(matches(filter))
    .orderBy(sql`item.closed_at desc nulls first`)
    .orderBy('item.due_on')
    .orderBy('item.id')
    .limit(limit)
    .execute();
  return { total, items: rows.map(asItem) };
}

/** What somebody is late with. */
export interface OverdueItems {
  readonly owner: Named;
  /** The longest late first. */
  readonly items: readonly ActionItem[];
}

/** What is late, by owner, for everybody in the audience to see; whoever is late the longest comes first. @param today YYYY-MM-DD */
export async function overdueByOwner(db: Db, audience: Audience, today: string): Promise<OverdueItems[]> {
  const rows = await items(db, audience)
    .where('item.state', '=', 'open')
    .where('item.due_on', '<', today)
    .orderBy('item.due_on')
    .orderBy('item.id')
    .execute();
  const byOwner = Map.groupBy(rows.map(asItem), ({ owner }) => owner.id);
  return [...byOwner.values()].flatMap((own) => (own[0] ? [{ owner: own[0].owner, items: own }] : []));
}

/** All versions of an item, the first one first. Ask only for an item that may be seen. */
export async function versionsOf(db: Db, id: number): Promise<ItemVersion[]> {
  const rows = await db
    .selectFrom('action_item_version as version')
    .innerJoin('person as owner', 'owner.id', 'owner_id')
    .leftJoin('person as doer', 'doer.id', 'by_id')
    .select(['version', 'act', 'text', 'due_on as dueOn', 'state', 'visibility', 'reason', 'at', 'by_id', 'owner_id'])
    .select(['owner.display_name as owner_name', 'doer.display_name as doer_name'])
    .where('item_id', '=', id)
    .orderBy('version')
    .execute();
  return rows.map(({ owner_id, owner_name, by_id, doer_name, reason, ...row }) => ({
    ...row,
    owner: { id: owner_id, name: owner_name },
    reason: reason ?? undefined,
    by: named(by_id, doer_name),
  }));
}

/** The condition on `item` that everybody in the audience may see it. */
export function isItemVisible(audience: Audience) {
  const person = audience.person ?? null;
  return isRecordVisible(audience, 'item.visibility', [
    sql<boolean>`item.owner_id = ${person}::uuid`,
    sql<boolean>`item.created_by = ${person}::uuid`,
  ]);
}

function items(db: Db, audience: Audience) {
  return db
    .selectFrom('action_item as item')
    .innerJoin('person as owner', 'owner.id', 'item.owner_id')
    .leftJoin('person as maker', 'maker.id', 'item.created_by')
    .leftJoin('person as closer', 'closer.id', 'item.closed_by')
    .select(['item.id', 'item.text', 'item.due_on', 'item.state', 'item.visibility', 'item.source_kind'])
    .select([
      'item.source_ref',
      'item.version',
      'item.created_by',
      'item.created_at',
      'item.closed_by',
      'item.closed_at',
    ])
    .select(['item.owner_id', 'owner.display_name as owner_name'])
    .select(['maker.display_name as maker_name', 'closer.display_name as closer_name'])
    .where(isItemVisible(audience));
}

function asItem(row: Awaited<ReturnType<ReturnType<typeof items>['execute']>>[number]): ActionItem {
  return {
    id: row.id,
    text: row.text,
    owner: { id: row.owner_id, name: row.owner_name },
    dueOn: row.due_on,
    state: row.state,
    visibility: row.visibility,
    source: referenceOf(row.source_kind, row.source_ref),
    version: row.version,
    createdBy: named(row.created_by, row.maker_name),
    createdAt: row.created_at,
    closedBy: named(row.closed_by, row.closer_name),
    closedAt: row.closed_at ?? undefined,
  };
}

/** The conditions of a filter. */
function matches({ state, owner, createdBy, dueBy, createdSince, closedSince, source }: ItemFilter) {
  const conditions = [sql`true`];
  // As a literal, so that an index of the open ones is used.
  if (state) conditions.push(sql`item.state = ${sql.lit(state)}`);
  if (owner) conditions.push(sql`item.owner_id = ${owner}`);
  if (createdBy) conditions.push(sql`item.created_by = ${createdBy}`);
  if (dueBy) conditions.push(sql`item.due_on <= ${dueBy}`);
  if (createdSince) conditions.push(sql`item.created_at >= ${createdSince}`);
  if (closedSince) conditions.push(sql`item.state <> 'open' and item.closed_at >= ${closedSince}`);
  if (source) conditions.push(sql`item.source_kind = ${source.kind} and item.source_ref = ${source.ref}`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { itemKey } from '../action-item/action-item.ts';
import type { Moment, Records } from './kpi.ts';

/** Days of due dates that count. */
const DUE = 30;

/** KPIs of the action items. An item counts by the day on which it was first due: late is late, though it was extended. */
export async function actionRecords(db: Db, { today }: Moment): Promise<Records> {
  const any = await db.selectFrom('action_item').select('id').limit(1).executeTakeFirst();
  if (!any) return {};
  const open = await db
    .selectFrom('action_item')
    .select(['id', 'due_on'])
    .where('state', '=', sql.lit('open'))
    .orderBy('id')
    .execute();
  const { rows } = await sql<{ id: number; isOnTime: boolean }>`
    select item.id, coalesce(item.state = 'done' and item.closed_at < first.due_on + 1, false) as "isOnTime"
    from action_item item
    join action_item_version first on first.item_id = item.id and first.version = 1
    where item.state <> 'withdrawn' and first.due_on < ${today}::date and first.due_on >= ${today}::date - ${DUE}::int
    order by item.id`.execute(db);
  return {
    'actions-on-time': rows.map(({ id, isOnTime }) => [itemKey(id), isOnTime ? 1 : 0]),
    'actions-open': open.map(({ id }) => [itemKey(id), 1]),
    'actions-overdue': open.flatMap(({ id, due_on }) => (due_on < today ? [[itemKey(id), 1] as const] : [])),
  };
}

import type { Db } from '../../database/database.ts';
import { type ActionItem, itemKey } from './action-item.ts';
import { isNextStage, lastDayToTell, type ReminderStage, reminderStage } from './reminder-stage.ts';

/** An open item of which something is to be told. */
export interface DueReminder {
  readonly item: Pick<ActionItem, 'id' | 'text' | 'owner' | 'dueOn' | 'version'>;
  readonly stage: ReminderStage;
  /** The id of whoever made it. */
  readonly createdBy: string | undefined;
  /** Whether it is an example person's. */
  readonly isExample: boolean;
  /** The owner's accounts are deactivated, or they are erased. */
  readonly isOwnerGone: boolean;
}

/** Whom and what to remind of on a day, the longest late first. @param today YYYY-MM-DD */
export async function dueReminders(db: Db, today: string): Promise<DueReminder[]> {
  const rows = await db
    .selectFrom('action_item as item')
    .innerJoin('person as owner', 'owner.id', 'item.owner_id')
    .select(['item.id', 'text', 'due_on', 'version', 'told', 'created_by', 'owner_id', 'display_name', 'is_example'])
    .select((select) =>
      select
        .not(
          select.exists(
            select
              .selectFrom('person_identity')
              .select('user_id')
              .whereRef('person_id', '=', 'item.owner_id')
              .where('standing', '<>', 'deactivated'),
          ),
        )
        .as('is_gone'),
    )
    .where('state', '=', 'open')
    .where('due_on', '<=', lastDayToTell(today))
    .where((where) => where.or([where('told', 'is', null), where('told', '<>', 'escalated')]))
    .orderBy('due_on')
    .orderBy('item.id')
    .execute();
  return rows.flatMap((row): DueReminder[] => {
    const stage = reminderStage({ dueOn: row.due_on }, today);
    if (!stage || !isNextStage(stage, row.told ?? undefined)) return [];
    const owner = { id: row.owner_id, name: row.display_name };
    return [
      {
        item: { id: row.id, text: row.text, owner, dueOn: row.due_on, version: row.version },
        stage,
        createdBy: row.created_by ?? undefined,
        isExample: row.is_example,
        isOwnerGone: Boolean(row.is_gone),
      },
    ];
  });
}

/**
 * Notes what is told, in the transaction in which it is posted, so that it is told once. What was changed since is told of its new
 * due date some other day.
 */
export async function noteTold(db: Db, reminders: readonly DueReminder[]): Promise<void> {
  for (const { item, stage } of reminders) {
    await db
      .updateTable('action_item')
      .set({ told: stage })
      .where('id', '=', item.id)
      .where('version', '=', item.version)
      .execute();
  }
}

/** Names what is told of an item, so that replicas do not tell it twice. */
export function reminderKey({ item, stage }: DueReminder): string {
  return `${itemKey(item.id)}:${stage}:${item.dueOn}:${item.version}`;
}

import { sql } from 'kysely';
import { daysLater } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { EvidenceItem } from './evidence.ts';
import { readEvidence } from './read-evidence.ts';

/** Days before the end of an item's validity on which its owner is reminded, and for how many after it they are told once. */
const EARLY = 30;
const SOON = 7;
const LATE = 30;

export type ReminderStage = 'early' | 'soon' | 'late';

export interface DueReminder {
  readonly item: EvidenceItem;
  readonly stage: ReminderStage;
}

/**
 * Notes what owners are to be reminded of from this day on, and were not yet. Part of the transaction that keeps the reminders, so
 * that each comes once.
 *
 * @param today YYYY-MM-DD
 */
export async function claimReminders(db: Db, today: string, at: Date): Promise<DueReminder[]> {
  const { rows } = await sql<{ key: string; owner: string; stage: ReminderStage }>`
    with due as (
      select document.id, document.key, document.owner_id, version.valid_until,
        case when version.valid_until < ${today}::date then 'late'
          when version.valid_until <= ${daysLater(today, SOON)}::date then 'soon' else 'early' end as stage
      from document_version version join document on document.id = version.document_id
      where document.kind = 'evidence' and version.superseded_at is null and version.valid_until is not null
        and version.valid_until between ${daysLater(today, -LATE)}::date and ${daysLater(today, EARLY)}::date),
    claimed as (
      insert into evidence_reminder (document_id, valid_until, stage, reminded_at)
      select id, valid_until, stage, ${at} from due on conflict do nothing returning document_id, stage)
    select due.key, due.owner_id as owner, due.stage from claimed
    join due on due.id = claimed.document_id and due.stage = claimed.stage
    order by due.valid_until, due.id`.execute(db);
  const reminders: DueReminder[] = [];
  for (const { key, owner, stage } of rows) {
    // Its owner may see an item always.
    const audience = { guidanceOnly: false, visibilities: [], person: owner };
    const item = await readEvidence(db, key, { audience, today });
    if (item) reminders.push({ item, stage });
  }
  return reminders;
}

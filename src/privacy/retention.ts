import { type RawBuilder, sql } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { RetentionConfig } from '../config.ts';
import type { Db } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import { clearDrafts } from '../records/evidence/draft.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Rows that are removed at a time, so that nobody waits behind a long transaction. */
const BATCH = 1_000;

/** A kind of what people said. */
interface Kind {
  readonly name: string;
  readonly kept: keyof RetentionConfig;
  /** Removes up to `BATCH` rows that are older. */
  readonly remove: (before: Date) => RawBuilder<unknown>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'messages in threads',
    kept: 'messageDays',
    remove: (before) => sql`delete from thread_message where id in (
      select id from thread_message where at < ${before} order by at limit ${BATCH})`,
  },
  {
    name: 'received messages',
    kept: 'messageDays',
    remove: (before) => sql`delete from inbox where id in (
      select id from inbox where done_at < ${before} order by done_at limit ${BATCH})`,
  },
  {
    name: 'sent messages',
    kept: 'messageDays',
    remove: (before) => sql`update outbox set address = '{}', reply = '{}' where id in (
      select id from outbox where reply <> '{}'::jsonb and created_at < ${before}
        and (sent_at is not null or failed_at is not null) order by created_at limit ${BATCH})`,
  },
  {
    name: 'messages nobody came for',
    kept: 'messageDays',
    remove: (before) => sql`delete from waiting_message where id in (
      select id from waiting_message where created_at < ${before} order by created_at limit ${BATCH})`,
  },
  {
    name: 'tables that nobody imported',
    kept: 'messageDays',
    remove: (before) => sql`delete from register_import where person_id in (
      select person_id from register_import where asked_at < ${before} order by asked_at limit ${BATCH})`,
  },
  {
    name: 'digests',
    kept: 'questionDays',
    remove: (before) => sql`update digest set content = '{}' where id in (
      select id from digest where content <> '{}'::jsonb and composed_at < ${before} order by composed_at limit ${BATCH})`,
  },
  {
    name: 'questions with their answers',
    kept: 'questionDays',
    remove: (before) => sql`update answer set question = '', text = '', conversation = '' where id in (
      select id from answer where text <> '' and at < ${before} order by at limit ${BATCH})`,
  },
  {
    name: 'comments on answers',
    kept: 'questionDays',
    remove: (before) => sql`update answer_feedback set comment = null, closed_at = coalesce(closed_at, now())
      where (answer_id, person_id) in (
        select answer_id, person_id from answer_feedback
        where (comment is not null or (not is_helpful and closed_at is null)) and at < ${before} order by at limit ${BATCH})`,
  },
  {
    name: 'askers of closed questions',
    kept: 'questionDays',
    remove: (before) => sql`delete from knowledge_gap_asker where (gap_id, person_id) in (
      select gap_id, person_id from knowledge_gap_asker join knowledge_gap on knowledge_gap.id = gap_id
      where closed_at < ${before} limit ${BATCH})`,
  },
];

export interface RetentionParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly retention: RetentionConfig;
}

/** Removes what people said when its time is over. The event log, which holds no texts, stays as it is, and gets the counts. */
export async function removeOld({ db, clock, log, retention }: RetentionParts): Promise<void> {
  const removed: Record<string, number> = {};
  for (const { name, kept, remove } of KINDS) {
    const before = new Date(clock.now().getTime() - retention[kept] * DAY);
    const rows = await inBatches(db, remove(before));
    if (rows > 0) removed[name] = rows;
  }
  const drafts = await clearDrafts(db, new Date(clock.now().getTime() - retention.messageDays * DAY));
  if (drafts > 0) removed['files that nobody confirmed as evidence'] = drafts;
  if (Object.keys(removed).length === 0) return;
  await governedChange(db, { kind: 'system' }, async (change) => {
    change.record({ action: 'personal-data.expired', subject: 'installation', detail: { removed, ...retention } });
  });
  log.info({ removed }, 'What people said was removed, because its time is over.');
}

async function inBatches(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  let rows = 0;
  for (;;) {
    const { numAffectedRows = 0n } = await statement.execute(db);
    rows += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return rows;
  }
}

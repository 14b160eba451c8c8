import { sql } from 'kysely';
import type { Address, Sender } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** Whoever goes on within so many hours of Steward's last words in a thread means Steward. */
const HOURS = 24;

/**
 * Whether somebody asked Steward in a thread before and was answered there. Whoever else writes there talks to other people, as
 * far as Steward knows.
 */
export async function follows(db: Db, sender: Sender, thread: Address): Promise<boolean> {
  const { rows } = await sql`
    select from thread_message as asked
    join person_identity as identity on identity.person_id = asked.person_id
    where asked.platform = ${thread.platform} and asked.workspace = ${thread.workspace}
      and asked.conversation = ${thread.conversation} and asked.thread = ${thread.thread}
      and identity.platform = ${sender.platform} and identity.workspace = ${sender.workspace}
      and identity.user_id = ${sender.userId}
      and exists (
        select from thread_message as answered
        where answered.platform = asked.platform and answered.workspace = asked.workspace
          and answered.conversation = asked.conversation and answered.thread = asked.thread
          and answered.id > asked.id and answered.reply is not null
          and answered.at > now() - ${HOURS} * interval '1 hour')
    limit 1`.execute(db);
  return rows.length > 0;
}

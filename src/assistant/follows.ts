import { sql } from 'kysely';
import type { Address, Sender } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** Whoever goes on within so many hours of Steward's last words in a thread means Steward. */
const HOURS = 24;

interface ThreadState {
  /** Steward spoke in it not long ago. */
  readonly isRecent: boolean;
  /** The sender had asked Steward before that. */
  readonly hasAsked: boolean;
  /** Since then somebody spoke to somebody else. */
  readonly isTalk: boolean;
}

/**
 * Whether somebody who names nobody in a thread means Steward: they asked it there and were answered, and since then nobody
 * spoke to anybody else. Otherwise people talk to each other until somebody names Steward again. Of what they say nothing is kept,
 * but that they do.
 */
export async function follows(db: Db, sender: Sender, thread: Address, namesOthers: boolean): Promise<boolean> {
  const { isRecent, hasAsked, isTalk } = await stateOf(db, sender, thread);
  if (!isRecent || isTalk) return false;
  if (hasAsked && !namesOthers) return true;
  const { platform, workspace, conversation } = thread;
  const talk = { person_id: null, text: '', reply: null };
  await db
    .insertInto('thread_message')
    .values({ platform, workspace, conversation, thread: thread.thread, ...talk })
    .execute();
  return false;
}

async function stateOf(db: Db, sender: Sender, thread: Address): Promise<ThreadState> {
  const { rows } = await sql<ThreadState>`
    with said as (
      select id, person_id, text, reply, at from thread_message
      where platform = ${thread.platform} and workspace = ${thread.workspace}
        and conversation = ${thread.conversation} and thread = ${thread.thread}),
    answer as (select id, at from said where reply is not null order by id desc limit 1)
    select answer.at > now() - ${HOURS} * interval '1 hour' as "isRecent",
      exists (
        select from said join person_identity as identity on identity.person_id = said.person_id
        where said.id < answer.id and identity.platform = ${sender.platform}
          and identity.workspace = ${sender.workspace} and identity.user_id = ${sender.userId}) as "hasAsked",
      exists (
        select from said
        where said.id > answer.id and said.person_id is null and said.reply is null and said.text = '') as "isTalk"
    from answer`.execute(db);
  return rows[0] ?? { isRecent: false, hasAsked: false, isTalk: false };
}

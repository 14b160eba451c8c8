import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { eraseFromLog } from '../event-log/erase.ts';
import type { Change } from '../event-log/governed-change.ts';
import { administratorRemains, rolesOf } from '../people/role-assignments.ts';
import { clearDraftsOf } from '../records/evidence/draft.ts';
import { erasePeopleFromAnswers } from '../records/reviewed-answer.ts';
import { eraseNames, tellingNames } from './erase-names.ts';
import { findMentions, holds, type Mention, tracesOf } from './traces.ts';

/** How a person is called from then on. */
export const ERASED_NAME = 'Erased person';

const ERASED_QUESTION = 'Erased question';

const ERASED_ITEM = 'Erased action item';

export type Erasure =
  | {
      readonly outcome: 'erased';
      /** Entries of the event log whose details were erased. */
      readonly entries: number;
      /** Where what others wrote still names the person. */
      readonly mentions: readonly Mention[];
    }
  /** Nothing was changed: nobody could give roles any more. */
  | { readonly outcome: 'last-administrator' }
  | { readonly outcome: 'unknown' };

interface Known {
  /** The person's id, then those of people who turned out to be them. */
  readonly ids: readonly [string, ...string[]];
  readonly names: readonly string[];
}

/**
 * Erases a person: who they are, what they said, and what the event log says of it. What they did in a role stays, under a number
 * that leads to nobody. Reads all messages that are kept, which happens rarely.
 *
 * @param today YYYY-MM-DD
 */
export async function erasePerson(change: Change, person: string, today: string): Promise<Erasure> {
  const { db } = change;
  const known = await lockPerson(db, person);
  if (!known) return { outcome: 'unknown' };
  const isAdministrator = (await rolesOf(db, person, today)).has('administrator');
  if (isAdministrator && !(await administratorRemains(change, person))) return { outcome: 'last-administrator' };
  await eraseTurns(db, known);
  const wordings = await wordingsOf(db, known);
  await eraseMessages(db, known, await shownOf(db, known));
  await eraseQuestions(change, known, wordings);
  await erasePeopleFromAnswers(change, known.ids, wordings);
  await eraseActions(change, known);
  await eraseIdentity(change, known);
  const names = tellingNames(known.names);
  await clearDraftsOf(db, known.ids);
  await eraseNames(db, names, ERASED_NAME);
  const entries = await eraseFromLog(change, known.ids, names, {});
  return { outcome: 'erased', entries, mentions: await findMentions(db, known.names) };
}

async function lockPerson(db: Db, person: string): Promise<Known | undefined> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'display_name', 'email'])
    .where((where) => where.or([where('id', '=', person), where('joined_into', '=', person)]))
    .where('erased_at', 'is', null)
    .forUpdate()
    .execute();
  const own = rows.find(({ id }) => id === person);
  if (!own) return undefined;
  const identities = await db.selectFrom('person_identity').select('user_id').where('person_id', '=', person).execute();
  const others = rows.map(({ id }) => id).filter((id) => id !== person);
  const names = [own.display_name, own.email ?? '', ...identities.map(({ user_id }) => user_id)].filter(Boolean);
  return { ids: [person, ...others], names };
}

/** What they sent. First of all, so that a turn of theirs that is being committed is waited for, and what it wrote is seen. */
async function eraseTurns(db: Db, { ids }: Known): Promise<void> {
  await sql`delete from inbox using person_identity identity
    where identity.person_id = any(${ids}::uuid[]) and sender = jsonb_build_object(
      'platform', identity.platform, 'workspace', identity.workspace, 'userId', identity.user_id)`.execute(db);
}

/** What the person asked, and said of answers. */
async function wordingsOf(db: Db, { ids }: Known): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select question as text from answer where asker_id = any(${ids}::uuid[]) and question <> ''
    union select question from knowledge_gap_asker where person_id = any(${ids}::uuid[])
    union select comment from answer_feedback where person_id = any(${ids}::uuid[]) and comment is not null`.execute(
    db,
  );
  return rows.map(({ text }) => text);
}

/** What of it others were shown. All else was said, and answered, where the person said it. */
async function shownOf(db: Db, { ids }: Known): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select question as text from knowledge_gap_asker where person_id = any(${ids}::uuid[])
    union select comment from answer_feedback where person_id = any(${ids}::uuid[]) and comment is not null
    union select question from answer where asker_id = any(${ids}::uuid[])
      and exists (select from answer_feedback where answer_id = answer.id and not is_helpful)`.execute(db);
  return rows.map(({ text }) => text);
}

/** What they said, where they said it, what they were answered there, and what others were told of it. */
async function eraseMessages(db: Db, { ids, names }: Known, shown: readonly string[]): Promise<void> {
  const people = sql`any(${ids}::uuid[])`;
  const traces = tracesOf([...names, ...shown]);
  await sql`create temporary table erased_place on commit drop as
    select platform, workspace, conversation, thread from thread_message where person_id = ${people}
    union
    select address ->> 'platform', address ->> 'workspace', address ->> 'conversation', null from person_address
    where person_id = ${people}`.execute(db);
  const isThere = (platform: string, workspace: string, conversation: string, thread: string) => sql<boolean>`exists (
    select from erased_place place where place.platform = ${sql.raw(platform)} and place.workspace = ${sql.raw(workspace)}
      and place.conversation = ${sql.raw(conversation)} and coalesce(place.thread, ${sql.raw(thread)}) = ${sql.raw(thread)})`;
  const inAddress = isThere(
    'outbox.platform',
    "outbox.address ->> 'workspace'",
    "outbox.address ->> 'conversation'",
    "outbox.address ->> 'thread'",
  );
  await sql`update outbox set address = '{}', reply = '{}',
      failed_at = case when sent_at is null then coalesce(failed_at, now()) else failed_at end
    where reply <> '{}'::jsonb
      and (${inAddress} or ${holds('reply', 'jsonb', traces)} or ${holds('address', 'jsonb', traces)})`.execute(db);
  await sql`delete from thread_message where person_id = ${people}
    or ${isThere('thread_message.platform', 'thread_message.workspace', 'thread_message.conversation', 'thread_message.thread')}
    or ${holds('text', 'text', traces)} or ${holds('reply', 'jsonb', traces)}`.execute(db);
  await sql`update digest set content = '{}' where ${holds('content', 'jsonb', traces)}
    or channel_id in (select id from digest_channel where person_id = ${people})`.execute(db);
  await sql`delete from waiting_message where person_id = ${people} or ${holds('reply', 'jsonb', traces)}`.execute(db);
  await sql`delete from inbox where ${holds('turn', 'jsonb', traces)}`.execute(db);
}

async function eraseQuestions({ db, at }: Change, { ids }: Known, wordings: readonly string[]): Promise<void> {
  const people = sql`any(${ids}::uuid[])`;
  await sql`update answer set question = '', text = '', conversation = '' where asker_id = ${people}`.execute(db);
  await sql`update answer_feedback set comment = null where person_id = ${people}`.execute(db);
  // A page of the organisation's own may be called by what they asked.
  for (const table of ['answer', 'knowledge_gap']) {
    await sql`update ${sql.table(table)} set topic_title = topic where topic_title = any(${wordings}::text[])`.execute(
      db,
    );
  }
  const { rows } = await sql<{ gap: number }>`
    delete from knowledge_gap_asker where person_id = ${people} returning gap_id as gap`.execute(db);
  const gaps = sql`any(${rows.map(({ gap }) => gap)}::bigint[])`;
  await sql`update knowledge_gap gap set question = coalesce((
      select question from knowledge_gap_asker other where other.gap_id = gap.id
        and other.question <> all(${wordings}::text[]) order by asked_at limit 1), ${ERASED_QUESTION})
    where id = ${gaps} and question = any(${wordings}::text[])`.execute(db);
  await sql`update knowledge_gap gap set state = 'withdrawn', closed_at = ${at} where id = ${gaps} and state = 'open'
    and not exists (select from knowledge_gap_asker other where other.gap_id = gap.id)`.execute(db);
}

/**
 * What they noted to do for themselves alone, and the reasons that they gave. What they gave to others, and others to them, is the
 * organisation's work; the compliance lead hears of it when it is due. Decisions stay, as what they did in a role.
 */
async function eraseActions({ db, at }: Change, { ids }: Known): Promise<void> {
  const people = sql`any(${ids}::uuid[])`;
  await sql`update action_item_version set reason = null where by_id = ${people} and reason is not null`.execute(db);
  await sql`update action_item_version version set text = ${ERASED_ITEM} from action_item item
    where item.id = item_id and item.created_by = ${people} and not exists (
      select from action_item_version other where other.item_id = item.id and other.owner_id <> all(${ids}::uuid[]))`.execute(
    db,
  );
  await sql`update action_item item set text = ${ERASED_ITEM}, state = case when state = 'open' then 'withdrawn' else state end,
      closed_at = coalesce(closed_at, ${at})
    where exists (select from action_item_version version where version.item_id = item.id and version.text = ${ERASED_ITEM})`.execute(
    db,
  );
}

async function eraseIdentity({ db, at, actor }: Change, { ids }: Known): Promise<void> {
  const people = sql`any(${ids}::uuid[])`;
  const by = actor.kind === 'person' ? actor.person : null;
  await sql`update role_assignment set withdrawn_at = ${at}, withdrawn_by = ${by}
    where withdrawn_at is null and person_id = ${people}`.execute(db);
  await sql`update role_assignment set deputy_id = null where deputy_id = ${people}`.execute(db);
  await sql`update digest_channel set ended_at = ${at}, address = '{}', conversation = 'erased ' || id
    where person_id = ${people}`.execute(db);
  for (const table of ['person_identity', 'person_address', 'document_reader', 'download_link', 'register_import']) {
    await sql`delete from ${sql.table(table)} where person_id = ${people}`.execute(db);
  }
  await sql`update person set display_name = ${ERASED_NAME}, email = null, erased_at = ${at} where id = ${people}`.execute(
    db,
  );
}

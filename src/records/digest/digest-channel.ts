import type { Address } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Named } from '../ai-system/ai-system.ts';
import type { Schedule } from './schedule.ts';

/** A conversation to which the weekly digest goes. */
export interface DigestChannel {
  readonly id: number;
  readonly address: Address;
  /** What people call it, where the platform tells. */
  readonly name: string | undefined;
  /** The id of whom it is a direct conversation with; undefined for a channel. */
  readonly person: string | undefined;
  readonly schedule: Schedule;
  readonly isPaused: boolean;
  /** Moments of the schedule before this one are not made up for. */
  readonly since: Date;
  readonly setBy: Named;
  /** It was set by an example person. */
  readonly isExample: boolean;
}

type Place = Pick<Address, 'platform' | 'workspace' | 'conversation'>;

/** All conversations that get the digest, the oldest first. */
export async function digestChannels(db: Db): Promise<DigestChannel[]> {
  return (await channels(db).orderBy('digest_channel.id').execute()).map(asChannel);
}

export async function digestChannelAt(db: Db, place: Place): Promise<DigestChannel | undefined> {
  const row = await channels(db)
    .where('platform', '=', place.platform)
    .where('workspace', '=', place.workspace)
    .where('conversation', '=', place.conversation)
    .executeTakeFirst();
  return row && asChannel(row);
}

/** @returns undefined where it does not get the digest any more */
export async function readDigestChannel(db: Db, id: number): Promise<DigestChannel | undefined> {
  const row = await channels(db).where('digest_channel.id', '=', id).executeTakeFirst();
  return row && asChannel(row);
}

export interface NewDigestChannel {
  readonly address: Address;
  readonly name: string | undefined;
  readonly person: string | undefined;
  readonly schedule: Schedule;
  /** The id of whoever sets it. */
  readonly by: string;
}

/** Has a conversation get the digest from now on, or at other times than before. @returns its id */
export async function setDigestChannel(change: Change, channel: NewDigestChannel): Promise<number> {
  const { address, name, person, schedule, by } = channel;
  const { platform, workspace, conversation } = address;
  const { weekday, time, timeZone } = schedule;
  const set = {
    ...{ address: JSON.stringify(address), name: name ?? null, person_id: person ?? null },
    ...{ weekday, time, time_zone: timeZone, is_paused: false, since: change.at, set_by: by },
  };
  const { id } = await change.db
    .insertInto('digest_channel')
    .values({ platform, workspace, conversation, ...set })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace', 'conversation']).where('ended_at', 'is', null).doUpdateSet(set),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  change.record({ action: 'digest.scheduled', subject: digestChannelName(address), detail: { ...schedule } });
  return id;
}

/** Stops the digest for a while, or has it go on; what was missed meanwhile is not made up for. @returns false where it is so */
export async function pauseDigestChannel(change: Change, { id, address }: DigestChannel, isPaused: boolean) {
  const changed = await change.db
    .updateTable('digest_channel')
    .set({ is_paused: isPaused, ...(isPaused ? {} : { since: change.at }) })
    .where('id', '=', id)
    .where('is_paused', '=', !isPaused)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!changed) return false;
  const action = isPaused ? 'digest.paused' : 'digest.resumed';
  change.record({ action, subject: digestChannelName(address), detail: {} });
  return true;
}

/** Ends the digest in a conversation. @returns false where it had ended */
export async function endDigestChannel(change: Change, { id, address }: DigestChannel): Promise<boolean> {
  const ended = await change.db
    .updateTable('digest_channel')
    .set({ ended_at: change.at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) return false;
  change.record({ action: 'digest.ended', subject: digestChannelName(address), detail: {} });
  return true;
}

/** The conversation as the event log names it. */
export function digestChannelName({ platform, conversation }: Pick<Address, 'platform' | 'conversation'>): string {
  return `channel:${platform}:${conversation}`;
}

function channels(db: Db) {
  return db
    .selectFrom('digest_channel')
    .innerJoin('person', 'person.id', 'set_by')
    .select(['digest_channel.id', 'address', 'name', 'person_id', 'weekday', 'time', 'time_zone', 'is_paused'])
    .select(['since', 'set_by', 'display_name', 'is_example'])
    .where('ended_at', 'is', null);
}

function asChannel(row: Awaited<ReturnType<ReturnType<typeof channels>['execute']>>[number]): DigestChannel {
  const { id, address, weekday, time } = row;
  return {
    id,
    address: address as unknown as Address,
    name: row.name ?? undefined,
    person: row.person_id ?? undefined,
    schedule: { weekday, time, timeZone: row.time_zone },
    isPaused: row.is_paused,
    since: row.since,
    setBy: { id: row.set_by, name: row.display_name },
    isExample: row.is_example,
  };
}

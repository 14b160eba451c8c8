import { sql } from 'kysely';
import type { Address, Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import type { ChannelAudience } from './audience.ts';

/** What a channel may see, as the compliance lead registered it. */
export interface Registration {
  readonly id: number;
  readonly address: Address;
  /** What people call the channel, where the platform tells. */
  readonly name: string | undefined;
  readonly audience: ChannelAudience;
  readonly registeredBy: string;
  readonly registeredAt: Date;
  readonly revision: number;
  /** When the channel was last seen to be what its audience needs; undefined where that has to be seen anew. */
  readonly checked: { readonly at: Date; readonly on: string } | undefined;
}

type Place = Pick<Address, 'platform' | 'workspace' | 'conversation'>;

/** @returns undefined for a channel that sees what everyone may see */
export async function readRegistration(db: Db, place: Place): Promise<Registration | undefined> {
  const row = await registrations(db)
    .where('platform', '=', place.platform)
    .where('workspace', '=', place.workspace)
    .where('conversation', '=', place.conversation)
    .executeTakeFirst();
  return row && asRegistration(row);
}

export async function allRegistrations(db: Db): Promise<Registration[]> {
  return (await registrations(db).orderBy('id').execute()).map(asRegistration);
}

function registrations(db: Db) {
  return db
    .selectFrom('channel_audience')
    .innerJoin('person', 'person.id', 'registered_by')
    .select(['channel_audience.id', 'address', 'name', 'audience', 'registered_at', 'revision'])
    .select(['checked_at', 'checked_on', 'person.display_name as registeredBy']);
}

function asRegistration(row: Awaited<ReturnType<ReturnType<typeof registrations>['execute']>>[number]): Registration {
  const { id, address, name, audience, registeredBy, registered_at, revision, checked_at: at, checked_on: on } = row;
  return {
    id,
    address: address as Address,
    name: name ?? undefined,
    audience: audience as ChannelAudience,
    registeredBy,
    registeredAt: registered_at,
    revision,
    checked: at && on ? { at, on } : undefined,
  };
}

/** Registers what a channel may see, in the place of what was registered before. The first answer there has it checked. */
export async function registerAudience(
  change: Change,
  { address, name, audience }: Pick<Registration, 'address' | 'name' | 'audience'>,
  by: string,
): Promise<void> {
  const { platform, workspace, conversation } = address;
  const registered = {
    name: name ?? null,
    audience,
    address: JSON.stringify(address),
    registered_by: by,
    registered_at: change.at,
    checked_at: null,
    checked_on: null,
  };
  await change.db
    .insertInto('channel_audience')
    .values({ platform, workspace, conversation, ...registered })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'workspace', 'conversation'])
        .doUpdateSet({ ...registered, revision: sql`channel_audience.revision + 1` }),
    )
    .execute();
  change.record({ action: 'channel-audience.registered', subject: channelName(address), detail: { audience } });
}

/**
 * Ends a registration: the channel sees what everyone may see.
 *
 * @param why `withdrawn` by a person, or `lapsed` because the channel is not what its audience needs
 * @returns false where it had ended before
 */
export async function endRegistration(
  change: Change,
  { id, revision }: Pick<Registration, 'id' | 'revision'>,
  why: 'withdrawn' | 'lapsed',
): Promise<boolean> {
  const ended = await change.db
    .deleteFrom('channel_audience')
    .where('id', '=', id)
    // A verdict on what was registered before says nothing about what is registered now.
    .$if(why === 'lapsed', (query) => query.where('revision', '=', revision))
    .returning(['platform', 'conversation', 'audience'])
    .executeTakeFirst();
  if (!ended) return false;
  const subject = channelName({ ...ended, platform: ended.platform as Platform });
  change.record({ action: `channel-audience.${why}`, subject, detail: { audience: ended.audience } });
  return true;
}

function channelName({ platform, conversation }: Pick<Address, 'platform' | 'conversation'>): string {
  return `channel:${platform}:${conversation}`;
}

/**
 * Notes that a channel was seen to be what its audience needs.
 *
 * @param at when the check began
 * @returns false where something changed meanwhile, so that the check says nothing
 */
export async function noteCheck(db: Db, { id, revision }: Registration, at: Date, today: string): Promise<boolean> {
  const noted = await db
    .updateTable('channel_audience')
    .set({ checked_at: at, checked_on: today })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .returning('id')
    .executeTakeFirst();
  return noted !== undefined;
}

/** Whether nothing changed since a registration was read. It stays so until the transaction is done. */
export async function isUnchanged(transaction: Db, { id, revision }: Registration): Promise<boolean> {
  const row = await transaction
    .selectFrom('channel_audience')
    .select('id')
    .where('id', '=', id)
    .where('revision', '=', revision)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Has channels checked anew before anything is said there that is not for everyone.
 *
 * @param place one of them; all without
 * @returns whether there is one
 */
export async function distrustChecks(db: Db, place?: Place): Promise<boolean> {
  const distrusted = await db
    .updateTable('channel_audience')
    .set((set) => ({ revision: set('revision', '+', 1), checked_at: null }))
    .$if(place !== undefined, (query) =>
      query
        .where('platform', '=', place?.platform ?? '')
        .where('workspace', '=', place?.workspace ?? '')
        .where('conversation', '=', place?.conversation ?? ''),
    )
    .returning('id')
    .execute();
  return distrusted.length > 0;
}

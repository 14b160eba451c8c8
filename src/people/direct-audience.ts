import type { Standing } from '../chat/channel.ts';
import type { Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import { type Audience, audienceOf } from './audience.ts';
import { rolesOf } from './role-assignments.ts';

/** What somebody who does not speak at the moment may see in a direct message on a platform. */
export async function directAudience(db: Db, person: string, platform: Platform, today: string): Promise<Audience> {
  const identity = await db
    .selectFrom('person_identity')
    .select('standing')
    .where('person_id', '=', person)
    .where('platform', '=', platform)
    .orderBy('checked_at', 'desc')
    .executeTakeFirst();
  const standing = (identity?.standing ?? 'unknown') as Standing;
  const roles = await rolesOf(db, person, today);
  return audienceOf({ kind: 'direct', sharedOutside: false }, { id: person, standing, roles });
}

/** What somebody may see alone, wherever they are. An account that was deactivated counts for nothing beside another one. */
export async function ownAudience(db: Db, person: string, today: string): Promise<Audience> {
  const identities = await db
    .selectFrom('person_identity')
    .select('standing')
    .where('person_id', '=', person)
    .execute();
  const standings = new Set(identities.map(({ standing }) => standing));
  const standing = STANDINGS.find((one) => standings.has(one)) ?? 'unknown';
  const roles = await rolesOf(db, person, today);
  return audienceOf({ kind: 'direct', sharedOutside: false }, { id: person, standing, roles });
}

/** What may see most goes first. */
const STANDINGS: readonly Standing[] = ['member', 'guest', 'external', 'deactivated'];

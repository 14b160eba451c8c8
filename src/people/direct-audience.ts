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

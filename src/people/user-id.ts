import type { Sender } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';

/** The platform's id of a person, for a form on that platform; undefined where they were never seen there. */
export async function userIdOf(
  db: Db,
  person: string,
  { platform, workspace }: Pick<Sender, 'platform' | 'workspace'>,
): Promise<string | undefined> {
  const identity = await db
    .selectFrom('person_identity')
    .select('user_id as userId')
    .where('person_id', '=', person)
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .orderBy('checked_at', 'desc')
    .executeTakeFirst();
  return identity?.userId;
}

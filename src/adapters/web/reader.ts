import type { Db } from '../../database/database.ts';
import { type Audience, GUIDANCE_ONLY } from '../../people/audience.ts';
import { directAudience } from '../../people/direct-audience.ts';
import { EXAMPLE_WORKSPACE } from './example-people.ts';

/** What an example person may see; the guidance alone for anybody else. @param today YYYY-MM-DD */
export async function exampleAudience(db: Db, example: string, today: string): Promise<Audience> {
  const identity = await db
    .selectFrom('person_identity')
    .select('person_id')
    .where('platform', '=', 'web')
    .where('workspace', '=', EXAMPLE_WORKSPACE)
    .where('user_id', '=', example)
    .executeTakeFirst();
  return identity ? directAudience(db, identity.person_id, 'web', today) : GUIDANCE_ONLY;
}

import { sql } from 'kysely';
import type { Db } from '../database/database.ts';

/** Somebody whom Steward knows, for whoever is to choose the right one. */
export interface KnownPerson {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | undefined;
  /** `platform:workspace:user` */
  readonly identities: readonly string[];
}

/** Everybody of a name, an e-mail address, an id of ours, or one as `platform:workspace:user` or the platform's user id. */
export async function findPeople(db: Db, text: string): Promise<KnownPerson[]> {
  const sought = text.trim();
  const rows = await db
    .selectFrom('person')
    .leftJoin('person_identity', 'person_identity.person_id', 'person.id')
    .select(['person.id', 'display_name as displayName', 'email', identity.as('identity')])
    .where('erased_at', 'is', null)
    .where('joined_into', 'is', null)
    .where('person.id', 'in', (query) =>
      query
        .selectFrom('person as candidate')
        .leftJoin('person_identity as known', 'known.person_id', 'candidate.id')
        .select('candidate.id')
        .where((where) =>
          where.or([
            where(sql`candidate.id::text`, '=', sought.toLowerCase()),
            where('candidate.email', '=', sought.toLowerCase()),
            where(sql`lower(candidate.display_name)`, '=', sql`lower(${sought})`),
            where('known.user_id', '=', sought),
            where(sql`known.platform || ':' || known.workspace || ':' || known.user_id`, '=', sought),
          ]),
        ),
    )
    .orderBy('person.id')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { id, displayName, email } = first;
    return [{ id, displayName, email: email ?? undefined, identities: same.flatMap((row) => row.identity ?? []) }];
  });
}

const identity = sql<
  string | null
>`person_identity.platform || ':' || person_identity.workspace || ':' || person_identity.user_id`;

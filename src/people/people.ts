import { sql } from 'kysely';
import type { Profile, Standing } from '../chat/channel.ts';
import type { Address, Sender } from '../chat/turn.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../event-log/entry.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';
import type { Role } from './role.ts';
import { giveRole, rolesOf } from './role-assignments.ts';

/** Somebody who talks to Steward. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly standing: Standing;
  readonly roles: ReadonlySet<Role>;
  readonly isExample: boolean;
}

/** How long a platform's word on somebody is believed, in milliseconds. */
const PROFILE_LIFETIME = 24 * 60 * 60 * 1000;

/** Whom the configuration makes administrators: e-mail addresses in lower case, or `platform:workspace:user`. */
export type FirstAdministrators = ReadonlySet<string>;

export class People {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #firstAdministrators: FirstAdministrators;
  readonly #profileOf: (sender: Sender, place?: Address) => Promise<Profile>;

  /** @param profileOf asks the sender's platform; called at first sight and once a day */
  constructor(
    db: Db,
    clock: Clock,
    firstAdministrators: FirstAdministrators,
    profileOf: (sender: Sender, place?: Address) => Promise<Profile>,
  ) {
    this.#db = db;
    this.#clock = clock;
    this.#firstAdministrators = firstAdministrators;
    this.#profileOf = profileOf;
  }

  /**
   * Finds who a sender is, and gets to know them at first sight. Identities with the same verified e-mail are one person.
   * While the platform does not answer, what it said last holds.
   *
   * @param place where the sender speaks
   * @throws what the platform's look-up throws, for somebody never seen before
   */
  async identify(sender: Sender, place?: Address): Promise<Person> {
    const known = await this.#find(sender);
    const isFresh =
      known &&
      known.standing !== 'unknown' &&
      this.#clock.now().getTime() - known.checkedAt.getTime() < PROFILE_LIFETIME;
    if (known && isFresh) return this.#asPerson(known);
    try {
      const current = await this.#profileOf(sender, place);
      // A platform that cannot tell at the moment does not take away what it said before.
      if (known && current.standing === 'unknown') return this.#asPerson(known);
      await governedChange(this.#db, { kind: 'system' }, (change) => this.#remember(change, sender, current));
    } catch (error) {
      if (known) return this.#asPerson(known);
      throw error;
    }
    const found = await this.#find(sender);
    if (!found) throw new Error('A person who was just stored cannot be found.');
    return this.#asPerson(found);
  }

  async #find(sender: Sender) {
    return this.#db
      .selectFrom('person_identity')
      .innerJoin('person', 'person.id', 'person_identity.person_id')
      .select(['person.id', 'display_name as displayName', 'is_example as isExample'])
      .select(['standing', 'checked_at as checkedAt'])
      .where('platform', '=', sender.platform)
      .where('workspace', '=', sender.workspace)
      .where('user_id', '=', sender.userId)
      .executeTakeFirst();
  }

  async #asPerson(row: { id: string; displayName: string; isExample: boolean; standing: string }): Promise<Person> {
    const roles = await rolesOf(this.#db, row.id, this.#clock.today());
    return {
      id: row.id,
      displayName: row.displayName,
      standing: row.standing as Standing,
      roles: row.standing === 'deactivated' ? new Set() : roles,
      isExample: row.isExample,
    };
  }

  async #remember(change: Change, sender: Sender, profile: Profile): Promise<void> {
    const personId = await this.#personFor(change, sender, profile);
    await change.db
      .updateTable('person')
      .set({ display_name: profile.displayName, ...(profile.email ? { email: profile.email } : {}) })
      .where('id', '=', personId)
      .execute();
    const identity = {
      platform: sender.platform,
      workspace: sender.workspace,
      user_id: sender.userId,
      person_id: personId,
      standing: profile.standing,
      checked_at: change.at,
    };
    await change.db
      .insertInto('person_identity')
      .values(identity)
      .onConflict((conflict) =>
        conflict
          .columns(['platform', 'workspace', 'user_id'])
          .doUpdateSet({ standing: profile.standing, checked_at: change.at }),
      )
      .execute();
    if (profile.standing === 'member' && this.#isFirstAdministrator(sender, profile)) {
      await giveRole(change, { person: personId, role: 'administrator', deputy: undefined, endsOn: undefined });
    }
  }

  async #personFor(change: Change, sender: Sender, profile: Profile): Promise<string> {
    // Two first messages at once, or first sights on two platforms at once, must not make two people.
    await sql`select pg_advisory_xact_lock(4200101)`.execute(change.db);
    const existing = await change.db
      .selectFrom('person_identity')
      .select('person_id')
      .where('platform', '=', sender.platform)
      .where('workspace', '=', sender.workspace)
      .where('user_id', '=', sender.userId)
      .executeTakeFirst();
    if (existing) return existing.person_id;
    const sameEmail =
      profile.email === undefined
        ? undefined
        : await change.db
            .selectFrom('person')
            .select('id')
            .where('email', '=', profile.email)
            .where('is_example', '=', false)
            .executeTakeFirst();
    const detail = { platform: sender.platform, standing: profile.standing };
    if (sameEmail) {
      change.record({ action: 'person.identity-joined', subject: `person:${sameEmail.id}`, detail });
      return sameEmail.id;
    }
    const { id } = await change.db
      .insertInto('person')
      .values({
        display_name: profile.displayName,
        email: profile.email ?? null,
        is_example: sender.platform === 'web',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    change.record({ action: 'person.added', subject: `person:${id}`, detail });
    return id;
  }

  #isFirstAdministrator(sender: Sender, profile: Profile): boolean {
    return (
      (profile.email !== undefined && this.#firstAdministrators.has(profile.email)) ||
      this.#firstAdministrators.has(`${sender.platform}:${sender.workspace}:${sender.userId}`)
    );
  }
}

/** The person as the event log names them. Example people of the web chat are not authenticated. */
export function actorOf(person: Person, via: string): Actor {
  return { kind: 'person', person: person.id, via, authenticated: !person.isExample };
}

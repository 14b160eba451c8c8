import { sql } from 'kysely';
import type { Profile, Standing } from '../chat/channel.ts';
import type { Address, Platform, Sender } from '../chat/turn.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../event-log/entry.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';
import { distrustChecks } from './channel-audience.ts';
import { joinPeople } from './join-people.ts';
import { activeRoles, type Role } from './role.ts';
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
    if (known && this.#isFresh(known)) return this.#asPerson(known);
    try {
      const current = await this.#profileOf(sender, place);
      // A platform that cannot tell at the moment does not take away what it said before.
      if (known && current.standing === 'unknown') return this.#asPerson(known);
      return await this.#note(sender, current);
    } catch (error) {
      if (known) return this.#asPerson(known);
      throw error;
    }
  }

  /**
   * Who somebody is who does not speak to Steward, such as a member of a channel. Keeps nothing of people whom it does not know.
   *
   * @throws what the platform's look-up throws
   */
  async recognise(sender: Sender, place: Address): Promise<Omit<Person, 'id' | 'isExample'>> {
    const known = await this.#find(sender);
    if (known && this.#isFresh(known)) return this.#asPerson(known);
    const profile = await this.#profileOf(sender, place);
    if (known || (await this.#withEmail(this.#db, profile))) return this.#note(sender, profile);
    return { displayName: profile.displayName, standing: profile.standing, roles: new Set() };
  }

  /** Takes what a platform says of its own accord about somebody; only of people whom Steward knows. */
  async observe(sender: Sender, profile: Profile): Promise<void> {
    const known = await this.#find(sender);
    if (!known || known.standing === profile.standing || profile.standing === 'unknown') return;
    await this.#note(sender, profile);
  }

  /**
   * Asks the platforms about a person again.
   *
   * @param isOn whether a platform is switched on
   * @throws what a platform's look-up throws
   */
  async lookAgain(person: string, isOn: (platform: Platform) => boolean): Promise<void> {
    const identities = await this.#db
      .selectFrom('person_identity')
      .leftJoin('person_address', (join) =>
        join
          .onRef('person_address.person_id', '=', 'person_identity.person_id')
          .onRef('person_address.platform', '=', 'person_identity.platform'),
      )
      .select(['person_identity.platform', 'workspace', 'user_id as userId', 'address'])
      .where('person_identity.person_id', '=', person)
      .execute();
    for (const { platform, workspace, userId, address } of identities) {
      const sender: Sender = { platform: platform as Platform, workspace, userId };
      if (!isOn(sender.platform)) continue;
      const profile = await this.#profileOf(sender, (address as Address | null) ?? undefined);
      if (profile.standing !== 'unknown') await this.#note(sender, profile);
    }
  }

  /** Who speaks is not deactivated any more, whatever was said before. */
  #isFresh({ standing, checkedAt }: { standing: string; checkedAt: Date }): boolean {
    if (standing === 'unknown' || standing === 'deactivated') return false;
    return this.#clock.now().getTime() - checkedAt.getTime() < PROFILE_LIFETIME;
  }

  async #note(sender: Sender, profile: Profile): Promise<Person> {
    await governedChange(this.#db, { kind: 'system' }, (change) => this.#remember(change, sender, profile));
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
      roles: activeRoles(row.standing as Standing, roles),
      isExample: row.isExample,
    };
  }

  async #remember(change: Change, sender: Sender, profile: Profile): Promise<void> {
    const { standing, email, displayName } = profile;
    // Two first messages at once, or first sights on two platforms at once, must not make two people.
    await sql`select pg_advisory_xact_lock(4200101)`.execute(change.db);
    const before = await change.db
      .selectFrom('person_identity')
      .select(['person_id', 'standing'])
      .where('platform', '=', sender.platform)
      .where('workspace', '=', sender.workspace)
      .where('user_id', '=', sender.userId)
      .executeTakeFirst();
    const personId = await this.#personFor(change, sender, profile, before?.person_id);
    await change.db
      .updateTable('person')
      .set({ display_name: displayName, ...(email ? { email } : {}) })
      .where('id', '=', personId)
      // A platform may know a deactivated account by its number alone.
      .$if(standing === 'deactivated', (query) => query.where('display_name', '=', ''))
      .execute();
    const said = {
      standing,
      checked_at: change.at,
      ...(before?.standing === standing ? {} : { standing_since: change.at }),
    };
    await change.db
      .insertInto('person_identity')
      .values({
        platform: sender.platform,
        workspace: sender.workspace,
        user_id: sender.userId,
        person_id: personId,
        ...said,
      })
      .onConflict((conflict) => conflict.columns(['platform', 'workspace', 'user_id']).doUpdateSet(said))
      .execute();
    if (before && before.standing !== standing) await noteNewStanding(change, personId, sender, standing);
    if (standing === 'member' && this.#isFirstAdministrator(sender, profile)) {
      await giveRole(change, { person: personId, role: 'administrator', deputy: undefined, endsOn: undefined });
    }
  }

  async #personFor(change: Change, sender: Sender, profile: Profile, existing: string | undefined): Promise<string> {
    const sameEmail = await this.#withEmail(change.db, profile);
    const detail = { platform: sender.platform, standing: profile.standing };
    if (existing) {
      if (!sameEmail || sameEmail === existing) return existing;
      await joinPeople(change, existing, sameEmail);
      return sameEmail;
    }
    if (sameEmail) {
      change.record({ action: 'person.identity-joined', subject: `person:${sameEmail}`, detail });
      return sameEmail;
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

  /** The person who has the e-mail address that a platform has verified. */
  async #withEmail(db: Db, { email }: Profile): Promise<string | undefined> {
    if (email === undefined) return undefined;
    const row = await db
      .selectFrom('person')
      .select('id')
      .where('email', '=', email)
      .where('is_example', '=', false)
      .executeTakeFirst();
    return row?.id;
  }

  #isFirstAdministrator(sender: Sender, profile: Profile): boolean {
    return (
      (profile.email !== undefined && this.#firstAdministrators.has(profile.email)) ||
      this.#firstAdministrators.has(`${sender.platform}:${sender.workspace}:${sender.userId}`)
    );
  }
}

/** A person's access changes with their standing, and so does what channels they are in may see. */
async function noteNewStanding(
  change: Change,
  person: string,
  { platform }: Sender,
  standing: Standing,
): Promise<void> {
  await distrustChecks(change.db);
  change.record({ action: 'person.standing-changed', subject: `person:${person}`, detail: { platform, standing } });
}

/** The person as the event log names them. Example people of the web chat are not authenticated. */
export function actorOf(person: Person, via: string): Actor {
  return { kind: 'person', person: person.id, via, authenticated: !person.isExample };
}

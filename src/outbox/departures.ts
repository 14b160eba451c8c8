import { actionId } from '../chat/action-id.ts';
import type { Reply } from '../chat/reply.ts';
import { literally } from '../chat/text.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { type Owned, type Ownership, ownedBy } from '../people/ownership.ts';
import { questionContact } from '../people/question-contact.ts';
import type { DirectMessages } from './direct-messages.ts';

export interface DeparturesParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly ownership: readonly Ownership[];
  readonly directMessages: DirectMessages;
  /** Asks for the outbox to be sent. */
  readonly sendSoon: () => Promise<void>;
}

/** Tells the compliance lead what is left behind by people whose accounts are deactivated. */
export class Departures {
  readonly #parts: DeparturesParts;

  constructor(parts: DeparturesParts) {
    this.#parts = parts;
  }

  /** The ids of everybody who is responsible for something. */
  async owners(): Promise<string[]> {
    const { db, clock, ownership } = this.#parts;
    const owners = await Promise.all(ownership.map((kind) => kind.owners(db, clock.today())));
    return [...new Set(owners.flat())];
  }

  /** Tells of everybody who left since, each once. */
  async tell(): Promise<void> {
    const { db } = this.#parts;
    const owners = await this.owners();
    if (owners.length === 0) return;
    const gone = await db
      .selectFrom('person')
      .innerJoin('person_identity', 'person_identity.person_id', 'person.id')
      .select(['person.id', 'display_name as name'])
      .select((select) => select.fn.max('standing_since').as('since'))
      .where('person.id', 'in', owners)
      .groupBy('person.id')
      .having((having) => having.fn.agg<boolean>('bool_and', [having('standing', '=', 'deactivated')]), '=', true)
      .execute();
    for (const person of gone) await this.#tellOf(person);
  }

  async #tellOf({ id, name, since }: { id: string; name: string; since: Date }): Promise<void> {
    const { db, clock, ownership, directMessages, sendSoon } = this.#parts;
    const today = clock.today();
    const owned = await ownedBy(db, ownership, id, today);
    const { people } = await questionContact(db, today, false);
    const posted = await db.transaction().execute((transaction) =>
      directMessages.post(
        transaction,
        people.map((lead) => ({
          key: `departed:${id}:${since.toISOString()}:${lead.id}`,
          person: lead.id,
          reply: departure(name, owned),
        })),
      ),
    );
    if (posted.length > 0) await sendSoon();
  }
}

function departure(name: string, owned: readonly Owned[]): Reply {
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${literally(name)} has left` },
      {
        kind: 'text',
        text: 'The account is deactivated, so they get no answers any more and their roles are suspended. To be handed over:',
      },
      { kind: 'text', text: owned.map(({ what, next }) => `- **${what}**: ${next}`).join('\n') },
    ],
    actions: [{ id: actionId('roles', 'give'), label: 'Give a role', style: 'primary', opensForm: true }],
  };
}

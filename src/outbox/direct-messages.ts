import type { Channel } from '../chat/channel.ts';
import type { Reply } from '../chat/reply.ts';
import type { Address, Platform } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import type { Outbox, OutgoingMessage } from './outbox.ts';

/** What is to be said to a person, alone, who did not just ask. */
export interface DirectMessage {
  /** Names the message for ever: posting the same key again posts nothing. */
  readonly key: string;
  /** The person's id. */
  readonly person: string;
  readonly reply: Reply;
  /** Where the person expects it; without, or where that is not possible, it goes where they spoke to Steward last. */
  readonly platform?: Platform;
  /** Where it would not arrive. */
  readonly notOn?: Platform;
}

/** Finds people for what Steward has to say to them. Whoever cannot be reached yet hears it when they next speak to Steward. */
export class DirectMessages {
  readonly #outbox: Outbox;
  readonly #channels: ReadonlyMap<Platform, Channel>;

  constructor(outbox: Outbox, channels: ReadonlyMap<Platform, Channel>) {
    this.#outbox = outbox;
    this.#channels = channels;
  }

  /**
   * Posts messages inside the transaction of the change that they report.
   *
   * @returns the ids of those that can be sent after the commit
   */
  async post(transaction: Db, messages: readonly DirectMessage[]): Promise<number[]> {
    const reachable: OutgoingMessage[] = [];
    for (const message of messages) {
      const { key, reply } = message;
      const address = await this.#addressOf(transaction, message);
      if (address) reachable.push({ key, address, reply });
      else await wait(transaction, message);
    }
    return this.#outbox.post(transaction, reachable);
  }

  /**
   * Notes where a person is in a direct conversation with Steward.
   *
   * @returns the ids of messages that waited for this; they can be sent after the commit
   */
  async reach(transaction: Db, person: string, place: Address): Promise<number[]> {
    const address = this.#channels.get(place.platform)?.lasting(place);
    if (!address) return [];
    const noted = { address: JSON.stringify(address), used_at: new Date() };
    await transaction
      .insertInto('person_address')
      .values({ person_id: person, platform: address.platform, ...noted })
      .onConflict((conflict) => conflict.columns(['person_id', 'platform']).doUpdateSet(noted))
      .execute();
    const waited = await transaction
      .deleteFrom('waiting_message')
      .where('person_id', '=', person)
      .returning(['id', 'key', 'reply'])
      .execute();
    waited.sort((a, b) => a.id - b.id);
    return this.#outbox.post(
      transaction,
      waited.map(({ key, reply }) => ({ key, address, reply: reply as Reply })),
    );
  }

  async #addressOf(db: Db, { person, platform: preferred, notOn }: DirectMessage): Promise<Address | undefined> {
    const rows = await db
      .selectFrom('person_address')
      .select('address')
      .where('person_id', '=', person)
      .where('platform', 'in', [...this.#channels.keys()])
      .orderBy('used_at', 'desc')
      .execute();
    const used = rows.map((row) => row.address as Address);
    const known = [...used, ...(await this.#unusedAddresses(db, person))];
    const places = known.filter(({ platform }) => platform !== notOn);
    return places.find(({ platform }) => platform === preferred) ?? places[0];
  }

  async #unusedAddresses(db: Db, person: string): Promise<Address[]> {
    const identities = await db
      .selectFrom('person_identity')
      .select(['platform', 'workspace', 'user_id as userId'])
      .where('person_id', '=', person)
      .where('standing', 'in', ['member', 'guest'])
      .orderBy('checked_at', 'desc')
      .execute();
    return identities.flatMap((identity) => {
      const platform = identity.platform as Platform;
      return this.#channels.get(platform)?.directTo({ ...identity, platform }) ?? [];
    });
  }
}

async function wait(db: Db, { key, person, reply }: DirectMessage): Promise<void> {
  await db
    .insertInto('waiting_message')
    .values({ key, person_id: person, reply: JSON.stringify(reply) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

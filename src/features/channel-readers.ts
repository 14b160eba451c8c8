import type { Address } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import type { Audience } from '../people/audience.ts';
import type { Registration } from '../people/channel-audience.ts';

/** What everybody in a channel may see, and the registration that it rests on. */
export interface Readers {
  readonly audience: Audience;
  readonly relied: Registration | undefined;
  /** False where the platform could not be asked. */
  readonly isKnown: boolean;
  /** What people call the channel, where the platform tells. */
  readonly name: string | undefined;
}

/** Who can read what Steward says in a channel of its own accord. */
export interface ChannelReaders {
  audienceOfPlace(place: Address): Promise<Readers>;
  /** @throws where that changed since */
  refuseChanged(transaction: Db, readers: Readers): Promise<void>;
}

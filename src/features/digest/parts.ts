import type { KeyObject } from 'node:crypto';
import type { Logger } from 'pino';
import type { Channel } from '../../chat/channel.ts';
import type { Platform } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessages } from '../../outbox/direct-messages.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { Situation } from '../../records/digest/situation.ts';
import type { ChannelReaders } from '../channel-readers.ts';
import type { Headline } from './headline.ts';

export interface DigestParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  /** The organisation's, which a schedule has unless somebody says otherwise. */
  readonly timeZone: string;
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly outbox: Outbox;
  readonly directMessages: DirectMessages;
  readonly readers: ChannelReaders;
  /** Signs the head of the event log. */
  readonly signingKey: () => Promise<KeyObject>;
  /** Where a language model is configured. Gives undefined where it fails or what it says does not hold. */
  readonly writer: ((situation: Situation) => Promise<Headline | undefined>) | undefined;
  /** Asks for the outbox to be sent in so many seconds. */
  readonly sendIn: (seconds: number) => Promise<void>;
}

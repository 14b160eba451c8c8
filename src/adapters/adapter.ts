import type { Express } from 'express';
import type { Channel } from '../chat/channel.ts';

/** A platform Steward speaks on: the way in is mounted on the web server, the way out is the channel. */
export interface Adapter {
  readonly channel: Channel;
  /** Adds the platform's endpoint. */
  mount(server: Express): void;
  /** Begins to listen where the platform delivers over a connection that Steward opens. */
  start?(): Promise<void>;
  /** Takes in nothing more over it. */
  stop?(): Promise<void>;
}

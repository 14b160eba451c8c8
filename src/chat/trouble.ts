import type { Platform } from './turn.ts';

/** Something that keeps Steward from its work until an administrator mends it. */
export interface Trouble {
  /** Names the cause, the same whenever it comes up: `slack:token`. */
  readonly cause: string;
  /** Markdown: what happened, and what to do. */
  readonly text: string;
  /** The platform on which nobody can be told until then. */
  readonly silences?: Platform;
}

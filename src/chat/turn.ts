/**
 * A turn: one thing a person said or did, in the words of no platform. Adapters make turns, the assistant routes them.
 * Everything in a turn is JSON, because the inbox keeps it until it is handled.
 */
export type Platform = 'slack' | 'teams' | 'web';

export interface Turn {
  /** The platform's own id of this delivery, the same for every repeat of it. */
  readonly deliveryId: string;
  readonly sender: Sender;
  readonly conversation: Conversation;
  readonly content: Content;
  /** Where replies to this turn go. */
  readonly address: Address;
}

/** Who acted, as the platform names them. Who that is to Steward, `people/` knows. */
export interface Sender {
  readonly platform: Platform;
  /** The Slack workspace (team or enterprise id) or Teams tenant the sender belongs to. */
  readonly workspace: string;
  readonly userId: string;
}

export interface Conversation {
  readonly id: string;
  /** `direct` is between the person and Steward alone; everything else can be read by others. */
  readonly kind: 'direct' | 'channel';
  /** People of another organisation can read it (Slack Connect, a Teams shared channel). */
  readonly sharedOutside: boolean;
}

export type Content =
  | { readonly kind: 'message'; readonly text: string; readonly files?: readonly SharedFile[] }
  /** What follows `/aims`, for example `roles give`. */
  | { readonly kind: 'command'; readonly text: string }
  /** Somebody picked a message, of whomever, and wants to ask Steward about it. */
  | { readonly kind: 'about'; readonly text: string }
  /** Somebody picked a message and wants its thread to be kept. */
  | { readonly kind: 'thread'; readonly thread: Address }
  /** Somebody picked a message and wants to note what is to be done. `place` is where it stands, unless that is between two. */
  | { readonly kind: 'to-do'; readonly text: string; readonly place?: string }
  /** A button was pressed. `action` is an `ActionId`. */
  | { readonly kind: 'action'; readonly action: string }
  /** A form was submitted. Values of `person` inputs are user ids of the sender's platform and workspace. */
  | { readonly kind: 'form'; readonly form: string; readonly values: FormValues };

/** A file that somebody gave to Steward. Its name and type are what the sender says, no more. */
export interface SharedFile {
  readonly name: string;
  readonly mediaType: string | undefined;
  /** In bytes, where the platform tells. */
  readonly size: number | undefined;
  /** What the adapter needs to fetch it. Nobody else reads it. */
  readonly source: Readonly<Record<string, string>>;
}

export type FormValues = Readonly<Record<string, string>>;

/** A place to which replies can be sent, also later and by another process. */
export interface Address {
  readonly platform: Platform;
  readonly workspace: string;
  readonly conversation: string;
  /** The thread within the conversation; in a conversation without threads, the conversation's own id. */
  readonly thread: string;
  /** What else the adapter needs to send there. Nobody else reads it. */
  readonly route: Readonly<Record<string, string>>;
}

import type { Feedback, Form, FormErrors, NoticeReply, Reply } from './reply.ts';
import type { Trouble } from './trouble.ts';
import type { Address, FormValues, Platform, Sender, SharedFile, Turn } from './turn.ts';

/** What the assistant gives to the adapters: the way in. */
export interface Receiver {
  /**
   * Stores a turn. When this resolves the turn will be handled, whatever happens to this process, and the adapter
   * acknowledges. Rejects when it could not be stored; the adapter then answers so that the platform delivers again.
   */
  receive(turn: Turn): Promise<'taken' | 'repeated'>;
  /** Checks a submitted form without reading anything, for platforms that show faults in the open form. */
  checkForm(form: string, values: FormValues): FormErrors;
  /** Somebody opened a direct conversation and has said nothing yet. Never rejects. */
  arrive(sender: Sender, address: Address): Promise<void>;
  /**
   * Whether somebody who writes in a thread without naming Steward goes on with what they asked it there. Where not, the
   * adapter keeps nothing of the message.
   *
   * @param namesOthers they mention somebody, so they do not; but people talk to each other from then on
   */
  follows(sender: Sender, thread: Address, namesOthers?: boolean): Promise<boolean>;
  /**
   * What a start page shows somebody: what waits for them, and what Steward can do, each with its buttons. Reads only.
   *
   * @param place the direct conversation with them
   */
  home(sender: Sender, place: Address): Promise<readonly NoticeReply[]>;
  /** Who can read a conversation has changed: somebody joined, or it was opened to others. Never rejects. */
  joined(conversation: Address): Promise<void>;
  /** The platform says of its own accord what somebody is now. Never rejects. */
  changed(sender: Sender, profile: Profile): Promise<void>;
  /** The form that a button leads to, where it is the same for everybody: for platforms that must show it at once. */
  formOf(action: string): Form | undefined;
  /** The feedback buttons of an answer that was sent, for platforms that tell of a press under which message it was alone. */
  feedbackOn(place: Address, messageId: string): Promise<Feedback | undefined>;
}

/** What an adapter gives to everybody else: the way out. */
export interface Channel {
  readonly platform: Platform;
  /**
   * Sends one reply.
   *
   * @param key names this message for ever; put into the platform's metadata where it has any
   * @param replaces the platform's id of an earlier message whose place this one takes; where it is gone, this one is new
   * @returns the platform's id of the message
   * @throws SendFailure
   */
  send(address: Address, reply: Reply, key: string, replaces?: string): Promise<string>;
  /**
   * Looks for a message whose sending was interrupted.
   *
   * @returns its id, `absent` when it was surely not sent, `unknown` where the platform cannot tell
   */
  find(address: Address, key: string): Promise<{ readonly messageId: string } | 'absent' | 'unknown'>;
  /**
   * Splits a reply into ones that each fit into a message. `send` shows the first, with a button that shows the rest (see
   * `firstPart`). Left out where everything fits.
   */
  parts?(reply: Reply): readonly Reply[];
  /** Shows that Steward is at work. Never rejects. @returns whether that is seen until the reply comes */
  showWorking(address: Address): Promise<boolean>;
  /**
   * Shows what is done of a reply so far, in Markdown; the reply itself takes its place. Never throws.
   *
   * @param started told the platform's id where the draft is a message, which `send` is to replace if another process does it
   */
  showDraft?(address: Address, markdown: string, started: (messageId: string) => void): void;
  /** Shows that a reply is there, and the platform lets it through in so many seconds. Never rejects. */
  showDelay?(address: Address, seconds: number): Promise<void>;
  /**
   * Fetches a file that somebody gave to Steward, where the platform lets people give any.
   *
   * @param limit in bytes; no more is read
   * @throws FileUnavailable
   */
  download?(file: SharedFile, limit: number): Promise<Uint8Array>;
  /**
   * Reads what was said in a thread, from its beginning, where the platform lets apps read any.
   *
   * @throws ThreadUnavailable
   */
  thread?(place: Address): Promise<readonly Said[]>;
  /** Asks the platform who somebody is. @param place where they speak, for platforms that tell about a person only there */
  profile(sender: Sender, place?: Address): Promise<Profile>;
  /**
   * Asks the platform who can read a conversation that is not direct, where the platform has such ones.
   *
   * @throws MembersUnknown where the platform does not tell; anything else where it cannot be asked at the moment
   */
  members?(conversation: Address): Promise<Membership>;
  /** The conversation that an address is in, without what leads to one reply alone: a thread, a modal, a response URL. */
  lasting(address: Address): Address;
  /** The same place without the window that was opened for one reply, where the platform has windows. */
  outsideWindow?(address: Address): Address;
  /** Where to speak to somebody who never wrote to Steward directly; undefined where the platform needs that first. */
  directTo(sender: Sender): Address | undefined;
}

/** How the platform sees a person. `member` belongs to the organisation; everybody else sees guidance only. */
export type Standing = 'member' | 'guest' | 'external' | 'deactivated' | 'unknown';

export interface Profile {
  readonly displayName: string;
  /** In lower case, and only where the platform has verified it. */
  readonly email: string | undefined;
  readonly standing: Standing;
}

/** Who can read a conversation. */
export interface Membership {
  /** What people call it, where the platform tells. */
  readonly name: string | undefined;
  /** Only its members can read it, and nobody joins without being let in. */
  readonly isPrivate: boolean;
  /** People of another organisation, or of another workspace, are in it or invited. */
  readonly isShared: boolean;
  /** All but Steward: people, and other apps. */
  readonly members: readonly Sender[];
}

/** One message of a thread. */
export interface Said {
  /** Undefined where an app said it. */
  readonly sender: Sender | undefined;
  readonly at: Date;
  /** As people read it, without what is attached. */
  readonly text: string;
}

/** A thread cannot be read; the message is a sentence for whoever wants it. */
export class ThreadUnavailable extends Error {
  override name = 'ThreadUnavailable';
}

/** The platform does not tell who is in a conversation; the message is a sentence that says what to do. */
export class MembersUnknown extends Error {
  override name = 'MembersUnknown';
  /** Whether people of another organisation or workspace are in it, where the platform tells at least that. */
  readonly isShared: boolean | undefined;

  constructor(message: string, options: ErrorOptions & { isShared?: boolean } = {}) {
    super(message, options);
    this.isShared = options.isShared;
  }
}

/** A message could not be sent. */
export class SendFailure extends Error {
  override name = 'SendFailure';
  /** What the outbox does next: try again after a pause, look whether the message arrived after all, or give up. */
  readonly next: 'retry' | 'look' | 'give-up';
  /** Seconds that the platform asked to wait. */
  readonly retryAfter: number | undefined;
  /** What an administrator has to mend. */
  readonly trouble: Trouble | undefined;

  constructor(
    message: string,
    next: SendFailure['next'],
    options: ErrorOptions & { retryAfter?: number | undefined; trouble?: Trouble | undefined } = {},
  ) {
    super(message, options);
    this.next = next;
    this.retryAfter = options.retryAfter;
    this.trouble = options.trouble;
  }
}

/** A file cannot be fetched; the message is a sentence for whoever gave it. */
export class FileUnavailable extends Error {
  override name = 'FileUnavailable';
}

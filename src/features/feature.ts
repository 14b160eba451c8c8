import type { Action, Form, FormErrors, NoticeReply, Reply } from '../chat/reply.ts';
import type { Address, Conversation, FormValues, Sender, SharedFile } from '../chat/turn.ts';
import type { Change } from '../event-log/governed-change.ts';
import type { DirectMessage } from '../outbox/direct-messages.ts';
import type { Audience } from '../people/audience.ts';
import type { Person } from '../people/people.ts';

/** A conversation a person can have with Steward. */
export interface Feature {
  /** First part of its buttons' and forms' ids. */
  readonly name: string;
  readonly commands: readonly Command[];
  /** Checks a submitted form by its values alone. */
  checkForm?(verb: string, values: FormValues): FormErrors;
  /** What a start page shows somebody of this feature beside what waits for them. Reads only. */
  home?(reader: HomeReader): Promise<NoticeReply | undefined>;
  /** What somebody is to do, of this feature: `/aims mine` and the start page show it with that of all others. Reads only. */
  waiting?(reader: HomeReader): Promise<readonly WaitingThing[]>;
  /** The form that a button leads to, where it is the same for everybody. It is authorised when it is submitted. */
  formOf?(verb: string, argument: string): Form | undefined;
  /**
   * Whether a message, which is no command, is for this feature: an answer to what it asked, or a wish that it fulfils. Messages
   * that no feature takes are questions for everybody's knowledge.
   */
  takesMessage?(text: string, asker: Asker): Promise<boolean>;
  /** Whether it asked somebody something, and their next message is the answer. */
  awaitsAnswer?(asker: Asker): Promise<boolean>;
  /** Whether files are for this feature, because it asked for them. Files that no feature awaits are kept as evidence. */
  awaitsFiles?(given: GivenFiles, asker: Asker): Promise<boolean>;
  /** Takes files that it awaits. */
  takeFiles?(given: GivenFiles, asker: Asker): Promise<Outcome>;
  /** Reads and thinks. What is to be written, and said, comes back as an outcome. */
  respond(request: Request, asker: Asker): Promise<Outcome>;
}

/**
 * What a feature decided: runs in one short transaction, writes what is to be written and returns what is to be said. The
 * turn is marked as handled, and the replies are put into the outbox, in that same transaction.
 */
export type Outcome = (change: Change, tell: Tell) => Promise<readonly Reply[]>;

/** Notes what is to be said to somebody who did not just ask; it is kept with the change, and sent behind the replies. */
export type Tell = (message: DirectMessage) => void;

/** An outcome that writes nothing. */
export function say(...replies: Reply[]): Outcome {
  return async () => replies;
}

/** `/aims NAME ARGUMENTS` */
export interface Command {
  readonly name: string;
  /** What follows the name, as shown in the help: `<question>`; empty where nothing does. */
  readonly usage: string;
  readonly summary: string;
  /** Those arguments that lead to a form, so that a platform can open an empty one while it is being made. */
  readonly formArguments?: readonly string[];
  /** Few people need it, so that a menu with no room for all leaves it out first. */
  readonly isRare?: true;
}

export type Request =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  | { readonly kind: 'action'; readonly verb: string; readonly argument: string }
  | { readonly kind: 'form'; readonly verb: string; readonly argument: string; readonly values: FormValues };

/** Takes what people give to Steward to keep. */
export interface FileTaker {
  takeFiles(given: GivenFiles, asker: Asker): Promise<Outcome>;
  /** Somebody wants what was said in a thread to be kept. */
  takeThread(thread: Address, asker: Asker): Promise<Outcome>;
}

/** Files that came with a message. */
export interface GivenFiles {
  /** What the message says; may be empty. */
  readonly text: string;
  readonly files: readonly SharedFile[];
}

/** Something that somebody is to do. */
export interface WaitingThing {
  /** Markdown, on one line: `**ACT-12** Get the test report`. */
  readonly what: string;
  /** The day by which it is to be done, YYYY-MM-DD. */
  readonly dueOn?: string;
  /** Since when it waits. */
  readonly since?: Date;
  /** The button that leads to it. */
  readonly action: Action;
}

/** Who looks at their start page, which nobody else sees. */
export interface HomeReader {
  readonly person: Person;
  readonly audience: Audience;
}

/** Who asks, and who can read the reply. */
export interface Asker {
  readonly person: Person;
  readonly sender: Sender;
  readonly conversation: Conversation;
  readonly audience: Audience;
  /** Where the reply goes. */
  readonly address: Address;
  /** Shows what is done of a reply so far, in Markdown, where the platform can. The reply itself takes its place. Never throws. */
  showDraft(markdown: string): void;
  /**
   * Wraps work that waits for a slow server outside of Steward, such as a language model: meanwhile another turn has this one's
   * place.
   */
  whileWaiting<T>(work: () => Promise<T>): Promise<T>;
}

/** What somebody on a platform sees of a reply, whatever the platform. */
export interface SeenReply {
  readonly text: string;
  /** The ids of the cited sources, in their order. */
  readonly citations: readonly string[];
  readonly actions: readonly { readonly id: string; readonly label: string; readonly link?: string }[];
  /** The names of the inputs, where the reply is a form. */
  readonly inputs: readonly string[];
  /** Faults at the fields of a form that was submitted. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Somebody who talks to Steward on a platform, through the platform's own wire format. */
export interface Chatter {
  readonly platform: string;
  say(text: string): Promise<SeenReply>;
  /** `/aims TEXT` */
  command(text: string): Promise<SeenReply>;
  /** Gives a file to Steward, with a message. */
  give(file: GivenFile, text?: string): Promise<SeenReply>;
  /** Presses a button of an earlier reply. */
  press(action: string): Promise<SeenReply>;
  /** Waits for what Steward says of its own accord, in a direct message. */
  hear(): Promise<SeenReply>;
  /** Submits the form that was shown last. */
  submit(values: Record<string, string>): Promise<SeenReply>;
  userId(person: string): string;
}

/** One thing that the doctor looked at. */
export interface Finding {
  /** What was looked at: `Database`, `Slack`. */
  readonly about: string;
  /** `attention`: it works, and something should be done. `fault`: it does not work. */
  readonly status: 'ok' | 'attention' | 'fault';
  /** What was found, in sentences. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Takes a finding as soon as it is made, so that it is kept where the next one takes too long. */
export type Tell = (finding: Finding) => void;

/** Looks at one thing, or at several that hang together. Independent of all other checks. */
export interface Check {
  readonly about: string;
  /** Whatever it throws is a fault. */
  run(tell: Tell): Promise<void>;
}

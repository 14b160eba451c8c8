import type { IncomingActivity, InvokeAnswer, Member, OutgoingActivity, Reference } from './activity.ts';

/**
 * How activities come from Teams and go there. botbuilder fills it; its successor could. What an implementation promises is in
 * `test/teams/transport.contract.ts`.
 */
export interface TeamsTransport {
  /**
   * Checks who sent an activity, and hands it on.
   *
   * @returns what an invoke is answered with
   * @throws Refused, and whatever `handle` throws
   */
  receive(
    authorization: string,
    body: unknown,
    handle: (activity: IncomingActivity) => Promise<InvokeAnswer | undefined>,
  ): Promise<InvokeAnswer | undefined>;
  /** @returns the id of the message; undefined where Teams gives none @throws TransportFailure */
  send(reference: Reference, activity: OutgoingActivity): Promise<string | undefined>;
  /** Puts an activity into the place of one that was sent. @throws TransportFailure */
  update(reference: Reference, id: string, activity: OutgoingActivity): Promise<void>;
  /** Takes back an activity that was sent. @throws TransportFailure */
  remove(reference: Reference, id: string): Promise<void>;
  /** @returns undefined for somebody who is not in the conversation @throws TransportFailure */
  member(reference: Reference, userId: string): Promise<Member | undefined>;
  /** Everybody in a conversation. @returns undefined where there are more than so many @throws TransportFailure */
  members(reference: Reference, most: number): Promise<readonly Member[] | undefined>;
}

/** A request is refused; the status says why, the message is for its sender. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: 400 | 401 | 403;

  constructor(status: Refused['status'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Teams, or the server that gives tokens, did not do what it was asked. */
export class TransportFailure extends Error {
  override name = 'TransportFailure';
  /** The HTTP status of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** Microsoft's word, or the operating system's, for what is wrong. */
  readonly code: string | undefined;
  /** Seconds that Teams asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    options: ErrorOptions & {
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      readonly retryAfter?: number | undefined;
    },
  ) {
    super(message, options);
    this.status = options.status;
    this.code = options.code;
    this.retryAfter = options.retryAfter;
  }
}

import { createHash, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Action } from '../chat/reply.ts';
import type { Platform } from '../chat/turn.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';
import type { Audience } from '../people/audience.ts';
import { ownAudience } from '../people/direct-audience.ts';

/** For how long a link leads to its file, in minutes. */
export const LINK_MINUTES = 10;

/** A file as somebody gets it. */
export interface DownloadFile {
  /** With its ending. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array | Readable;
}

/** Who follows a link, and what they may see alone at that moment. */
export interface FileReader {
  /** The person's id. */
  readonly person: string;
  readonly audience: Audience;
}

/**
 * Makes the files of one kind, each when its link is followed.
 *
 * @returns undefined where there is none any more, or the reader may not have it
 */
export type FileMaker = (reader: FileReader, argument: string) => Promise<DownloadFile | undefined>;

export interface DownloadsParts {
  readonly db: Db;
  readonly clock: Clock;
  /** Where people reach Steward from outside, without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** By the kinds of files. */
  readonly makers: ReadonlyMap<string, FileMaker>;
}

/**
 * Files that Steward gives to one person by a link. Whoever has the link gets the file, so that it lapses after minutes, is told to
 * that person alone, in a direct message, and is kept as a hash; where the message is kept, it is of no use any more. Whether the
 * person may have the file is asked again when the link is followed. Offering and fetching are recorded.
 */
export class Downloads {
  readonly #parts: DownloadsParts;

  constructor(parts: DownloadsParts) {
    this.#parts = parts;
  }

  /** Whether people on a platform have an address at which to fetch a file. */
  isPossible(platform: Platform): boolean {
    return this.#addressOn(platform) !== undefined;
  }

  /**
   * Makes a link in the transaction of a change, as a button for a direct message to that person.
   *
   * @param person their id
   * @param label of the button
   * @throws Error where `isPossible` says no
   */
  async link(
    change: Change,
    to: { readonly person: string; readonly platform: Platform },
    file: { readonly kind: string; readonly argument: string; readonly label: string },
  ): Promise<Action> {
    const { clock, makers } = this.#parts;
    const { kind, argument, label } = file;
    const address = this.#addressOn(to.platform);
    if (address === undefined)
      throw new Error(`People on ${to.platform} cannot reach Steward: STEWARD_URL is not set.`);
    if (!makers.has(kind)) throw new Error(`Nothing makes files of the kind ${kind}.`);
    const token = randomBytes(32).toString('base64url');
    const now = clock.now();
    const expires_at = new Date(now.getTime() + LINK_MINUTES * 60_000);
    await change.db.deleteFrom('download_link').where('expires_at', '<', now).execute();
    await change.db
      .insertInto('download_link')
      .values({ token_hash: hashOf(token), person_id: to.person, kind, argument, expires_at })
      .execute();
    change.record({ action: 'file.offered', subject: `person:${to.person}`, detail: { kind, argument } });
    return { id: 'download:open:', label, style: 'primary', link: `${address}/files/${token}` };
  }

  /** What a link leads to now. @returns undefined where it leads nowhere, or not any more */
  async open(token: string): Promise<DownloadFile | undefined> {
    const { db, clock, makers } = this.#parts;
    const link = await db
      .selectFrom('download_link')
      .select(['person_id as person', 'kind', 'argument'])
      .where('token_hash', '=', hashOf(token))
      .where('expires_at', '>=', clock.now())
      .executeTakeFirst();
    if (!link) return undefined;
    const { person, kind, argument } = link;
    const audience = await ownAudience(db, person, clock.today());
    const file = await makers.get(kind)?.({ person, audience }, argument);
    if (!file) return undefined;
    // The link is all that tells who follows it.
    const actor = { kind: 'person', person, via: 'link', authenticated: false } as const;
    await governedChange(db, actor, async (change) => {
      change.record({ action: 'file.fetched', subject: `person:${person}`, detail: { kind, argument } });
    });
    return file;
  }

  /** The web chat's page is at the address that serves its files. */
  #addressOn(platform: Platform): string | undefined {
    return platform === 'web' ? '' : this.#parts.publicUrl;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

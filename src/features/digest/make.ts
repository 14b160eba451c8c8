import type { Sender } from '../../chat/turn.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { directAudience } from '../../people/direct-audience.ts';
import { type Digest, type DigestContent, digestKey, digestsOf } from '../../records/digest/digest.ts';
import type { DigestChannel } from '../../records/digest/digest-channel.ts';
import { readSituation } from '../../records/digest/read-situation.ts';
import type { Situation } from '../../records/digest/situation.ts';
import type { Readers } from '../channel-readers.ts';
import { composeDigest } from './compose.ts';
import { type Headline, templateHeadline } from './headline.ts';
import type { DigestParts } from './parts.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** A digest's content, and for whom it was made. */
export interface Made {
  readonly content: DigestContent;
  readonly readers: Readers;
  readonly accounts: ReadonlyMap<string, Sender>;
}

/** Who can read what is said in a conversation. */
export async function readersOf(
  { db, clock, readers }: DigestParts,
  channel: Pick<DigestChannel, 'address' | 'person'>,
) {
  const { address, person } = channel;
  if (person === undefined) return readers.audienceOfPlace(address);
  const audience = await directAudience(db, person, address.platform, clock.today());
  return { audience, relied: undefined, isKnown: true, name: undefined };
}

/**
 * Makes a digest for whoever can read it. Nothing is written.
 *
 * @returns why not, where they must not see one
 */
export async function makeDigest(
  parts: DigestParts,
  channel: Pick<DigestChannel, 'address' | 'person'> & { readonly id?: number },
  late: DigestContent['late'],
): Promise<Made | 'unknown-readers' | 'outsiders'> {
  const { db, clock } = parts;
  const readers = await readersOf(parts, channel);
  if (!readers.isKnown) return 'unknown-readers';
  if (readers.audience.guidanceOnly) return 'outsiders';
  const [before] = channel.id === undefined ? [] : await digestsOf(db, channel.id, 1);
  const weekAgo = new Date(clock.now().getTime() - WEEK);
  const situation = await readSituation({
    db,
    audience: readers.audience,
    now: clock.now(),
    today: clock.today(),
    since: before && before.composedAt < weekAgo ? before.composedAt : weekAgo,
    signingKey: await parts.signingKey(),
  });
  const { headline, comment } = (await written(parts, situation)) ?? templateHeadline(situation);
  return {
    content: { situation, headline, comment, late, settled: [] },
    readers,
    accounts: await accountsOf(
      parts,
      channel,
      situation.overdue.first.map(({ owner }) => owner.id),
    ),
  };
}

/** A digest does not wait for a language model that is at fault. */
async function written({ writer, log }: DigestParts, situation: Situation): Promise<Headline | undefined> {
  try {
    return await writer?.(situation);
  } catch (error) {
    log.warn({ err: error }, 'The headline of a digest could not be written; it comes from a template.');
    return undefined;
  }
}

/** Puts a digest into the outbox. @returns the ids of its messages there */
export function sendDigest(
  { outbox }: DigestParts,
  { db }: Change,
  channel: DigestChannel,
  digest: Digest,
  { content, accounts }: Pick<Made, 'content' | 'accounts'>,
): Promise<number[]> {
  const { id, period } = digest;
  const reply = composeDigest({ id, period, content, accounts });
  return outbox.post(db, [{ key: digestKey(digest), address: channel.address, reply, isWatched: true }]);
}

/** The accounts of people on the platform and in the workspace of a channel. */
export async function accountsOf(
  { db }: Pick<DigestParts, 'db'>,
  { address }: Pick<DigestChannel, 'address'>,
  people: readonly string[],
): Promise<ReadonlyMap<string, Sender>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom('person_identity')
    .select(['person_id', 'workspace', 'user_id'])
    .where('person_id', 'in', [...new Set(people)])
    .where('platform', '=', address.platform)
    .where('workspace', '=', address.workspace)
    .where('standing', '=', 'member')
    .orderBy('checked_at')
    .execute();
  return new Map(
    rows.map(({ person_id, workspace, user_id }) => [
      person_id,
      { platform: address.platform, workspace, userId: user_id },
    ]),
  );
}

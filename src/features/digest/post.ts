import type { Reply } from '../../chat/reply.ts';
import { type Change, governedChange } from '../../event-log/governed-change.ts';
import { questionContact } from '../../people/question-contact.ts';
import {
  addDigest,
  type Digest,
  type DigestContent,
  digestKey,
  digestOfPeriod,
  digestsBeingSent,
  digestsOf,
  noteDigestState,
} from '../../records/digest/digest.ts';
import { type DigestChannel, digestChannels } from '../../records/digest/digest-channel.ts';
import { lastOccurrence, type Occurrence, weeksBetween } from '../../records/digest/schedule.ts';
import { takeSnapshot } from '../../records/kpi/snapshots.ts';
import { makeDigest, sendDigest } from './make.ts';
import type { DigestParts } from './parts.ts';
import { cannotSee, readByOutsiders } from './tell-lead.ts';

/** Behind its time by more, a digest says that it is late, in milliseconds. */
const LATE = 60 * 60 * 1000;

/** Makes and posts every digest that is due and that its week does not have yet. What fails is tried again the next time. */
export async function postDueDigests(parts: DigestParts): Promise<void> {
  const { db, clock, log, channels } = parts;
  for (const channel of await digestChannels(db)) {
    const { id, address, isPaused, schedule, since } = channel;
    if (isPaused || !channels.has(address.platform)) continue;
    const due = lastOccurrence(schedule, clock.now());
    if (due.at < since || (await digestOfPeriod(db, id, due.period))) continue;
    try {
      await postDue(parts, channel, due);
    } catch (error) {
      log.warn({ err: error, channel: id }, 'A digest could not be made and is made again.');
    }
  }
}

async function postDue(parts: DigestParts, channel: DigestChannel, due: Occurrence): Promise<void> {
  const { db, clock, outbox, readers } = parts;
  const isLate = clock.now().getTime() - due.at.getTime() > LATE;
  const made = await makeDigest(parts, channel, isLate ? await lateness(parts, channel, due) : undefined);
  if (typeof made === 'string') {
    // A platform that does not answer for a moment is no news.
    if (made === 'outsiders' || isLate) {
      const reply = made === 'outsiders' ? readByOutsiders(channel) : cannotSee(channel);
      await tellLead(parts, channel, `digest:${channel.id}:${due.period}:${made}`, reply);
    }
    return;
  }
  const posted = await governedChange(db, { kind: 'system' }, async (change) => {
    await readers.refuseChanged(change.db, made.readers);
    const digest = await addDigest(change, channel, due, made.content);
    // Another replica made it.
    if (!digest) return [];
    await endEarlier(parts, change, digest);
    // So that what it shows can be followed to its records later.
    await takeSnapshot(change, clock.today());
    return sendDigest(parts, change, channel, digest, made);
  });
  await outbox.send(posted);
}

/**
 * What never arrived in earlier weeks is not sent any more.
 *
 * @throws where one is being sent at this moment; then nothing is made yet
 */
async function endEarlier({ outbox }: DigestParts, change: Change, { id, channel }: Digest): Promise<void> {
  for (const digest of await digestsBeingSent(change.db)) {
    if (digest.channel !== channel || digest.id === id) continue;
    if (!(await outbox.end(change.db, digestKey(digest), 'The digest of another week took its place.'))) {
      throw new Error('The digest of an earlier week is being sent.');
    }
    await noteDigestState(change, digest, 'given_up');
  }
}

/** How many weeks before had none, since the last one or since the channel was set. */
async function lateness({ db }: DigestParts, channel: DigestChannel, due: Occurrence): Promise<DigestContent['late']> {
  const [before] = await digestsOf(db, channel.id, 1);
  const first = lastOccurrence(channel.schedule, channel.since).period;
  const last = before && before.period > first ? before.period : first;
  return { weeksMissed: Math.max(weeksBetween(last, due.period) - 1, 0) };
}

/** Tells whoever is compliance lead, each once. */
export async function tellLead(
  { db, clock, outbox, directMessages }: DigestParts,
  { address, isExample }: Pick<DigestChannel, 'address' | 'isExample'>,
  key: string,
  reply: Reply,
): Promise<void> {
  const { people } = await questionContact(db, clock.today(), isExample);
  const messages = people.map(({ id }) => ({ key: `${key}:${id}`, person: id, reply, platform: address.platform }));
  await outbox.send(await db.transaction().execute((transaction) => directMessages.post(transaction, messages)));
}

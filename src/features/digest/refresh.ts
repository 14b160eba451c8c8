import { digestCard, digestKey, digestsOf, noteSettled } from '../../records/digest/digest.ts';
import { type DigestChannel, digestChannels } from '../../records/digest/digest-channel.ts';
import { settledSince } from '../../records/digest/settled.ts';
import { composeDigest } from './compose.ts';
import { accountsOf } from './make.ts';
import type { DigestParts } from './parts.ts';

/** For how long a digest is kept up to date, in milliseconds. */
const WEEK = 7 * 24 * 60 * 60 * 1000;

/** Brings the last digest of each conversation up to date in its place: what was settled since is not asked for any more. */
export async function refreshDigests(parts: DigestParts): Promise<void> {
  for (const channel of await digestChannels(parts.db)) await refresh(parts, channel);
}

async function refresh(parts: DigestParts, channel: DigestChannel): Promise<void> {
  const { db, clock, outbox, channels } = parts;
  if (!channels.has(channel.address.platform)) return;
  const [latest] = await digestsOf(db, channel.id, 1);
  if (latest?.state !== 'posted' || !latest.content) return;
  if (clock.now().getTime() - latest.composedAt.getTime() > WEEK) return;
  const settled = await settledSince(db, latest.content, clock.today());
  if (settled.length === latest.content.settled.length) return;
  const sent = await outbox.outcomeOf(digestKey(latest));
  if (sent?.kind !== 'sent') return;
  const people = latest.content.situation.overdue.first.map(({ owner }) => owner.id);
  const accounts = await accountsOf(parts, channel, people);
  const posted = await db.transaction().execute(async (transaction) => {
    const content = await noteSettled(transaction, latest, settled);
    if (!content) return [];
    const { id, period } = latest;
    const reply = composeDigest({ id, period, content, accounts });
    const key = `${digestCard(id)}:settled:${settled.length}`;
    const replaces = sent.messageId;
    return outbox.post(transaction, [{ key, address: channel.address, reply, replaces, isWatched: true }]);
  });
  await outbox.send(posted);
}

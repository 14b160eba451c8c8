import type { Reply } from '../../chat/reply.ts';
import { governedChange } from '../../event-log/governed-change.ts';
import {
  type Digest,
  type DigestState,
  digestKey,
  digestsBeingSent,
  noteDigestState,
} from '../../records/digest/digest.ts';
import { type DigestChannel, readDigestChannel } from '../../records/digest/digest-channel.ts';
import type { DigestParts } from './parts.ts';
import { tellLead } from './post.ts';
import { keepsTrying, mayNotHaveArrived, notTaken } from './tell-lead.ts';

/** Attempts that failed for something that has to be mended, after which the lead hears of it. */
const PATIENCE = 3;

/** Sees what became of digests that were sent, and asks or tells the lead where one did not arrive. */
export async function watchDigests(parts: DigestParts): Promise<void> {
  for (const digest of await digestsBeingSent(parts.db)) {
    const channel = await readDigestChannel(parts.db, digest.channel);
    if (channel) await watch(parts, channel, digest);
    else await note(parts, digest, 'given_up');
  }
}

async function watch(parts: DigestParts, channel: DigestChannel, digest: Digest): Promise<void> {
  const key = digestKey(digest);
  const outcome = await parts.outbox.outcomeOf(key);
  const tell = (what: string, reply: Reply) => tellLead(parts, channel, `${key}:${what}`, reply);
  switch (outcome?.kind) {
    case 'sent':
      return note(parts, digest, 'posted');
    // The lead is told first: a process that dies in between tells it once all the same.
    case 'doubtful':
      await tell('doubtful', mayNotHaveArrived(channel, digest));
      return note(parts, digest, 'doubtful');
    case 'refused':
      await tell('refused', notTaken(channel, digest, outcome));
      return note(parts, digest, 'refused');
    case 'open':
      if (outcome.trouble && outcome.attempts >= PATIENCE)
        await tell('tried', keepsTrying(channel, digest, outcome.trouble));
  }
}

async function note({ db }: DigestParts, digest: Digest, state: DigestState): Promise<void> {
  await governedChange(db, { kind: 'system' }, (change) => noteDigestState(change, digest, state));
}

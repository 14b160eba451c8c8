import { createHash } from 'node:crypto';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { keepDraft, readDraft } from '../../records/evidence/draft.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { findSameFile, type Reading } from '../../records/evidence/read-evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { cardOf, draftCard } from './draft-card.ts';
import type { EvidenceParts } from './evidence.ts';
import type { TakenFile } from './file-desk.ts';
import { renewButton } from './manage-card.ts';
import { earlierOf, proposalFor } from './proposal.ts';
import { showButton } from './read.ts';
import { itemName } from './words.ts';

/** What becomes of something that somebody hands in. */
export interface HandedIn {
  /** Names what is said of it for ever, where it is said in a direct message. */
  readonly key: string;
  readonly reply: NoticeReply;
  /** What waits for their word. */
  readonly draft?: string;
}

export interface HandingIn {
  /** What was said with it. */
  readonly said: string;
  /** The item whose file it is to take the place of. */
  readonly replaced?: EvidenceItem | undefined;
  readonly reading: Reading;
  readonly asker: Asker;
}

/** Proposes what a file is evidence for. Nothing is kept as evidence until its person confirms that. */
export async function propose(
  parts: EvidenceParts,
  name: string,
  { bytes, parsed, fault }: TakenFile,
  { said, replaced: wanted, reading, asker }: HandingIn,
): Promise<HandedIn> {
  const { db } = parts;
  const { person } = asker;
  const sha256 = createHash('sha256').update(bytes).digest();
  const same = await findSameFile(db, sha256, reading);
  if (same && same.item.state !== 'withdrawn') {
    const key = `evidence-file:${person.id}:${sha256.toString('hex')}:${asker.address.thread}`;
    return { key, reply: recognised(name, same, asker) };
  }
  const document = { name, passages: parsed.passages, said };
  const replaced = wanted ?? (await earlierOf(parts, document, reading, person)).replaced;
  const proposal = await proposalFor(parts, document, replaced);
  const draft = { person: person.id, name, bytes, parsed, proposal, replaces: replaced?.document };
  const id = await keepDraft(db, draft);
  const kept = await readDraft(db, id, person.id);
  if (!kept) throw new Error('A draft that was just kept is gone.');
  return { key: cardOf(id), reply: await draftCard(parts, kept, reading, person, fault), draft: id };
}

/**
 * Says what became of things to the person alone: here, or in a direct message where others read along.
 *
 * @param what it was, in a few words: `the file`
 */
export function toThemAlone(
  handedIn: readonly HandedIn[],
  what: string,
  { person, conversation, address }: Asker,
): Outcome {
  if (conversation.kind === 'direct') return say(...handedIn.map(({ reply }) => reply));
  return async (_change, tell) => {
    for (const { key, reply } of handedIn) tell({ key, person: person.id, reply, platform: address.platform });
    return [notice(`I have read ${what}. What I say of it is in our direct messages, for you alone.`)];
  };
}

/** Says that a file is there already, and what to do with it. */
export function recognised(
  name: string,
  { item, isCurrent }: { readonly item: EvidenceItem; readonly isCurrent: boolean },
  { person }: Pick<Asker, 'person'>,
): NoticeReply {
  const what = `*${literally(name)}* is on record already: it is `;
  if (!isCurrent) {
    const text = `${what}an earlier file of **${itemName(item)}**, which has a newer one. Nothing was added.`;
    return notice(text, showButton(item));
  }
  const renews = mayChange(item, person);
  return notice(
    `${what}the file of **${itemName(item)}**. Nothing was added.${renews ? ' Does it still hold? Then renew it.' : ''}`,
    showButton(item),
    ...(renews ? [renewButton(item)] : []),
  );
}

import { createHash } from 'node:crypto';
import { FileUnavailable } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { SharedFile } from '../../chat/turn.ts';
import { UnreadableDocument } from '../../documents/document.ts';
import { keepDraft, readDraft } from '../../records/evidence/draft.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { safeFileName } from '../../records/evidence/file-name.ts';
import { findSameFile, type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import { type Asker, type GivenFiles, type Outcome, say } from '../feature.ts';
import { draftCard } from './draft-card.ts';
import type { EvidenceParts } from './evidence.ts';
import { renewButton } from './manage-card.ts';
import { earlierOf, proposalFor } from './proposal.ts';
import { GONE, privateReading, showButton } from './read.ts';
import { itemName } from './words.ts';

/** Files of one message that are read. */
const MAX_FILES = 10;

/** After so many milliseconds people are shown what is being done. */
const PATIENCE = 1_500;

export const MEMBERS_ADD = notice('Evidence is added by members of the organisation. Ask somebody who works there.');

/** What becomes of one file. */
interface Taken {
  /** Names what is said of it, where it is said in a direct message. */
  readonly key: string;
  readonly reply: NoticeReply;
}

/** Reads files that somebody hands in, and proposes what each of them is evidence for. Nothing is kept until they confirm it. */
export async function takeFiles(parts: EvidenceParts, given: GivenFiles, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') return say(MEMBERS_ADD);
  const { files, text } = given;
  const reading = await privateReading(parts, asker);
  const named = /\bEV-[1-9]\d{0,14}\b/i.exec(text)?.[0].toUpperCase();
  const replaced = named === undefined ? undefined : await readEvidence(parts.db, named, reading);
  const why = named === undefined ? undefined : whyNotReplace(replaced, files.length, asker);
  if (why) return say(why);
  const taken: Taken[] = [];
  const names: string[] = [];
  for (const file of files.slice(0, MAX_FILES)) {
    names.push(`Reading *${literally(safeFileName(file.name))}* ...`);
    const timer = setTimeout(() => asker.showDraft(names.join('\n\n')), PATIENCE);
    try {
      taken.push(await takeFile(parts, file, { text, replaced, reading, asker }));
    } finally {
      clearTimeout(timer);
    }
  }
  const left = files.length - taken.length;
  const rest = left > 0 ? [notice(`I read ${MAX_FILES} files at a time. Send the other ${left} once more.`)] : [];
  if (asker.conversation.kind === 'direct') return say(...taken.map(({ reply }) => reply), ...rest);
  return async (_change, tell) => {
    for (const { key, reply } of taken) {
      tell({ key, person: asker.person.id, reply, platform: asker.address.platform });
    }
    const what = taken.length === 1 ? 'the file' : `${taken.length} files`;
    return [notice(`I have read ${what}. What I propose is in our direct messages, for you alone.`), ...rest];
  };
}

/** Why files cannot take the place of an item's file. */
function whyNotReplace(item: EvidenceItem | undefined, files: number, { person }: Asker): NoticeReply | undefined {
  if (!item) return GONE;
  if (!mayChange(item, person)) {
    return notice(
      `**${itemName(item)}** is changed by ${literally(item.owner.name)} or the compliance lead. Send the file without the ` +
        'number to add it as new evidence.',
      showButton(item),
    );
  }
  if (item.state === 'withdrawn')
    return notice(`**${itemName(item)}** was withdrawn. Send the file without the number.`);
  return files > 1
    ? notice(`${item.key} has one file. Send me the one that takes its place.`, showButton(item))
    : undefined;
}

interface TakingFile {
  readonly text: string;
  readonly replaced: EvidenceItem | undefined;
  readonly reading: Reading;
  readonly asker: Asker;
}

async function takeFile(parts: EvidenceParts, file: SharedFile, taking: TakingFile): Promise<Taken> {
  const { asker, reading } = taking;
  const { db, desk } = parts;
  const name = safeFileName(file.name);
  try {
    const { bytes, parsed, fault } = await asker.whileWaiting(() => desk.take(asker.address.platform, file));
    const sha256 = createHash('sha256').update(bytes).digest();
    const key = `evidence-file:${asker.person.id}:${sha256.toString('hex')}:${asker.address.thread}`;
    const same = await findSameFile(db, sha256, reading);
    if (same && same.item.state !== 'withdrawn') return { key, reply: recognised(name, same, asker) };
    const document = { name, passages: parsed.passages, said: taking.text };
    const replaced = taking.replaced ?? (await earlierOf(parts, document, reading, asker.person)).replaced;
    const proposal = await proposalFor(parts, document, replaced);
    const id = await keepDraft(db, {
      person: asker.person.id,
      name,
      bytes,
      parsed,
      proposal,
      replaces: replaced?.document,
    });
    const draft = await readDraft(db, id, asker.person.id);
    if (!draft) throw new Error('A draft that was just kept is gone.');
    return { key: `evidence-draft:${id}`, reply: await draftCard(parts, draft, reading, asker.person, fault) };
  } catch (error) {
    if (!(error instanceof FileUnavailable || error instanceof UnreadableDocument)) throw error;
    const key = `evidence-fault:${asker.person.id}:${asker.address.thread}:${name}`;
    return { key, reply: notice(`I can't take *${literally(name)}*. ${error.message}`) };
  }
}

/** Says that a file is there already, and what to do with it. */
export function recognised(
  name: string,
  { item, isCurrent }: { readonly item: EvidenceItem; readonly isCurrent: boolean },
  { person }: Pick<Asker, 'person'>,
): NoticeReply {
  const what = `*${literally(name)}* is on record already: it is `;
  if (!isCurrent) {
    return notice(
      `${what}an earlier file of **${itemName(item)}**, which has a newer one. Nothing was added.`,
      showButton(item),
    );
  }
  const renews = mayChange(item, person);
  return notice(
    `${what}the file of **${itemName(item)}**. Nothing was added.${renews ? ' Does it still hold? Then renew it.' : ''}`,
    showButton(item),
    ...(renews ? [renewButton(item)] : []),
  );
}

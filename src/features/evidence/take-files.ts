import { actionId } from '../../chat/action-id.ts';
import { FileUnavailable } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { SharedFile } from '../../chat/turn.ts';
import { UnreadableDocument } from '../../documents/document.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { safeFileName } from '../../records/evidence/file-name.ts';
import { readEvidence } from '../../records/evidence/read-evidence.ts';
import { type Asker, type GivenFiles, type Outcome, say } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { type HandedIn, type HandingIn, propose, toThemAlone } from './hand-in.ts';
import { GONE, MEMBERS_ADD, privateReading, showButton } from './read.ts';
import { itemName } from './words.ts';

/** Files of one message that are read. */
const MAX_FILES = 10;

/** After so many milliseconds people are shown what is being done. */
const PATIENCE = 1_500;

/** Reads files that somebody hands in, and proposes what each of them is evidence for. */
export async function takeFiles(parts: EvidenceParts, given: GivenFiles, asker: Asker): Promise<Outcome> {
  if (asker.person.standing !== 'member') return say(MEMBERS_ADD);
  const { files, text: said } = given;
  const what = files.length === 1 ? 'the file' : `${Math.min(files.length, MAX_FILES)} files`;
  const about = `${asker.person.id}:${asker.address.conversation}:${asker.address.thread}`;
  const reading = await privateReading(parts, asker);
  const named = /\bEV-[1-9]\d{0,14}\b/i.exec(said)?.[0].toUpperCase();
  const replaced = named === undefined ? undefined : await readEvidence(parts.db, named, reading);
  const refusal = named === undefined ? undefined : whyNotReplace(replaced, files.length, asker);
  if (refusal) return toThemAlone([{ key: `evidence-refused:${about}`, reply: refusal }], what, asker);
  const handedIn: HandedIn[] = [];
  const progress: string[] = [];
  for (const file of files.slice(0, MAX_FILES)) {
    progress.push(`Reading *${literally(safeFileName(file.name))}* ...`);
    const timer = setTimeout(() => asker.showDraft(progress.join('\n\n')), PATIENCE);
    try {
      handedIn.push(await takeFile(parts, file, { said, replaced, reading, asker }));
    } finally {
      clearTimeout(timer);
    }
  }
  const left = files.length - handedIn.length;
  const drafts = handedIn.flatMap(({ draft }) => draft ?? []);
  const more = [
    ...(drafts.length > 1 ? [`${drafts.length} proposals wait for your word.`] : []),
    ...(left > 0 ? [`I read ${MAX_FILES} files at a time. Send the other ${left} once more.`] : []),
  ];
  const all = { id: actionId('evidence', 'keep-all', drafts.join(' ')), label: 'Keep all as proposed' };
  const last = notice(more.join(' '), ...(drafts.length > 1 ? [all] : []));
  const rest = more.length > 0 ? [{ key: `evidence-all:${about}:${drafts[0] ?? ''}`, reply: last }] : [];
  return toThemAlone([...handedIn, ...rest], what, asker);
}

/** Why files cannot take the place of an item's file. */
function whyNotReplace(item: EvidenceItem | undefined, files: number, { person }: Asker): NoticeReply | undefined {
  if (!item) return GONE;
  const what = `**${itemName(item)}**`;
  if (!mayChange(item, person)) {
    const who = literally(item.owner.name);
    return notice(
      `${what} is changed by ${who} or the compliance lead. Send the file without the number to add it as new evidence.`,
      showButton(item),
    );
  }
  if (item.state === 'withdrawn') return notice(`${what} was withdrawn. Send the file without the number.`);
  if (files === 1) return undefined;
  return notice(`${what} has one file. Send me the one that takes its place.`, showButton(item));
}

async function takeFile({ desk, ...parts }: EvidenceParts, file: SharedFile, handing: HandingIn): Promise<HandedIn> {
  const { asker } = handing;
  const name = safeFileName(file.name);
  try {
    const taken = await asker.whileWaiting(() => desk.take(asker.address.platform, file));
    return await propose({ desk, ...parts }, name, taken, handing);
  } catch (error) {
    if (!(error instanceof FileUnavailable || error instanceof UnreadableDocument)) throw error;
    const key = `evidence-fault:${asker.person.id}:${asker.address.thread}:${name}`;
    return { key, reply: notice(`I can't take *${literally(name)}*. ${error.message}`) };
  }
}

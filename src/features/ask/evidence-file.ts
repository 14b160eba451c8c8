import { notice } from '../../chat/notice.ts';
import { literally } from '../../chat/text.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads, FileMaker } from '../../downloads/downloads.ts';
import { governedChange } from '../../event-log/governed-change.ts';
import { directAudience } from '../../people/direct-audience.ts';
import { recordOpened } from '../../records/evidence/change-evidence.ts';
import { parseEvidenceKey } from '../../records/evidence/evidence.ts';
import { readVersions } from '../../records/evidence/read-evidence.ts';
import { readFileOf } from '../../records/evidence/read-file.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { offerFiles } from '../offer-files.ts';

/** The kind of file that `Downloads` knows evidence by. */
export const EVIDENCE_FILE = 'evidence';

/** The same for what is not there and for what may not be seen. */
export const NO_SUCH_EVIDENCE = notice(
  'There is no such evidence that you may see. `/aims evidence` lists what there is.',
);

interface FileParts {
  readonly db: Db;
  readonly clock: Clock;
}

/** A file of an item: `EV-12.3` is the third one. */
function parseFile(argument: string): { key: string; number: number } | undefined {
  const [, item = '', number = ''] = /^(EV-\d+)\.(\d{1,6})$/i.exec(argument) ?? [];
  const key = parseEvidenceKey(item);
  return key === undefined ? undefined : { key, number: Number(number) };
}

/** Makes a file of evidence, and says in the event log who opened it. */
export function evidenceFile({ db, clock }: FileParts): FileMaker {
  return async ({ person, audience }, argument) => {
    const file = parseFile(argument);
    const found = file && (await readFileOf(db, file.key, { audience, today: clock.today() }, file.number));
    if (!found) return undefined;
    const { item, bytes } = found;
    const actor = { kind: 'person', person, via: 'link', authenticated: false } as const;
    await governedChange(db, actor, async (change) => recordOpened(change, item));
    return { name: item.file.name, mediaType: item.file.mediaType, content: bytes };
  };
}

/** Sends a link to a file to whoever may see the item alone, wherever they ask. */
export async function offerEvidence(
  { db, clock, downloads }: FileParts & { readonly downloads: Downloads },
  argument: string,
  asker: Asker,
): Promise<Outcome> {
  const file = parseFile(argument);
  const { person, sender } = asker;
  const today = clock.today();
  const audience = await directAudience(db, person.id, sender.platform, today);
  const versions = file ? await readVersions(db, file.key, { audience, today }) : [];
  const item = versions.find(({ number }) => number === file?.number);
  if (!item) return say(NO_SUCH_EVIDENCE);
  const { key, title, number } = item;
  const text = `**${key} ${literally(title)}, v${number}**`;
  return offerFiles(downloads, asker, text, [{ kind: EVIDENCE_FILE, argument, label: item.file.name.slice(0, 70) }]);
}

import type { DocumentPassage } from '../../documents/document.ts';
import type { Person } from '../../people/people.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { systemNames } from '../../records/ai-system/system-names.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import type { Proposal } from '../../records/evidence/propose/proposal.ts';
import { proposeEvidence } from '../../records/evidence/propose/propose.ts';
import { proposeTitle } from '../../records/evidence/propose/title.ts';
import { findEarlier, type Reading } from '../../records/evidence/read-evidence.ts';
import type { EvidenceParts } from './evidence.ts';

/** A file as it was read. */
export interface ReadFile {
  readonly name: string;
  readonly passages: readonly DocumentPassage[];
  /** What came with it. */
  readonly said: string;
}

/** Items looked at for one that a file is a new version of. */
const MAX_EARLIER = 10;

/** What to say of a file; a new version is first of all what the item is. */
export async function proposalFor(
  { db }: EvidenceParts,
  { name, passages, said }: ReadFile,
  replaced: EvidenceItem | undefined,
): Promise<Proposal> {
  const systems = (await systemNames(db)).map(({ id, name: system }) => ({ id: systemKey(id), name: system }));
  const remark = said === '' ? [] : [{ section: 'your message', heading: undefined, text: said }];
  const proposal = await proposeEvidence(db, name, { passages: [...passages, ...remark] }, systems);
  if (!replaced) return proposal;
  const { title, kind, requirements, systems: about, visibility } = replaced;
  return { ...proposal, title, kind, requirements: [...requirements], systems: [...about], visibility };
}

/**
 * Items that a file may be a new version of, among those that the person may change.
 *
 * @returns the one that it surely is, because its file has the same name; and one that it may be
 */
export async function earlierOf(
  { db }: EvidenceParts,
  { name, passages }: Pick<ReadFile, 'name' | 'passages'>,
  reading: Reading,
  person: Person,
): Promise<{ replaced: EvidenceItem | undefined; candidate: EvidenceItem | undefined }> {
  const names = { title: proposeTitle(name, passages), fileName: name };
  const earlier = (await findEarlier(db, reading, names, MAX_EARLIER)).filter((item) => mayChange(item, person));
  return { replaced: earlier.find(({ file }) => file.name === name), candidate: earlier[0] };
}

import { actionId } from '../../chat/action-id.ts';
import type { Action, NoticeReply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Person } from '../../people/people.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { systemNames } from '../../records/ai-system/system-names.ts';
import type { EvidenceDraft } from '../../records/evidence/draft.ts';
import type { Mapping } from '../../records/evidence/evidence.ts';
import { KIND_NAMES } from '../../records/evidence/kinds.ts';
import { type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import type { EvidenceParts } from './evidence.ts';
import { earlierOf } from './proposal.ts';
import { itemName, requirementName, VISIBILITY_NAMES } from './words.ts';

/** @returns the name of the card of a draft, whose place what becomes of it takes */
export function cardOf(draft: string): string {
  return `evidence-draft:${draft}`;
}

/**
 * What is proposed of a file, for the person who handed it in.
 *
 * @param fault why its text could not be read, as a sentence, where it was tried just now
 */
export async function draftCard(
  parts: EvidenceParts,
  draft: EvidenceDraft,
  reading: Reading,
  person: Person,
  fault?: string,
): Promise<NoticeReply> {
  const { id, file, proposal, replaces } = draft;
  const replaced = replaces === undefined ? undefined : await readEvidence(parts.db, replaces, reading);
  const names = new Map((await systemNames(parts.db)).map((system) => [systemKey(system.id), system.name]));
  const facts = [
    { label: 'Title', value: literally(proposal.title) },
    { label: 'Kind', value: KIND_NAMES[proposal.kind] },
    {
      label: 'Evidence for',
      value: mapped(proposal.requirements, requirementName) || 'nothing found; say what with Change',
    },
    { label: 'AI systems', value: mapped(proposal.systems, (key) => `${key} ${names.get(key) ?? ''}`) || 'none named' },
    { label: 'Effective', value: proposal.effectiveOn ? writtenDay(proposal.effectiveOn) : 'no day found' },
    { label: 'Valid until', value: proposal.validUntil ? writtenDay(proposal.validUntil) : 'no end' },
    { label: 'Owner', value: literally(replaced?.owner.name ?? draft.owner.name) },
    { label: 'Who may see it', value: VISIBILITY_NAMES[replaced?.visibility ?? proposal.visibility] },
  ];
  const remarks = [
    ...(replaced
      ? [
          `It takes the place of the file of **${itemName(replaced)}** (v${replaced.number}), which is kept for the auditor.`,
        ]
      : []),
    ...(fault ? [`${fault} Or keep it without text: then it is found by its title alone.`] : []),
    ...(!fault && file.passages.length === 0
      ? ['I find no text in it, so what I propose rests on its name, and it is found by its title alone.']
      : []),
    ...(file.isTextCut ? ['It holds more text than I search; the file itself is kept whole.'] : []),
  ];
  return {
    kind: 'notice',
    card: cardOf(id),
    blocks: [
      { kind: 'heading', text: `Proposed for ${literally(file.name)}` },
      ...remarks.map((text) => ({ kind: 'text' as const, text })),
      { kind: 'facts', facts },
    ],
    actions: [
      {
        ...{ id: actionId('evidence', 'keep', id), style: 'primary' as const },
        label: file.passages.length === 0 && fault ? 'Keep without text' : 'Keep it',
      },
      { id: actionId('evidence', 'draft', id), label: 'Change ...', opensForm: true },
      ...(await otherwise(parts, draft, reading, person)),
      { id: actionId('evidence', 'discard', id), label: 'Discard', style: 'danger' },
    ],
  };
}

/** A new version may be evidence of its own, and the other way round. */
async function otherwise(
  parts: EvidenceParts,
  { id, file, replaces }: EvidenceDraft,
  reading: Reading,
  person: Person,
): Promise<Action[]> {
  if (replaces !== undefined)
    return [{ id: actionId('evidence', 'as-new', id), label: 'Keep as new evidence instead' }];
  const { candidate } = await earlierOf(parts, file, reading, person);
  if (!candidate) return [];
  const argument = `${id}.${candidate.key}`;
  return [{ id: actionId('evidence', 'as-version', argument), label: `It is a new version of ${candidate.key}` }];
}

function mapped(mappings: readonly Mapping[], name: (id: string) => string): string {
  return mappings.map(({ id, reason }) => `${literally(name(id).trim())} (${literally(reason)})`).join('; ');
}

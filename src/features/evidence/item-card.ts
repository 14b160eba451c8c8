import { actionId } from '../../chat/action-id.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import { type EvidenceItem, mayChange } from '../../records/evidence/evidence.ts';
import { KIND_NAMES } from '../../records/evidence/kinds.ts';
import { readReaders, readVersions } from '../../records/evidence/read-evidence.ts';
import type { Asker } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { actionsOn } from './manage-card.ts';
import { readingOf, showButton } from './read.ts';
import { itemName, requirementName, stateInWords, VISIBILITY_NAMES } from './words.ts';

/** Files of an item that get a button; Teams shows six. */
const MAX_FILES = 5;

/** One item, with what the reader may do. */
export async function itemCard(parts: EvidenceParts, item: EvidenceItem, asker: Asker): Promise<Reply> {
  const { key, number, file } = item;
  const facts = [
    { label: 'State', value: stateInWords(item) },
    ...(item.withdrawnBecause ? [{ label: 'Withdrawn because', value: literally(item.withdrawnBecause) }] : []),
    { label: 'Kind', value: KIND_NAMES[item.kind] },
    {
      label: 'Evidence for',
      value: item.requirements.map(({ id }) => literally(requirementName(id))).join('; ') || 'no clause or control yet',
    },
    ...(item.systems.length > 0 ? [{ label: 'AI systems', value: item.systems.map(({ id }) => id).join(', ') }] : []),
    ...(item.effectiveOn ? [{ label: 'Effective', value: writtenDay(item.effectiveOn) }] : []),
    { label: 'Owner', value: literally(item.owner.name) },
    { label: 'Who may see it', value: literally(await readersInWords(parts, item)) },
    { label: 'File', value: `${literally(file.name)}, v${number}, ${sizeInWords(file.size)}` },
    { label: 'Added', value: writtenDay(item.addedAt.toISOString().slice(0, 10)) },
  ];
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: itemName(item) },
      { kind: 'facts', facts },
      ...(item.isTextCut
        ? [{ kind: 'text' as const, text: 'It holds more text than I search; the file itself is whole.' }]
        : []),
      ...(mayChange(item, asker.person)
        ? []
        : [{ kind: 'text' as const, text: `${literally(item.owner.name)} and the compliance lead look after it.` }]),
    ],
    actions: [
      fileButton(item, 'Get the file'),
      { id: actionId('evidence', 'versions', key), label: 'Versions and reasons' },
      ...actionsOn(item, asker),
    ],
  };
}

async function readersInWords({ db }: EvidenceParts, item: EvidenceItem): Promise<string> {
  if (item.visibility !== 'named') return VISIBILITY_NAMES[item.visibility];
  const names = (await readReaders(db, item)).map(({ name }) => name);
  return [`${item.owner.name} as its owner`, ...names].join(', ');
}

/** Sends a link to a file, to whoever presses it alone. */
function fileButton({ key, number }: EvidenceItem, label: string): Action {
  return { id: actionId('ask', 'file', `${key}.${number}`), label };
}

/** What was said of an item over time, and why it is evidence for what. */
export async function versionsCard(parts: EvidenceParts, item: EvidenceItem, asker: Asker): Promise<Reply> {
  const versions = await readVersions(parts.db, item.key, readingOf(parts, asker));
  const files = [...new Map(versions.map((version) => [version.number, version])).values()];
  const reasons = [...item.requirements, ...item.systems].map(({ id, reason }) => `- **${id}**: ${literally(reason)}`);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${itemName(item)}: versions` },
      {
        kind: 'table',
        columns: ['Since', 'File', 'Valid until', 'Evidence for'],
        rows: versions.map((version) => [
          writtenDay(version.versionAt.toISOString().slice(0, 10)),
          `v${version.number} ${literally(version.file.name)}`,
          version.validUntil ? writtenDay(version.validUntil) : 'no end',
          [...version.requirements, ...version.systems].map(({ id }) => id).join(', ') || 'nothing yet',
        ]),
      },
      ...(reasons.length > 0
        ? [{ kind: 'text' as const, text: `**Why it is evidence for them**\n\n${reasons.join('\n')}` }]
        : []),
    ],
    actions: [
      showButton(item),
      ...files.slice(0, MAX_FILES).map((version) => fileButton(version, `Get v${version.number}`)),
    ],
  };
}

/** @param bytes a number of them */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en')} KB`;
  return `${(bytes / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}

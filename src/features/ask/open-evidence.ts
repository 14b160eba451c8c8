import { actionId, numberIn } from '../../chat/action-id.ts';
import type { Block, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type EvidenceItem, parseEvidenceKey } from '../../records/evidence/evidence.ts';
import { KIND_NAMES } from '../../records/evidence/kinds.ts';
import { type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import { readPassage } from '../../retrieval/read-document.ts';
import { NO_SUCH_EVIDENCE } from './evidence-file.ts';

/** Shows a cited passage of evidence with what is known of its document. @param argument `EV-12`, or `EV-12 345` with the passage */
export async function openEvidence(db: Db, argument: string, reading: Reading): Promise<Reply> {
  const [name = '', chunk = ''] = argument.split(' ');
  const key = parseEvidenceKey(name);
  const item = key === undefined ? undefined : await readEvidence(db, key, reading);
  if (!item) return NO_SUCH_EVIDENCE;
  const passage = await readPassage(db, numberIn(chunk), reading.audience);
  const blocks: Block[] = [
    { kind: 'heading', text: `${item.key} ${literally(item.title)}, v${item.number}` },
    { kind: 'text', text: `*${inShort(item)}*` },
    ...(passage?.key === item.key
      ? [{ kind: 'text' as const, text: `**${literally(passage.headingPath)}**\n\n${passage.body}` }]
      : []),
  ];
  return {
    kind: 'notice',
    blocks,
    actions: [
      { id: actionId('ask', 'file', `${item.key}.${item.number}`), label: 'Get the file' },
      { id: actionId('evidence', 'show', item.key), label: `Show ${item.key}` },
    ],
  };
}

function inShort({ kind, state, effectiveOn, validUntil, owner, file, withdrawnBecause }: EvidenceItem): string {
  const parts = [
    KIND_NAMES[kind],
    state === 'current' ? '' : state,
    withdrawnBecause ?? '',
    effectiveOn ? `effective ${writtenDay(effectiveOn)}` : '',
    validUntil ? `valid until ${writtenDay(validUntil)}` : '',
    `owner ${owner.name}`,
    file.name,
  ];
  return literally(parts.filter(Boolean).join(', '));
}

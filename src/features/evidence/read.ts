import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action } from '../../chat/reply.ts';
import { ownAudience } from '../../people/direct-audience.ts';
import { type EvidenceItem, parseEvidenceKey } from '../../records/evidence/evidence.ts';
import { type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import type { Asker } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';

/** The same for what is not there and for what may not be seen. */
export const GONE = notice('There is no such evidence that you may see here. `/aims evidence` lists what there is.');

export const MEMBERS_ADD = notice('Evidence is added by members of the organisation. Ask somebody who works there.');

export function readingOf({ clock }: Pick<EvidenceParts, 'clock'>, { audience }: Asker): Reading {
  return { audience, today: clock.today() };
}

/** What somebody may see alone, wherever they speak: for what they are told in a direct message. */
export async function privateReading(
  { db, clock }: EvidenceParts,
  { audience, conversation, person }: Asker,
): Promise<Reading> {
  const today = clock.today();
  return { audience: conversation.kind === 'direct' ? audience : await ownAudience(db, person.id, today), today };
}

/** An item that everybody who reads the reply may see. @returns undefined otherwise */
export async function itemFor(parts: EvidenceParts, text: string, asker: Asker): Promise<EvidenceItem | undefined> {
  const key = parseEvidenceKey(text);
  return key === undefined ? undefined : readEvidence(parts.db, key, readingOf(parts, asker));
}

export function showButton({ key }: Pick<EvidenceItem, 'key'>): Action {
  return { id: actionId('evidence', 'show', key), label: `Show ${key}` };
}

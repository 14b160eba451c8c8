import { daysLater } from '../../clock.ts';
import { listEvidence } from '../../records/evidence/read-evidence.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { renewButton } from './manage-card.ts';
import { LAPSING } from './selection.ts';
import { itemName } from './words.ts';

const PAGE = { limit: 50, offset: 0 };

/** Somebody's evidence that is to be renewed: it lapses soon, or has lapsed. */
export async function evidenceWaiting(
  { db, clock }: EvidenceParts,
  { person, audience }: HomeReader,
): Promise<WaitingThing[]> {
  if (audience.guidanceOnly) return [];
  const today = clock.today();
  const reading = { audience, today };
  const owner = person.id;
  const stale = await listEvidence(db, reading, { owner, states: ['stale'] }, PAGE);
  const lapsing = await listEvidence(db, reading, { owner, lapsingBy: daysLater(today, LAPSING) }, PAGE);
  return [...stale.items, ...lapsing.items].map((item) => ({
    what: `**${itemName(item)}**: renew it`,
    ...(item.validUntil ? { dueOn: item.validUntil } : {}),
    action: { ...renewButton(item), label: `Renew ${item.key}` },
  }));
}

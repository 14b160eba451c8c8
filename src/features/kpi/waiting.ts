import { actionId } from '../../chat/action-id.ts';
import { literally } from '../../chat/text.ts';
import { dueEntries } from '../../records/kpi/due.ts';
import { openReviews, reviewKey } from '../../records/kpi/reviews.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import type { KpiParts } from './kpi.ts';
import { mayReview } from './rights.ts';
import { enterButton } from './words.ts';

/**
 * The values that somebody who is named as their owner is to enter, and the reviews whose outcome they may record. The compliance
 * lead finds the other values in `/aims kpi`.
 */
export async function kpisWaiting({ db, clock }: KpiParts, { person }: HomeReader): Promise<WaitingThing[]> {
  const due = await dueEntries(db, clock.today());
  const entries = due
    .filter(({ settings }) => settings.owner?.id === person.id)
    .map(({ kpi, since }) => ({
      what: `**${kpi.name}**: enter its value`,
      ...(since ? { dueOn: since } : {}),
      action: enterButton(kpi),
    }));
  const reviews = mayReview(person) ? await openReviews(db, clock.now()) : [];
  return [
    ...entries,
    ...reviews.map(({ id, quarter, event, calledOn }) => ({
      what: `**${reviewKey(id)}**: record the outcome of the KPI review of ${literally(quarter ?? event ?? 'the quarter')}`,
      since: new Date(calledOn),
      action: { id: actionId('kpi', 'review', String(id)), label: `Show ${reviewKey(id)}` },
    })),
  ];
}

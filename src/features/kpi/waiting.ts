import { dueEntries } from '../../records/kpi/due.ts';
import type { HomeReader, WaitingThing } from '../feature.ts';
import type { KpiParts } from './kpi.ts';
import { enterButton } from './words.ts';

/** The values that somebody who is named as their owner is to enter. The compliance lead finds the others in `/aims kpi`. */
export async function entriesWaiting({ db, clock }: KpiParts, { person }: HomeReader): Promise<WaitingThing[]> {
  const due = await dueEntries(db, clock.today());
  return due
    .filter(({ settings }) => settings.owner?.id === person.id)
    .map(({ kpi, since }) => ({
      what: `**${kpi.name}**: enter its value`,
      ...(since ? { dueOn: since } : {}),
      action: enterButton(kpi),
    }));
}

import { daysLater, mondayOf } from '../clock.ts';
import type { KpiId } from '../records/kpi/catalogue.ts';
import { type Counting, enterValue, lastEntry } from '../records/kpi/entries.ts';
import { changeSettings } from '../records/kpi/settings.ts';
import { takeSnapshot } from '../records/kpi/snapshots.ts';
import type { People } from './people.ts';
import type { Timeline } from './timeline.ts';

const WEEKS = 12;

/** What people entered, the oldest value first and four weeks apart; some KPIs nobody has measured yet. */
const ENTERED: readonly { readonly kpi: KpiId; readonly values: readonly Counting[]; readonly note: string }[] = [
  { kpi: 'policy-acknowledgement', values: of(50, 22, 31, 44), note: 'From the intranet, this version of the policy.' },
  { kpi: 'fairness-breach-rate', values: of(12, 0, 0, 1), note: 'Applicant ranking: one group below four fifths.' },
  {
    kpi: 'override-rate',
    values: of(240, 31, 22, 9),
    note: 'Credit check; few overrides, so somebody looks at cases.',
  },
  { kpi: 'risk-assessment-currency', values: of(24, 14, 16, 19), note: 'From the risk register.' },
  { kpi: 'gap-closure-rate', values: of(20, 6, 9, 11), note: 'From the list of gaps before the audit.' },
];

const ENTERED_ONCE: readonly { readonly kpi: KpiId; readonly value: Counting; readonly note: string }[] = [
  { kpi: 'competence-coverage', value: { part: 9, whole: 14 }, note: 'Five of oversight have no training yet.' },
  { kpi: 'supplier-assurance', value: { part: 5, whole: 7 }, note: 'Two agencies have not answered.' },
  { kpi: 'concern-response-time', value: { value: 2 }, note: 'Three reports, all of staff.' },
];

/** Has the lead name owners and targets, owners enter values, and a snapshot taken on each of twelve Mondays. */
export function addKpis(timeline: Timeline, people: People, today: string): void {
  for (const [place, { kpi, values, note }] of ENTERED.entries()) {
    const owner = people.owners[place] ?? people.lead;
    timeline.add(80, people.lead, (change) =>
      changeSettings(change, kpi, {
        owner,
        target: TARGETS[kpi],
        frequency: 'monthly',
        reason: 'Agreed in the committee.',
      }),
    );
    for (const [index, counting] of values.entries()) enter(78 - index * 28 - place, kpi, owner, counting, note);
  }
  for (const [place, { kpi, value, note }] of ENTERED_ONCE.entries()) {
    enter(40 - place * 9, kpi, people.lead, value, note);
  }
  const monday = mondayOf(today);
  for (let week = WEEKS; week > 0; week -= 1) {
    const day = daysLater(monday, -7 * week);
    timeline.add(daysFrom(day, today), undefined, (change) => takeSnapshot(change, day));
  }

  function enter(ago: number, kpi: KpiId, by: string, counting: Counting, note: string): void {
    timeline.add(ago, by, async (change) => {
      const basedOn = await lastEntry(change.db, kpi);
      await enterValue(change, kpi, { counting, measuredOn: daysLater(today, -ago), note }, { by, basedOn });
    });
  }
}

const TARGETS: { readonly [Id in KpiId]?: number } = {
  'policy-acknowledgement': 0.95,
  'fairness-breach-rate': 0,
  'risk-assessment-currency': 0.9,
  'gap-closure-rate': 0.5,
};

function of(whole: number, ...parts: number[]): Counting[] {
  return parts.map((part) => ({ part, whole }));
}

function daysFrom(day: string, today: string): number {
  return Math.round((Date.parse(today) - Date.parse(day)) / (24 * 60 * 60 * 1000));
}

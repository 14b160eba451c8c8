import { daysLater } from '../clock.ts';
import { addItem, extendItem, finishItem } from '../records/action-item/change-items.ts';
import { recordDecision } from '../records/decision/record-decision.ts';
import { quarterOf } from '../records/kpi/quarter.ts';
import { callQuarterlyReview, recordReview } from '../records/kpi/reviews.ts';
import type { People } from './people.ts';
import { spread, type Timeline } from './timeline.ts';

/** What is to be done, again and again, about one system after another. */
const TASKS = [
  'Get the test report from the vendor',
  'Name a deputy for the weekly look at results',
  'Agree on an annex on duties',
  'Write down for how long the event log is kept',
  'Train the new colleagues on its limits',
  'Ask the works council',
  'Compare the results of groups again',
];

const COUNT = 42;

/** Days over which they were made: the twelve weeks that are told of, and a month before. */
const DAYS = 112;

const DECISIONS: readonly { readonly text: string; readonly reason: string; readonly ago: number }[] = [
  {
    text: 'The bias test of the applicant ranking is repeated every half year.',
    reason: 'One group came close.',
    ago: 70,
  },
  {
    text: 'No AI reads emotions of staff or callers.',
    reason: 'It is prohibited at work, and we do not want it.',
    ago: 21,
  },
  { text: 'Each department pays for the tests of its systems.', reason: 'Whoever has the use has the duty.', ago: 33 },
  { text: 'The office copilot stays within our own tenant.', reason: 'Customer mails are in it.', ago: 9 },
];

/** Has the lead hand out action items, of which some are done in time, some late and some not yet, and the committee decide. */
export function addActions(timeline: Timeline, people: People, today: string): void {
  for (let place = 0; place < COUNT; place += 1) {
    const ago = DAYS - Math.floor((place * (DAYS - 3)) / COUNT);
    const owner = people.owners[(place * 4) % people.owners.length] ?? people.lead;
    const due = ago - 14 - Math.round(spread(place) * 14);
    const text = `${TASKS[place % TASKS.length]} (AIS-${(place % 24) + 1})`;
    const item = { id: 0 };
    timeline.add(ago, people.lead, async (change) => {
      const source = { kind: 'system', ref: `AIS-${(place % 24) + 1}` } as const;
      const made = { text, owner, dueOn: daysLater(today, -due), visibility: 'committee', source } as const;
      item.id = await addItem(change, made);
    });
    addEnd(timeline, { place, due, owner, item, today });
  }
  for (const { text, reason, ago } of DECISIONS) {
    timeline.add(ago, people.chair, (change) =>
      recordDecision(change, {
        ...{ text, reason, outcome: 'decided', about: undefined, others: undefined, visibility: 'committee' },
        participants: [people.chair, people.lead, people.member],
        decidedOn: daysLater(today, -ago),
      }),
    );
  }
  addQuarterlyReview(timeline, people, today);
}

/** Of six items, one is extended, one done late, and one left; the others are done in time. */
function addEnd(
  timeline: Timeline,
  {
    place,
    due,
    owner,
    item,
    today,
  }: { place: number; due: number; owner: string; item: { id: number }; today: string },
): void {
  const kind = place % 6;
  const early = due + 1 + (place % 4);
  if (kind === 5) return;
  if (kind === 4 && due > 3) {
    const dueOn = daysLater(today, -(due - 10));
    const reason = 'The vendor answers next week.';
    timeline.add(due + 1, owner, (change) => extendItem(change, { id: item.id, version: 1 }, { dueOn, reason }));
    if (due > 12) timeline.add(due - 9, owner, (change) => finishItem(change, { id: item.id, version: 2 }, undefined));
    return;
  }
  const done = kind === 3 ? due - 6 : early;
  if (done > 0) timeline.add(done, owner, (change) => finishItem(change, { id: item.id, version: 1 }, undefined));
}

/** The quarter that is over is looked back on, where the weeks that are told of reach into it. */
function addQuarterlyReview(timeline: Timeline, people: People, today: string): void {
  const ago = Math.round((Date.parse(today) - Date.parse(quarterOf(today).from)) / (24 * 60 * 60 * 1000));
  if (ago < 8) return;
  const review: { id: number | undefined } = { id: undefined };
  timeline.add(ago, undefined, async (change) => {
    review.id = await callQuarterlyReview(change, daysLater(today, -ago));
  });
  timeline.add(ago - 7, people.chair, async (change) => {
    if (review.id === undefined) return;
    await recordReview(change, review.id, {
      heldOn: daysLater(today, -(ago - 7)),
      participants: [people.chair, people.lead, people.member],
      others: 'Ina Roth, works council',
      outcome:
        'Evidence lapses faster than it is renewed: owners get a reminder a month earlier. Targets stay as they are.',
    });
  });
}

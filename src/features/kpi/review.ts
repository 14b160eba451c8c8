import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, FormErrors, Reply } from '../../chat/reply.ts';
import { cleanText, literally, typedText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type Clock, daysLater, writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { committeeMembers } from '../../people/committee.ts';
import { holdersOf } from '../../people/question-contact.ts';
import type { Role } from '../../people/role.ts';
import { knownKpi } from '../../records/kpi/catalogue.ts';
import type { Snapshot } from '../../records/kpi/kpi.ts';
import { quarterBefore, quarterOf } from '../../records/kpi/quarter.ts';
import {
  callReviewAfter,
  type KpiReview,
  listReviews,
  readReview,
  recordReview,
  reviewKey,
} from '../../records/kpi/reviews.ts';
import { lastSnapshots } from '../../records/kpi/snapshots.ts';
import { meetsTarget } from '../../records/kpi/trend.ts';
import { occasionOf, participantsOf } from '../../records/kpi/write-reviews.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { checkedDay } from './checked-day.ts';
import type { KpiParts } from './kpi.ts';
import { NOT_FOR_YOU } from './overview.ts';
import { mayReview, seesAll } from './rights.ts';
import { figureInWords, targetInWords } from './words.ts';

const MAX_EVENT = 300;
const MAX_OUTCOME = 3_000;
const MAX_OTHERS = 300;

/** Reviews that a list shows. */
const MAX_LISTED = 12;

const FOR_LEAD_AND_CHAIR = notice(
  "Reviews of the KPIs are called and recorded by the compliance lead, the committee's chair and their deputies. Nothing was changed.",
);

const GONE = notice('There is no such review. `/aims kpi review` lists them.');

const LIST_BUTTON: Action = { id: actionId('kpi', 'reviews'), label: 'All reviews' };

/** The reviews of the last two years, the last one first. */
export async function reviewList({ db, clock }: KpiParts, _argument: string, asker: Asker): Promise<Outcome> {
  if (!seesAll(asker)) return say(NOT_FOR_YOU);
  const today = clock.today();
  const reviews = (await listReviews(db, daysLater(today, -731), today)).toReversed();
  return say({
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Reviews of the KPIs' },
      {
        kind: 'text',
        text:
          'I call one when a quarter is over, and you call one after a major event. That is good practice: the standard asks for ' +
          'evaluation and gives no interval.',
      },
      ...(reviews.length > 0
        ? [
            {
              kind: 'table' as const,
              columns: ['Review', 'Of', 'Called', 'Held'],
              rows: reviews
                .slice(0, MAX_LISTED)
                .map((review) => [
                  reviewKey(review.id),
                  literally(occasionOf(review)),
                  writtenDay(review.calledOn),
                  review.result ? writtenDay(review.result.heldOn) : 'waiting',
                ]),
            },
          ]
        : []),
    ],
    actions: [
      ...reviews
        .filter(({ result }) => !result)
        .slice(0, 2)
        .map(({ id }) => ({ id: actionId('kpi', 'review', String(id)), label: `Show ${reviewKey(id)}` })),
      ...(mayReview(asker.person)
        ? [{ id: actionId('kpi', 'call'), label: 'Review after an event ...', opensForm: true as const }]
        : []),
      { id: actionId('kpi', 'export'), label: 'Export' },
    ],
  });
}

/** @param argument the review's number */
export async function showReview({ db }: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  if (!seesAll(asker)) return say(NOT_FOR_YOU);
  const review = await readReview(db, numberIn(argument));
  return say(review ? await reviewCard(db, review) : GONE);
}

/** A review with what is looked at, and what came of it. */
export async function reviewCard(db: Db, review: KpiReview): Promise<Reply> {
  const { quarter, result } = review;
  const before = quarterBefore(quarterOf(quarter ? `${quarter.slice(0, 4)}-${monthOf(quarter)}-01` : review.calledOn));
  const then = new Map((await lastSnapshots(db, before.from, before.to)).map((snapshot) => [snapshot.kpi, snapshot]));
  const measured = review.snapshots.filter(({ value }) => value !== undefined);
  const others = review.snapshots.length - measured.length;
  return {
    kind: 'notice',
    card: `kpi:review:${review.id}`,
    blocks: [
      { kind: 'heading', text: `${reviewKey(review.id)}: review of the KPIs` },
      { kind: 'text', text: introOf(review) },
      table(measured, then, before.key),
      ...(others > 0 ? [{ kind: 'text' as const, text: `${others} more are not measured yet.` }] : []),
      ...(result ? resultBlocks(review) : []),
    ],
    actions: [
      ...(result
        ? []
        : [
            {
              id: actionId('kpi', 'record', String(review.id)),
              label: 'Record the outcome ...',
              style: 'primary' as const,
              opensForm: true as const,
            },
          ]),
      ...(result
        ? [{ id: actionId('command', 'run', 'actions add'), label: 'Note an action ...', opensForm: true as const }]
        : []),
      { id: actionId('command', 'run', 'kpi'), label: 'KPIs today' },
      LIST_BUTTON,
    ],
  };
}

function monthOf(quarter: string): string {
  return String(Number(quarter.slice(-1)) * 3 - 2).padStart(2, '0');
}

function introOf({ quarter, event, calledBy, calledOn }: KpiReview): string {
  const as = `Figures as of ${writtenDay(calledOn)}.`;
  if (quarter) return `The quarter ${quarter} is over: what do these figures tell, and what follows? ${as}`;
  const who = calledBy ? ` Called by ${literally(calledBy.name)}.` : '';
  return `After an event: ${literally(event ?? '')}.${who} ${as}`;
}

function table(measured: readonly Snapshot[], then: ReadonlyMap<string, Snapshot>, quarter: string): Block {
  return {
    kind: 'table',
    columns: ['KPI', 'Value', 'Target', `End of ${quarter}`],
    rows: measured.map((snapshot) => {
      const kpi = knownKpi(snapshot.kpi);
      const earlier = then.get(snapshot.kpi);
      const isMissed = meetsTarget(kpi.direction, snapshot.value, snapshot.target) === false;
      return [
        kpi.name,
        `${figureInWords(kpi, snapshot)}${isMissed ? ' (missed)' : ''}`,
        targetInWords(kpi, snapshot.target),
        // By another formula it is not the same figure.
        earlier && earlier.formula === snapshot.formula ? figureInWords(kpi, earlier) : '',
      ];
    }),
  };
}

function resultBlocks(review: KpiReview): Block[] {
  const { result } = review;
  if (!result) return [];
  return [
    {
      kind: 'facts',
      facts: [
        { label: 'Held on', value: writtenDay(result.heldOn) },
        { label: 'Took part', value: literally(participantsOf(review)) },
        { label: 'Recorded by', value: literally(result.recordedBy?.name ?? '') },
      ],
    },
    { kind: 'text', text: `**Outcome**\n\n${typedText(result.outcome)}` },
  ];
}

export async function callForm(_parts: KpiParts, _argument: string, asker: Asker): Promise<Outcome> {
  if (!mayReview(asker.person)) return say(FOR_LEAD_AND_CHAIR);
  return say({
    kind: 'form',
    form: {
      id: actionId('kpi', 'call'),
      title: 'Review after an event',
      intro: 'The committee gets a card with all KPIs as they are now.',
      submitLabel: 'Call it',
      inputs: [
        {
          kind: 'text',
          name: 'event',
          label: 'What happened?',
          hint: 'For example an incident, a new law, a finding, a large new system. Name no people.',
          multiline: false,
          maxLength: MAX_EVENT,
          optional: false,
        },
      ],
    },
  });
}

export function checkCallForm({ event = '' }: FormValues): FormErrors {
  if (cleanText(event) === '') return { event: 'Say what happened.' };
  return event.length > MAX_EVENT ? { event: 'Shorten it to 300 characters.' } : {};
}

export async function submitCallForm(
  { db, clock }: KpiParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  if (!mayReview(asker.person)) return say(FOR_LEAD_AND_CHAIR);
  const fault = Object.values(checkCallForm(values))[0];
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const { event = '' } = values;
  const committee = await committeeOf(db, clock.today(), asker.person.isExample);
  return async (change, tell) => {
    const id = await callReviewAfter(change, cleanText(event), clock.today());
    const review = await readReview(change.db, id);
    if (!review) throw new Error('A review that was just called cannot be found.');
    const reply = await reviewCard(change.db, review);
    for (const person of committee) {
      if (person !== asker.person.id) tell({ key: `kpi:review:${id}:${person}`, person, reply });
    }
    if (seesAll(asker)) return [reply];
    tell({
      key: `kpi:review:${id}:${asker.person.id}`,
      person: asker.person.id,
      platform: asker.sender.platform,
      reply,
    });
    return [
      notice(`${reviewKey(id)} is called; its card is for the committee, so I sent it to you in a direct message.`),
    ];
  };
}

/** Asks what came of a review. @param argument its number */
export async function recordForm(parts: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await recordable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { review } = found;
  const members = await committeeMembers(parts.db, parts.clock.today());
  return say({
    kind: 'form',
    form: {
      id: actionId('kpi', 'record', String(review.id)),
      title: `Outcome of ${reviewKey(review.id)}`,
      intro: `**${literally(occasionOf(review))}**`,
      submitLabel: 'Record',
      inputs: [
        { kind: 'date', name: 'heldOn', label: 'Held on', optional: false, initial: parts.clock.today() },
        ...(members.length > 0
          ? [
              {
                kind: 'choices' as const,
                name: 'members',
                label: 'Who took part, of the committee',
                optional: true,
                options: members.map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        {
          kind: 'text',
          name: 'others',
          label: 'Who else took part',
          multiline: false,
          maxLength: MAX_OTHERS,
          optional: true,
        },
        {
          kind: 'text',
          name: 'outcome',
          label: 'Outcome',
          hint: 'What the figures told, and what was decided, also if nothing changes.',
          multiline: true,
          maxLength: MAX_OUTCOME,
          optional: false,
        },
      ],
    },
  });
}

export function checkRecordForm(values: FormValues, clock: Clock): FormErrors {
  const { heldOn = '', members = '', others = '', outcome = '' } = values;
  const fault = checkedDay(heldOn, clock.today());
  return {
    ...(fault ? { heldOn: fault } : {}),
    ...(members || cleanText(others) ? {} : { others: 'Say who took part.' }),
    ...(others.length > MAX_OTHERS ? { others: 'Shorten it to 300 characters.' } : {}),
    ...(cleanText(outcome) === '' ? { outcome: 'Say what came of it.' } : {}),
    ...(outcome.length > MAX_OUTCOME ? { outcome: 'Shorten it to 3,000 characters.' } : {}),
  };
}

export async function submitRecordForm(
  parts: KpiParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await recordable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { review } = found;
  const faults = Object.values(checkRecordForm(values, parts.clock));
  const known = new Set((await committeeMembers(parts.db, parts.clock.today())).map(({ id }) => id));
  const { heldOn = '', members = '', others = '', outcome = '' } = values;
  const participants = members.split(',').filter((id) => id !== '');
  if (faults.length > 0 || participants.some((id) => !known.has(id))) {
    return say(notice(`${faults.join(' ') || 'Choose people of the committee.'} Nothing was changed.`));
  }
  const result = { heldOn, participants, others: cleanText(others) || undefined, outcome: cleanText(outcome) };
  return async (change) => {
    const isFirst = await recordReview(change, review.id, result);
    const recorded = await readReview(change.db, review.id);
    if (!recorded) return [GONE];
    const card = await reviewCard(change.db, recorded);
    if (!isFirst) return [notice('That was recorded by somebody just now. Nothing more was changed.'), card];
    return [card];
  };
}

async function recordable(
  { db }: KpiParts,
  argument: string,
  asker: Asker,
): Promise<{ readonly review: KpiReview } | { readonly refusal: Reply }> {
  if (!mayReview(asker.person)) return { refusal: FOR_LEAD_AND_CHAIR };
  if (!seesAll(asker)) return { refusal: NOT_FOR_YOU };
  const review = await readReview(db, numberIn(argument));
  if (!review) return { refusal: GONE };
  if (!review.result) return { review };
  const who = literally(review.result.recordedBy?.name ?? 'somebody');
  return {
    refusal: notice(`The outcome of ${reviewKey(review.id)} was recorded by ${who} already. Nothing was changed.`, {
      id: actionId('kpi', 'review', String(review.id)),
      label: `Show ${reviewKey(review.id)}`,
    }),
  };
}

/** The ids of all of them who can be reached. @param roles those who are meant */
export async function committeeOf(
  db: Db,
  today: string,
  isExample: boolean,
  roles: readonly Role[] = ['compliance_lead', 'committee_chair', 'committee_member'],
): Promise<string[]> {
  const holders = await Promise.all(roles.map((role) => holdersOf(db, role, today, isExample)));
  return [...new Set(holders.flat().map(({ id }) => id))];
}

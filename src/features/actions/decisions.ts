import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, FormErrors, NoticeReply, Reply } from '../../chat/reply.ts';
import { cleanText, literally, shortened, typedText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { writtenDay } from '../../clock.ts';
import { committeeMembers } from '../../people/committee.ts';
import type { Person } from '../../people/people.ts';
import {
  DECISION_OUTCOMES,
  type Decision,
  decisionKey,
  isDecisionOutcome,
  OUTCOME_NAMES,
} from '../../records/decision/decision.ts';
import { type DecisionFilter, listDecisions, readDecision } from '../../records/decision/read-decisions.ts';
import { recordDecision, withdrawDecision } from '../../records/decision/record-decision.ts';
import { mayRecordDecisions, mayWithdrawDecision } from '../../records/decision/rights.ts';
import { isRecordVisibility, VISIBILITY_NAMES } from '../../records/record-visibility.ts';
import { parseReference, type Reference } from '../../records/reference.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import {
  checkReason,
  checkReference,
  checkText,
  checkVisibility,
  faultOfDay,
  MAX_TEXT,
  reasonInput,
  usualVisibility,
  visibilityInput,
} from './forms.ts';
import { parseSource } from './make.ts';
import { newCard, parseTarget, targetOf } from './target.ts';
import { sourceInWords } from './words.ts';

const MAX_LISTED = 40;
const MAX_BUTTONS = 4;
const MAX_SHOWN = 120;
const MAX_OTHERS = 300;

const GONE = notice('There is no such decision that you may see here. `/aims decisions` lists what there is.');

const NOT_YOURS = notice(
  'Decisions are recorded by the compliance lead and the AI governance committee. Nothing was recorded; ask one of them.',
);

/** The decisions that everybody who reads along may see, the newest first. */
export async function decisionList(
  { db }: ActionsParts,
  filter: DecisionFilter,
  { audience, person }: Asker,
): Promise<Reply> {
  const { total, decisions } = await listDecisions(db, audience, filter, MAX_LISTED);
  const count = total === 0 ? 'No decision' : total === 1 ? '1 decision' : `${total} decisions`;
  const about = filter.about ? ` on ${sourceInWords(filter.about)}` : '';
  const record: Action = { id: actionId('actions', 'decide'), label: 'Record a decision', opensForm: true };
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${count}${about}` },
      total === 0
        ? {
            kind: 'text',
            text: 'Nothing is on record here that you may see. The compliance lead and the committee record decisions.',
          }
        : {
            kind: 'table',
            columns: ['What', 'Outcome', 'On'],
            rows: decisions.map((decision) => [
              `**${decisionKey(decision.id)}** ${literally(shortened(decision.text, MAX_SHOWN))}`,
              decision.withdrawn ? 'taken back' : OUTCOME_NAMES[decision.outcome],
              writtenDay(decision.decidedOn),
            ]),
          },
      ...(total > decisions.length ? [text(`And ${total - decisions.length} older ones.`)] : []),
    ],
    actions: [
      ...decisions.slice(0, MAX_BUTTONS).map(({ id }) => showDecisionButton(id)),
      ...(mayRecordDecisions(person) ? [record] : []),
    ],
  };
}

export async function showDecision({ db }: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const target = parseTarget(argument);
  const decision = target && (await readDecision(db, target.id, asker.audience));
  return say(decision ? decisionCard(decision, asker.person) : GONE);
}

function decisionCard(
  decision: Decision,
  reader: Person,
  { card = newCard(), note }: { card?: string | undefined; note?: string } = {},
): NoticeReply {
  const { id, outcome, reason, about, decidedOn, visibility, recordedBy, recordedAt, withdrawn } = decision;
  const facts = [
    { label: 'Outcome', value: OUTCOME_NAMES[outcome] },
    ...(about ? [{ label: 'About', value: sourceInWords(about) }] : []),
    { label: 'Decided', value: writtenDay(decidedOn) },
    { label: 'Took part', value: participantsInWords(decision) },
    ...(reason ? [{ label: 'Reason', value: literally(reason) }] : []),
    { label: 'Recorded', value: `${recordedBy ? `${literally(recordedBy.name)}, ` : ''}${dayOf(recordedAt)}` },
    { label: 'Who may see it', value: VISIBILITY_NAMES[visibility] },
  ];
  const back =
    withdrawn && [withdrawn.by ? literally(withdrawn.by.name) : '', dayOf(withdrawn.at)].filter(Boolean).join(', ');
  const blocks: Block[] = [
    ...(note ? [text(note)] : []),
    { kind: 'heading', text: decisionKey(id) },
    ...(withdrawn ? [text(`**Taken back** (${back}): ${literally(withdrawn.because)}`)] : []),
    text(typedText(decision.text)),
    { kind: 'facts', facts },
  ];
  const follows: Action = {
    id: actionId('actions', 'new', `decision ${decisionKey(id)}`),
    label: 'Action item from it ...',
    opensForm: true,
  };
  const withdraw: Action = {
    id: actionId('actions', 'withdraw-decision', targetOf({ id, card, version: undefined })),
    label: 'Take back ...',
    opensForm: true,
  };
  return {
    kind: 'notice',
    card: `decision:${id}~${card}`,
    blocks,
    actions: [
      ...(withdrawn ? [] : [follows]),
      ...(about?.kind === 'system'
        ? [{ id: actionId('command', 'run', `systems ${about.ref}`), label: `Show ${about.ref}` }]
        : []),
      ...(!withdrawn && mayWithdrawDecision(reader, decision) ? [withdraw] : []),
      { id: actionId('command', 'run', 'decisions'), label: 'All decisions' },
    ],
  };
}

/** Who took part, in Markdown. */
function participantsInWords({ participants, others }: Decision): string {
  return [...participants.map(({ name }) => literally(name)), ...(others ? [literally(others)] : [])].join(', ');
}

export function showDecisionButton(id: number): Action {
  return { id: actionId('actions', 'decision', String(id)), label: `Show ${decisionKey(id)}` };
}

/** Asks what was decided. @param argument what it is about: `system AIS-3`; may be empty */
export async function decideForm({ db, clock }: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  if (!mayRecordDecisions(asker.person) || asker.audience.guidanceOnly) return say(NOT_YOURS);
  const about = parseSource(argument);
  const key = about && parseReference(about.ref);
  const members = await committeeMembers(db, clock.today());
  const isAlone = asker.audience.person !== undefined;
  return say({
    kind: 'form',
    form: {
      id: actionId('actions', 'decide', about && !key ? argument : ''),
      title: 'Decision',
      intro:
        about && !key
          ? `It follows from ${sourceInWords(about)}.`
          : 'What was decided, by whom, and when. It is not changed later.',
      submitLabel: 'Record',
      inputs: [
        {
          ...({ kind: 'text', name: 'text', label: 'What was decided', multiline: true } as const),
          ...{ maxLength: MAX_TEXT, optional: false },
        },
        {
          ...({ kind: 'select', name: 'outcome', label: 'Outcome', optional: false } as const),
          options: DECISION_OUTCOMES.map((value) => ({ value, label: OUTCOME_NAMES[value] })),
        },
        {
          ...({ kind: 'text', name: 'about', label: 'About', multiline: false, maxLength: 20 } as const),
          ...{ hint: 'AIS-3, EV-48, GAP-2 ...', optional: true, ...(key ? { initial: key.ref } : {}) },
        },
        ...(members.length > 0
          ? [
              {
                ...({
                  kind: 'choices',
                  name: 'members',
                  label: 'Who took part, of the committee',
                  optional: true,
                } as const),
                options: members.map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
        {
          ...({ kind: 'text', name: 'others', label: 'Who else took part', multiline: false } as const),
          ...{ maxLength: MAX_OTHERS, optional: true },
        },
        { kind: 'date', name: 'decidedOn', label: 'Decided on', optional: false, initial: clock.today() },
        reasonInput('Reason', true),
        visibilityInput(isAlone ? 'committee' : usualVisibility(asker.audience), 'Whoever took part sees it anyway.'),
      ],
    },
  });
}

/** @param today YYYY-MM-DD */
export function checkDecideForm(values: FormValues, today: string): FormErrors {
  const { outcome = '', members = '', others = '', decidedOn = '' } = values;
  const day = faultOfDay(decidedOn) ?? (decidedOn > today ? 'That day is still to come.' : undefined);
  return {
    ...checkText(values, 'Say what was decided.'),
    ...(isDecisionOutcome(outcome) ? {} : { outcome: 'Choose one.' }),
    ...checkReference(values, 'about'),
    ...(members || cleanText(others) ? {} : { others: 'Say who took part.' }),
    ...(others.length > MAX_OTHERS ? { others: `Shorten it to ${MAX_OTHERS} characters.` } : {}),
    ...(day ? { decidedOn: day } : {}),
    ...checkReason(values, false),
    ...checkVisibility(values),
  };
}

export async function submitDecideForm(
  { db, clock }: ActionsParts,
  argument: string,
  values: FormValues,
  { person, audience }: Asker,
): Promise<Outcome> {
  if (!mayRecordDecisions(person) || audience.guidanceOnly) return say(NOT_YOURS);
  const today = clock.today();
  const faults = Object.values(checkDecideForm(values, today));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was recorded.`));
  const {
    text: decided = '',
    outcome = '',
    about = '',
    members = '',
    others = '',
    decidedOn = '',
    reason = '',
  } = values;
  const { visibility = '' } = values;
  if (!isDecisionOutcome(outcome) || !isRecordVisibility(visibility)) return say(GONE);
  const known = new Set((await committeeMembers(db, today)).map(({ id }) => id));
  const participants = members.split(',').filter((id) => known.has(id));
  return async (change, tell) => {
    const id = await recordDecision(change, {
      ...{ text: decided, outcome, reason: reason || undefined, participants, others: others || undefined, decidedOn },
      ...{ about: parseReference(about) ?? parseSource(argument), visibility },
    });
    const decision = await readDecision(change.db, id, { ...audience, person: person.id });
    if (!decision) throw new Error('A decision that was just recorded cannot be found.');
    for (const participant of participants.filter((one) => one !== person.id)) {
      const said = `${literally(person.displayName)} recorded a decision in which you took part: **${decisionKey(id)}** ${literally(shortened(decided, MAX_SHOWN))}`;
      tell({
        key: `${decisionKey(id)}:${participant}`,
        person: participant,
        reply: notice(said, showDecisionButton(id)),
      });
    }
    const shown = await readDecision(change.db, id, audience);
    const note = `Recorded: ${decisionKey(id)}.`;
    return [shown ? decisionCard(decision, person, { note }) : notice(note)];
  };
}

async function withdrawable({ db }: ActionsParts, argument: string, { person, audience }: Asker) {
  const target = parseTarget(argument);
  const decision = target && (await readDecision(db, target.id, audience));
  if (!decision) return { refusal: GONE };
  if (!mayWithdrawDecision(person, decision)) {
    return {
      refusal: notice(
        `${decisionKey(decision.id)} is taken back by whoever recorded it, the compliance lead or the chair.`,
      ),
    };
  }
  if (decision.withdrawn)
    return { refusal: notice(`${decisionKey(decision.id)} is taken back already. Nothing was changed.`) };
  return { target, decision };
}

export async function withdrawDecisionForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await withdrawable(parts, argument, asker);
  if (found.refusal) return say(found.refusal);
  const { decision } = found;
  return say({
    kind: 'form',
    form: {
      id: actionId('actions', 'withdraw-decision', argument),
      title: `Take back ${decisionKey(decision.id)}`,
      intro: `**${decisionKey(decision.id)}** ${literally(shortened(decision.text, MAX_SHOWN))}\n\nOnly what was recorded by mistake. It stays to be seen, and does not hold.`,
      submitLabel: 'Take back',
      inputs: [reasonInput('What was wrong?', false)],
    },
  });
}

export async function submitWithdrawDecision(
  parts: ActionsParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await withdrawable(parts, argument, asker);
  if (found.refusal) return say(found.refusal);
  const fault = checkReason(values, true)['reason'];
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const { target, decision } = found;
  const { reason = '' } = values;
  return async (change, tell) => {
    const key = decisionKey(decision.id);
    if (!(await withdrawDecision(change, decision.id, reason))) {
      return [notice(`${key} is taken back already. Nothing was changed.`)];
    }
    const now = await readDecision(change.db, decision.id, asker.audience);
    for (const { id } of decision.participants.filter((one) => one.id !== asker.person.id)) {
      const said = `${literally(asker.person.displayName)} took back **${key}**, which was recorded by mistake: ${literally(reason)}`;
      tell({ key: `${key}:withdrawn:${id}`, person: id, reply: notice(said, showDecisionButton(decision.id)) });
    }
    const note = `Recorded: ${key} is taken back.`;
    return [now ? decisionCard(now, asker.person, { card: target.card, note }) : notice(note)];
  };
}

/** What `/aims decisions` is followed by, where it is a record: `AIS-3`. */
export function aboutFilter(text: string): { readonly about: Reference } | undefined {
  const about = parseReference(text);
  return about && { about };
}

function dayOf(at: Date): string {
  return writtenDay(at.toISOString().slice(0, 10));
}

function text(markdown: string): Block {
  return { kind: 'text', text: markdown };
}

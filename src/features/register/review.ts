import { z } from 'zod';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Input, NoticeReply, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type Clock, monthsLater, writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { currentAssignments } from '../../people/role-assignments.ts';
import { type AiSystem, systemKey } from '../../records/ai-system/ai-system.ts';
import { approve, override, reassignReview, retire } from '../../records/ai-system/change-systems.ts';
import { isForCommittee } from '../../records/ai-system/for-committee.ts';
import { intakeOf, sendBack } from '../../records/ai-system/intakes.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { reviewAgain } from '../../records/ai-system/review-again.ts';
import { comment } from '../../records/ai-system/review-comments.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { TIERS, type Tier } from '../../records/ai-system/triage/proposal.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import { checkOverrideForm, decidedIn, overrideForm } from '../override-form.ts';
import { inOneLine, TIER_NAMES } from '../proposal-words.ts';
import { reviewCard, reviewersOf } from '../review-card.ts';
import { tellConcerned } from './concerned.ts';
import { parseSeen, refused, showButton } from './refused.ts';
import type { RegisterParts } from './register.ts';
import { mayDecide, mayHandle } from './rights.ts';

const MAX_REASON = 1_000;

const GONE = notice('That is not in the register. `/aims systems` lists what is.');

/** A system on which somebody may act as a reviewer, or why not. */
async function underReview(
  { db }: RegisterParts,
  argument: string,
  { person }: Asker,
  may: typeof mayDecide,
): Promise<{ readonly system: AiSystem } | { readonly refusal: Reply }> {
  const seen = parseSeen(argument);
  const system = seen && (await readSystem(db, seen.id));
  if (!seen || !system) return { refusal: GONE };
  if (system.version !== seen.version) return { refusal: refused('changed_meanwhile', system.id) };
  if (system.submittedBy?.id === person.id && system.state === 'submitted') {
    return { refusal: refused('own', system.id) };
  }
  if (may(person, system)) return { system };
  const who = isForCommittee(system) ? "the committee's chair or a delegate" : 'the compliance lead or the deputy';
  return {
    refusal: notice(`${systemKey(system.id)} is decided by ${who}. Nothing was changed.`, showButton(system.id)),
  };
}

export async function approveForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  if (isForCommittee(system)) return decideForm(parts, argument, asker);
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'approve', argument),
      title: `Approve ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}**\n\n${inOneLine(system)}`,
      submitLabel: 'Approve',
      inputs: [
        ...(system.tier === 'undetermined' ? [tierInput()] : []),
        reviewInput(parts, false),
        reasonInput('Comment', system.tier !== 'undetermined', 'With an undetermined tier: why you decide it so.'),
      ],
    },
  });
}

/** Somebody qualified has to say the tier before anything is approved. */
function tierInput(): Input {
  return {
    kind: 'select',
    name: 'tier',
    label: 'EU AI Act: what is it?',
    hint: 'The rules could not tell. High-risk and prohibited ones go to the committee.',
    optional: false,
    options: TIERS.filter((tier) => tier !== 'undetermined').map((tier) => ({ value: tier, label: TIER_NAMES[tier] })),
  };
}

function reviewInput({ clock, reviewMonths }: RegisterParts, optional: boolean): Input {
  return {
    kind: 'date',
    name: 'reviewOn',
    label: 'Review it again on',
    hint: 'Good practice: within a year, and after every important change.',
    optional,
    initial: monthsLater(clock.today(), reviewMonths),
  };
}

function reasonInput(label: string, optional: boolean, hint?: string): Input {
  return {
    kind: 'text',
    name: 'reason',
    label,
    multiline: true,
    maxLength: MAX_REASON,
    optional,
    ...(hint ? { hint } : {}),
  };
}

export function checkApproveForm(values: FormValues, clock: Clock): FormErrors {
  const { tier, reason = '' } = values;
  return {
    ...checkDay(values, clock),
    ...checkReason(values, false),
    ...(tier !== undefined && !isTier(tier) ? { tier: 'Choose one.' } : {}),
    ...(tier !== undefined && cleanText(reason) === '' ? { reason: 'Say why you decide the tier so.' } : {}),
  };
}

function checkDay({ reviewOn = '' }: FormValues, clock: Clock): FormErrors {
  if (!z.iso.date().safeParse(reviewOn).success)
    return { reviewOn: 'Give the day as year-month-day, for example 2027-03-31.' };
  return reviewOn <= clock.today() ? { reviewOn: 'Choose a day after today.' } : {};
}

function checkReason({ reason = '' }: FormValues, isNeeded: boolean): FormErrors {
  if (isNeeded && cleanText(reason) === '') return { reason: 'Say why.' };
  return reason.length > MAX_REASON ? { reason: 'Shorten it to 1,000 characters.' } : {};
}

export async function submitApproveForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const faults = Object.values(checkApproveForm(values, parts.clock));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  if (isForCommittee(system)) return say(refused('wrong_state', system.id));
  const { tier, reviewOn = '', reason = '' } = values;
  if (system.tier === 'undetermined' && !(tier && isTier(tier))) {
    return say(notice('Its tier is undetermined. Decide it first. Nothing was changed.', showButton(system.id)));
  }
  const decidesTier = system.tier === 'undetermined' && tier && isTier(tier) ? tier : undefined;
  return async (change, tell) => {
    if (decidesTier) {
      const done = await override(change, system, { tier: decidesTier }, reason);
      if (done !== 'done') return [refused(done, system.id)];
      // What turns out to be high-risk is no longer one person's to approve.
      if (isForCommittee({ ...system, tier: decidesTier }))
        return passToCommittee(parts, change, tell, system.id, asker);
    }
    const version = decidesTier ? system.version + 1 : system.version;
    const done = await approve(change, { id: system.id, version }, { reviewOn, reason: reason || undefined });
    if (done !== 'done') return [refused(done, system.id)];
    return approved(parts, change, tell, system.id, reason, asker);
  };
}

async function approved(
  parts: RegisterParts,
  change: Change,
  tell: Tell,
  id: number,
  reason: string,
  { person }: Asker,
): Promise<Reply[]> {
  const system = await known(change.db, id);
  const by = literally(person.displayName);
  const because = reason ? ` They add: ${literally(reason)}` : '';
  const due = system.isAssessmentDue ? ' Its impact assessment is due now.' : '';
  const day = system.reviewOn ? ` It is reviewed again on ${writtenDay(system.reviewOn)}.` : '';
  const what = `**${systemKey(id)} ${literally(system.content.name)}** is approved`;
  const reply = card(system, notice(`${what} by ${by}.${because}${day}${due}`, showButton(id)));
  const others = await otherReviewers(parts, change.db, system, person.isExample);
  tellConcerned(tell, system, { what: 'approved', reply, except: person.id, others });
  return [card(system, notice(`Recorded: ${what}.${day}${due} Everyone concerned is told.`, showButton(id)))];
}

/** A notice that takes the place of the review card, wherever it stands. */
function card({ id }: AiSystem, reply: NoticeReply): NoticeReply {
  return { ...reply, card: `review:${id}` };
}

/** Whoever else had the review card. */
async function otherReviewers({ clock }: RegisterParts, db: Db, system: AiSystem, isExample: boolean) {
  return (await reviewersOf(db, clock, system, isExample)).people;
}

async function known(db: Db, id: number): Promise<AiSystem> {
  const system = await readSystem(db, id);
  if (!system) throw new Error(`${systemKey(id)} cannot be found.`);
  return system;
}

async function passToCommittee(
  parts: RegisterParts,
  change: Change,
  tell: Tell,
  id: number,
  asker: Asker,
): Promise<Reply[]> {
  const system = await known(change.db, id);
  const { people } = await reviewersOf(change.db, parts.clock, system, asker.person.isExample);
  const reply = await reviewCard(change.db, system);
  for (const one of people) {
    tell({ key: `${systemKey(id)}:review:${system.version}:${one.id}`, person: one.id, reply });
  }
  const names = people.map(({ name }) => literally(name)).join(' or ');
  return [
    card(
      system,
      notice(
        `Recorded: ${systemKey(id)} is ${TIER_NAMES[system.tier]}. It is *waiting for ${names || 'a committee chair'}*, because ` +
          'the AI governance committee decides on it.',
        showButton(id),
      ),
    ),
  ];
}

/** The committee's decision, as its chair or a delegate records it. */
export async function decideForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  const members = await committee(parts);
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'decide', argument),
      title: 'Decision of the committee',
      intro: `**${systemKey(system.id)} ${literally(system.content.name)}**\n\n${inOneLine(system)}`,
      submitLabel: 'Record',
      inputs: [
        {
          kind: 'select',
          name: 'decision',
          label: 'Decision',
          optional: false,
          options: [
            { value: 'approve', label: 'Approved' },
            { value: 'refuse', label: 'Refused: it is not used, and is retired' },
          ],
        },
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
        { kind: 'text', name: 'others', label: 'Who else took part', multiline: false, maxLength: 300, optional: true },
        reasonInput('Reason', false),
        reviewInput(parts, true),
      ],
    },
  });
}

async function committee({ db, clock }: RegisterParts): Promise<{ id: string; name: string }[]> {
  const assignments = await currentAssignments(db, clock.today());
  const members = assignments
    .filter(({ role }) => role !== 'administrator' && role !== 'auditor')
    .flatMap(({ person, personName, deputy, deputyName }) => [
      [person, personName] as const,
      ...(deputy ? [[deputy, deputyName ?? ''] as const] : []),
    ]);
  return [...new Map(members)].map(([id, name]) => ({ id, name }));
}

export function checkDecideForm(values: FormValues, clock: Clock): FormErrors {
  const { decision = '', members = '', others = '' } = values;
  return {
    ...(decision === 'approve' || decision === 'refuse' ? {} : { decision: 'Choose one.' }),
    ...(members || cleanText(others) ? {} : { others: 'Say who took part.' }),
    ...checkReason(values, true),
    ...(decision === 'approve' ? checkDay(values, clock) : {}),
  };
}

export async function submitDecideForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayDecide);
  if ('refusal' in found) return say(found.refusal);
  const faults = Object.values(checkDecideForm(values, parts.clock));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { system } = found;
  const { decision, reviewOn = '', reason = '', members = '', others = '' } = values;
  const known = new Set((await committee(parts)).map(({ id }) => id));
  const participants = [...members.split(',').filter((id) => known.has(id)), ...(others ? [others] : [])];
  return async (change, tell) => {
    if (decision === 'refuse') {
      const done = await retire(change, system, `Refused by the committee: ${reason}`);
      if (done !== 'done') return [refused(done, system.id)];
      change.record({ action: 'ai-system.refused', subject: systemKey(system.id), detail: { participants, reason } });
      return retired(parts, change, tell, system.id, `Refused by the committee: ${reason}`, asker);
    }
    const done = await approve(change, system, { reviewOn, reason, participants });
    if (done !== 'done') return [refused(done, system.id)];
    return approved(parts, change, tell, system.id, reason, asker);
  };
}

/** Somebody looked at an approved system again, and it is still right. */
export async function againForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await reviewable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'again', argument),
      title: `Review ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}** Its record is still right. If it is not, change it instead.`,
      submitLabel: 'Still right',
      inputs: [reasonInput('What did you look at?', false), reviewInput(parts, false)],
    },
  });
}

/** Its owner looks at it again too. */
async function reviewable(parts: RegisterParts, argument: string, asker: Asker) {
  const found = await underReview(parts, argument, asker, (person, system) => {
    return mayDecide(person, system) || system.owner?.id === person.id || person.roles.has('compliance_lead');
  });
  if ('system' in found && found.system.state !== 'approved') {
    return { refusal: refused('wrong_state', found.system.id) };
  }
  return found;
}

export function checkAgainForm(values: FormValues, clock: Clock): FormErrors {
  return { ...checkReason(values, true), ...checkDay(values, clock) };
}

export async function submitAgainForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await reviewable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const faults = Object.values(checkAgainForm(values, parts.clock));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { system } = found;
  const { reviewOn = '', reason = '' } = values;
  return async (change, tell) => {
    const done = await reviewAgain(change, system, { reviewOn, reason });
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const what = `**${systemKey(system.id)} ${literally(system.content.name)}**`;
    const said = `${what} was reviewed and is still right; next review ${writtenDay(reviewOn)}.`;
    const by = `By ${literally(asker.person.displayName)}: ${literally(reason)}`;
    const reply = notice(`${said} ${by}`, showButton(system.id));
    tellConcerned(tell, now, { what: 'reviewed', reply, except: asker.person.id });
    return [notice(`Recorded: ${said}`, showButton(system.id))];
  };
}

export async function sendBackForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'send-back', argument),
      title: `Send ${systemKey(system.id)} back`,
      intro: `**${literally(system.content.name)}** The interview opens again at these questions, with your comment.`,
      submitLabel: 'Send back',
      inputs: [
        {
          kind: 'choices',
          name: 'topics',
          label: 'Questions to answer again',
          optional: false,
          options: TOPIC_IDS.map((topic) => ({ value: topic, label: `${numberOf(topic)}. ${TOPICS[topic].title}` })),
        },
        reasonInput('What do you want to know?', false),
      ],
    },
  });
}

export function checkSendBackForm(values: FormValues): FormErrors {
  return {
    ...(topicsIn(values).length > 0 ? {} : { topics: 'Choose at least one question.' }),
    ...checkReason(values, true),
  };
}

function topicsIn({ topics = '' }: FormValues): TopicId[] {
  return TOPIC_IDS.filter((topic) => topics.split(',').includes(topic));
}

export async function submitSendBackForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const faults = Object.values(checkSendBackForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { system } = found;
  const { reason = '' } = values;
  const topics = topicsIn(values);
  return async (change, tell) => {
    const done = await sendBack(change, system, { reason, topics });
    if (done !== 'done') return [refused(done, system.id)];
    await comment(change, system.id, topics, reason, asker.person.id);
    const now = await known(change.db, system.id);
    const intake = await intakeOf(change.db, system.id);
    const what = `**${systemKey(system.id)} ${literally(system.content.name)}**`;
    const titles = topics.map((topic) => TOPICS[topic].title.toLowerCase()).join(', ');
    const by = literally(asker.person.displayName);
    const reply = card(
      now,
      notice(
        `${by} sent ${what} back, with questions on ${titles}: ${literally(reason)}`,
        ...(intake
          ? [{ id: actionId('intake', 'go', String(intake.id)), label: 'Answer now', style: 'primary' as const }]
          : []),
        showButton(system.id),
      ),
    );
    const others = await otherReviewers(parts, change.db, now, asker.person.isExample);
    tellConcerned(tell, now, { what: 'sent-back', reply, except: asker.person.id, others });
    return [
      card(now, notice(`Recorded: ${what} is sent back, with questions on ${titles}. Whoever submitted it is told.`)),
    ];
  };
}

export async function reassignForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const hint = isForCommittee(system) ? 'A member of the committee, as its delegate.' : undefined;
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'reassign', argument),
      title: `Reassign ${systemKey(system.id)}`,
      intro: `**${literally(system.content.name)}**`,
      submitLabel: 'Reassign',
      inputs: [
        { kind: 'person', name: 'person', label: 'Who reviews it?', optional: false, ...(hint ? { hint } : {}) },
        reasonInput('Reason', true),
      ],
    },
  });
}

export function checkReassignForm(values: FormValues): FormErrors {
  return { ...(values['person'] ? {} : { person: 'Choose somebody.' }), ...checkReason(values, false) };
}

export async function submitReassignForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const { person: userId = '', reason = '' } = values;
  if (!userId) return say(notice('Choose somebody. Nothing was changed.'));
  const reviewer = await parts.people.identify({ ...asker.sender, userId });
  if (!mayDecide(reviewer, { ...system, reviewer: { id: reviewer.id, name: reviewer.displayName } })) {
    const why = isForCommittee(system) ? 'is no member of the committee, or submitted it' : 'submitted it';
    return say(notice(`${literally(reviewer.displayName)} ${why}, and cannot decide on it. Nothing was changed.`));
  }
  if (reviewer.standing !== 'member')
    return say(notice('Only members of the organisation review. Nothing was changed.'));
  return async (change, tell) => {
    const done = await reassignReview(change, system, { reviewer: reviewer.id, reason: reason || undefined });
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const key = `${systemKey(system.id)}:review:${now.version}:${reviewer.id}`;
    tell({ key, person: reviewer.id, reply: await reviewCard(change.db, now) });
    const name = literally(reviewer.displayName);
    const what = `**${systemKey(system.id)} ${literally(system.content.name)}**`;
    tellConcerned(tell, now, {
      what: 'reassigned',
      reply: notice(`The review of ${what} is *waiting for ${name}* now.`, showButton(system.id)),
      except: asker.person.id,
    });
    return [card(now, notice(`Recorded: the review of ${what} is *waiting for ${name}*.`, showButton(system.id)))];
  };
}

export async function decideOtherwise(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const title = `${systemKey(system.id)} ${literally(system.content.name)}`;
  return say({ kind: 'form', form: overrideForm(actionId('register', 'override', argument), title, system) });
}

export async function submitOverride(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  const faults = Object.values(checkOverrideForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const decided = decidedIn(values, system);
  if (Object.keys(decided).length === 0) return say(refused('same', system.id));
  const { reason = '' } = values;
  return async (change, tell) => {
    const done = await override(change, system, decided, reason);
    if (done !== 'done') return [refused(done, system.id)];
    const now = await known(change.db, system.id);
    const what = `**${systemKey(system.id)} ${literally(system.content.name)}**`;
    const said = `${what} is decided otherwise than proposed: ${inOneLine(now)}. Reason: ${literally(reason)}`;
    tellConcerned(tell, now, {
      what: 'overridden',
      reply: notice(`${literally(asker.person.displayName)}: ${said}`, showButton(system.id)),
      except: asker.person.id,
    });
    if (now.state !== 'submitted') return [notice(`Recorded: ${said}`, showButton(system.id))];
    if (isForCommittee(now) && !isForCommittee(system)) {
      return passToCommittee(parts, change, tell, system.id, asker);
    }
    return [await reviewCard(change.db, now)];
  };
}

/** Tells everybody that a system is retired. */
export async function retired(
  parts: RegisterParts,
  change: Change,
  tell: Tell,
  id: number,
  reason: string,
  { person }: Asker,
): Promise<Reply[]> {
  const system = await known(change.db, id);
  const what = `**${systemKey(id)} ${literally(system.content.name)}** is retired`;
  const others = await otherReviewers(parts, change.db, system, person.isExample);
  const reply = card(
    system,
    notice(`${what} by ${literally(person.displayName)}. Reason: ${literally(reason)}`, showButton(id)),
  );
  tellConcerned(tell, system, { what: 'retired', reply, except: person.id, others });
  return [card(system, notice(`Recorded: ${what}. Its record is kept.`, showButton(id)))];
}

function isTier(text: string): text is Exclude<Tier, 'undetermined'> {
  return text !== 'undetermined' && (TIERS as readonly string[]).includes(text);
}

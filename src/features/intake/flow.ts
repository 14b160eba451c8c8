import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { namesOf } from '../../people/names.ts';
import { FACTS, type FactName, type Facts, isKnown, NONE } from '../../records/ai-system/facts.ts';
import { moveIntake, type NewAnswer, saveAnswer } from '../../records/ai-system/intakes.ts';
import { askNothing, noteAsked } from '../../records/ai-system/interviewees.ts';
import { type Doubt, listen } from '../../records/ai-system/listen.ts';
import { factsToChoose } from '../../records/ai-system/next-question.ts';
import { closeOpenPoint, raiseOpenPoint } from '../../records/ai-system/open-points.ts';
import { closeComments } from '../../records/ai-system/review-comments.ts';
import { forgetSaidBefore, keepSaidBefore, saidBefore } from '../../records/ai-system/said-before.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import {
  againCard,
  answeredCard,
  chooseCard,
  confirmCard,
  type NameOf,
  questionCard,
  understoodCard,
} from './cards.ts';
import { endCard } from './end.ts';
import { type Interview, peopleIn, questionArgument, readInterview, topicAfter, versionOf } from './interview.ts';

/** Characters of an answer that a button can carry. */
const MAX_CARRIED = 1_500;

export async function nameFinder(change: Pick<Change, 'db'>, facts: Facts): Promise<NameOf> {
  const names = await namesOf(change.db, peopleIn(facts));
  return (person) => names.get(person);
}

/** Asks somebody a topic; a message of theirs is its answer from then on. */
export async function ask(change: Change, interview: Interview, topic: TopicId, person: string): Promise<Reply> {
  const { intake } = interview;
  if (intake.state === 'paused' || intake.step !== topic) {
    // Only says where to go on: whoever else moved it at this moment may have the last word.
    await moveIntake(change, intake, { state: 'open', step: topic });
  }
  const seen = versionOf(intake.answers[topic]);
  const said = seen === 0 ? await saidBefore(change.db, intake.id, topic) : undefined;
  const stage = said ? 'confirm' : 'answer';
  const card = await noteAsked(change.db, person, { stage, intake: intake.id, topic, seen });
  const nameOf = await nameFinder(change, { ...interview.facts, ...said?.facts });
  return said ? confirmCard(interview, topic, card, said, nameOf) : questionCard(interview, topic, card, nameOf);
}

/** Asks what comes behind a topic; where everything was asked, shows what follows from it. */
export async function askNext(change: Change, intake: number, person: string, after: TopicId): Promise<Reply> {
  const interview = await known(change, intake);
  const topic = topicAfter(interview, after);
  if (topic) return ask(change, interview, topic, person);
  return end(change, interview, person);
}

export async function end(change: Change, interview: Interview, person: string): Promise<Reply> {
  await askNothing(change.db, person);
  await moveIntake(change, interview.intake, { state: 'open', step: null });
  return endCard(change.db, await known(change, interview.intake.id));
}

/** How an answer came, which decides what is asked next. */
export interface Manner {
  readonly person: string;
  /** The card that asked. */
  readonly card: string | undefined;
  /** Facts that were offered already. */
  readonly offered: readonly FactName[];
  /** Facts that were read out of the answer, to be confirmed. */
  readonly proposed?: Facts | undefined;
}

/** What became of an answer. */
export interface Kept {
  readonly interview: Interview;
  /** The topic is to be asked once more, in other words. */
  readonly doubt: Doubt | undefined;
  /** A sentence on what stays open. */
  readonly note: string | undefined;
}

/** An answer as somebody gave it; how it is marked is worked out. */
export type GivenAnswer = Omit<NewAnswer, 'mark'>;

/**
 * Keeps an answer, and listens to it: an evasive one is asked again once, and then noted as open.
 *
 * @param proposed facts that were read out of the text, to be confirmed
 * @returns a reply where the question was answered meanwhile, and nothing was kept
 */
export async function store(
  change: Change,
  before: Interview,
  answer: GivenAnswer,
  person: string,
  proposed: Facts = {},
): Promise<Kept | Reply> {
  const { topic, text } = answer;
  const { id } = before.intake;
  const earlier = before.intake.answers[topic];
  const wasAsked = earlier?.mark === 'asked_again';
  const heard = listen(topic, text, { ...before.facts, ...proposed, ...answer.facts });
  const doubt = heard === 'fine' ? undefined : heard;
  // Whoever only chooses facts beside it does not make somebody else's words their own.
  const by = earlier && earlier.text === text ? earlier.by.id : person;
  const mark = doubt || wasAsked ? 'asked_again' : 'answered';
  const version = await saveAnswer(change, id, { ...answer, mark }, by);
  if (version === undefined) return changedMeanwhile(change, id, topic, text, person);
  await settle(change, before, topic, doubt ? undefined : text);
  if (Object.keys(proposed).length > 0) await keepSaidBefore(change.db, id, [{ topic, text, facts: proposed }], person);
  const interview = await known(change, id);
  const isOpen = interview.points.some((point) => point.topic === topic);
  if (!doubt || isOpen) return { interview, doubt: undefined, note: undefined };
  if (!wasAsked) return { interview, doubt, note: undefined };
  const note = await leaveOpen(change, interview, topic, doubt);
  return { interview: await known(change, id), doubt: undefined, note };
}

/**
 * Keeps an answer and goes on: asks again where it is evasive, has the facts chosen that rules need, and asks the next topic.
 */
export async function keepAnswer(
  change: Change,
  before: Interview,
  answer: GivenAnswer,
  manner: Manner,
): Promise<Reply[]> {
  const kept = await store(change, before, answer, manner.person, manner.proposed);
  if ('kind' in kept) return [kept];
  const { interview, doubt, note } = kept;
  const replaced = await answered(change, interview, answer.topic, manner, note);
  if (doubt) return [...replaced, await askAgain(change, interview, answer.topic, doubt, manner)];
  return [...replaced, await goOn(change, interview, answer.topic, manner)];
}

/**
 * Skips a topic for now; asked once more at the end, it stays open.
 *
 * @returns a reply where the question was answered meanwhile
 */
export async function skipTopic(
  change: Change,
  { intake, points, ...rest }: Interview,
  topic: TopicId,
  seen: number,
  person: string,
): Promise<Reply | undefined> {
  const before = intake.answers[topic];
  const skipped = { topic, text: before?.text ?? '', facts: before?.facts ?? {}, mark: 'skipped' as const };
  const version = await saveAnswer(change, intake.id, { ...skipped, basedOn: seen }, person);
  if (version === undefined) return changedMeanwhile(change, intake.id, topic, '', person);
  const isOpen = points.some((point) => point.topic === topic);
  const isAskedOnceMore = before?.mark === 'skipped' && TOPIC_IDS.every((one) => intake.answers[one]);
  if (isAskedOnceMore && !isOpen) {
    const open = { askAgain: TOPICS[topic].question, because: 'it was skipped twice' };
    await leaveOpen(change, { intake, points, ...rest }, topic, open);
  }
  return undefined;
}

/** Has the facts chosen that are missing on a topic, and then asks the next one. */
export async function goOn(change: Change, interview: Interview, topic: TopicId, manner: Manner): Promise<Reply> {
  const { intake, facts } = interview;
  const offered = new Set(manner.offered);
  const said = await saidBefore(change.db, intake.id, topic);
  const proposed = unsettled(said?.facts ?? {}, facts, offered);
  const missing = factsToChoose(topic, { ...facts, ...proposed }, offered).filter((name) => !isSaidInWords(name));
  const isUnderstood = Object.keys(proposed).length > 0;
  if (missing.length === 0 && !isUnderstood) {
    await forgetSaidBefore(change.db, intake.id, topic);
    return askNext(change, intake.id, manner.person, topic);
  }
  const seen = versionOf(intake.answers[topic]);
  const card = await noteAsked(change.db, manner.person, { stage: 'choose', intake: intake.id, topic, seen });
  if (!isUnderstood) return chooseCard(interview, topic, card, missing, manner.offered);
  const nameOf = await nameFinder(change, proposed);
  return understoodCard(interview, topic, card, { facts: proposed, missing, nameOf });
}

/**
 * Of what was read out of an answer, what nobody has chosen or passed over since. "None of these" is left out where nobody can know
 * what these are without seeing them: it is only ticked beforehand.
 */
export function unsettled(proposed: Facts, known: Facts, offered: ReadonlySet<FactName> = new Set()): Facts {
  const open = Object.entries(proposed).filter(([key, value]) => {
    const name = key as FactName;
    const isBlind = FACTS[name].topic === 'I1' && [value].flat().includes(NONE);
    return known[name] === undefined && !offered.has(name) && !isBlind;
  });
  return Object.fromEntries(open) as Facts;
}

/** The countries stand in the answer itself. */
function isSaidInWords(name: FactName): boolean {
  return name === 'countries';
}

/** Puts what was answered in the place of the question. */
export async function answered(
  change: Change,
  interview: Interview,
  topic: TopicId,
  { card }: Pick<Manner, 'card'>,
  note?: string,
): Promise<Reply[]> {
  if (!card) return note ? [notice(note)] : [];
  return [answeredCard(interview, topic, card, await nameFinder(change, interview.facts), note)];
}

async function askAgain(
  change: Change,
  interview: Interview,
  topic: TopicId,
  doubt: Doubt,
  { person }: Manner,
): Promise<Reply> {
  const { intake } = interview;
  const seen = versionOf(intake.answers[topic]);
  const card = await noteAsked(change.db, person, { stage: 'again', intake: intake.id, topic, seen });
  return againCard(interview, topic, card, doubt);
}

/** Notes as open what an answer leaves open; the owner is to be asked, where there is one. @returns a sentence on it */
export async function leaveOpen(
  change: Change,
  { system, facts }: Interview,
  topic: TopicId,
  { askAgain: question, because: why }: Pick<Doubt, 'askAgain' | 'because'>,
): Promise<string> {
  const person = isKnown(facts, 'owner') ? String(facts.owner) : undefined;
  await raiseOpenPoint(change, { system: system.id, topic, question, why, person });
  return `Noted as open: ${literally(question)}`;
}

/** What an answer to a topic ends: reviewers' comments on it, what was said on it before, and questions that nobody is asked. */
async function settle(change: Change, { intake, points }: Interview, topic: TopicId, text: string | undefined) {
  await closeComments(change, intake.system, topic);
  await forgetSaidBefore(change.db, intake.id, topic);
  if (text === undefined) return;
  for (const point of points) {
    if (point.topic === topic && !point.person) await closeOpenPoint(change, point.id, text);
  }
}

/**
 * The question was answered first by somebody else, or by the person with another message or click.
 *
 * @param person who is told so
 */
export async function changedMeanwhile(
  change: Change,
  intake: number,
  topic: TopicId,
  text: string,
  person: string,
): Promise<Reply> {
  const { intake: current, system } = await known(change, intake);
  const answer = current.answers[topic];
  if (current.state !== 'open' && current.state !== 'paused') {
    return notice(`The interview about ${literally(system.content.name)} is over. Nothing was changed.`);
  }
  if (!answer) return notice('That question is no longer asked. Nothing was changed.');
  const { by, version } = answer;
  const what = answer.text === '' ? 'it is skipped' : `*${literally(shortened(answer.text, 300))}*`;
  const isNew = text !== '' && text !== answer.text;
  const whose =
    by.id === person
      ? `Question ${numberOf(topic)} is recorded already: ${what}.`
      : `${literally(by.name)} has changed question ${numberOf(topic)} meanwhile: ${what}.`;
  const argument = questionArgument({ intake, topic, seen: version }, text);
  return notice(
    isNew ? `${whose} What you sent now is not recorded.` : `${whose} Nothing more was changed.`,
    ...(isNew && text.length <= MAX_CARRIED
      ? [{ id: actionId('intake', 'replace', argument), label: 'Put mine in its place' }]
      : []),
    { id: actionId('intake', 'go', String(intake)), label: 'Go on' },
  );
}

/** @throws Error where the interview, which is never deleted, is not there */
async function known(change: Change, intake: number): Promise<Interview> {
  const interview = await readInterview(change.db, intake);
  if (!interview) throw new Error(`Interview ${intake} cannot be found.`);
  return interview;
}

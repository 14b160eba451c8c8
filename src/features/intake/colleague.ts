import { randomUUID } from 'node:crypto';
import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { cleanText, literally, typedText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Person } from '../../people/people.ts';
import { type OpenPoint, systemKey } from '../../records/ai-system/ai-system.ts';
import { intakeOf, saveAnswer } from '../../records/ai-system/intakes.ts';
import { listen } from '../../records/ai-system/listen.ts';
import {
  askSomebodyElse,
  closeOpenPoint,
  openPointsOf,
  raiseOpenPoint,
  readOpenPoint,
} from '../../records/ai-system/open-points.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import { cardOf, MAX_ANSWER, OVER } from './answer.ts';
import { answered, askNext, leaveOpen, skipTopic } from './flow.ts';
import type { IntakeParts } from './intake.ts';
import {
  type AskedQuestion,
  type Interview,
  isOver,
  questionArgument,
  readInterview,
  titleOf,
  versionOf,
} from './interview.ts';

const MAX_NOTE = 500;

const NOT_YOURS = notice('That question waits for somebody else, or for nobody any more. Nothing was changed.');

/** Chooses who is asked in somebody's place. */
export async function colleagueForm(parts: IntakeParts, question: AskedQuestion): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  return say({
    kind: 'form',
    form: {
      id: actionId('intake', 'colleague', questionArgument(question)),
      title: 'Ask a colleague',
      intro:
        `**${literally(questionFor(interview, question.topic))}**\n\nThey get the question in a direct message. Their answer comes ` +
        'back with their name, and you go on meanwhile.',
      submitLabel: 'Ask',
      inputs: [
        { kind: 'person', name: 'person', label: 'Who may know?', optional: false },
        { kind: 'text', name: 'note', label: 'A word to them', multiline: true, maxLength: MAX_NOTE, optional: true },
      ],
    },
  });
}

export function checkColleagueForm({ person = '', note = '' }: FormValues): FormErrors {
  return {
    ...(person ? {} : { person: 'Choose whom to ask.' }),
    ...(note.length > MAX_NOTE ? { note: `Shorten it to ${MAX_NOTE} characters.` } : {}),
  };
}

/** Asks a colleague, and goes on with the next question. */
export async function submitColleagueForm(
  parts: IntakeParts,
  question: AskedQuestion,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkColleagueForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { person: userId = '', note = '' } = values;
  const colleague = await parts.people.identify({ ...asker.sender, userId });
  const refusal = whyNot(colleague, asker);
  if (refusal) return say(refusal);
  const { intake, topic, seen } = question;
  const text = questionFor(interview, topic);
  const card = await cardOf(parts, question, asker);
  return async (change, tell) => {
    const isEmpty = !interview.intake.answers[topic]?.text;
    const late = isEmpty ? await skipTopic(change, interview, topic, seen, asker.person.id) : undefined;
    if (late) return [late];
    const why = `${asker.person.displayName} does not know it`;
    const asked = { system: interview.system.id, topic, question: text, why, person: colleague.id };
    const point = await raiseOpenPoint(change, asked);
    tell({
      key: `open-point:${point}:asked`,
      person: colleague.id,
      platform: asker.sender.platform,
      reply: request(interview, topic, point, text, note, asker.person),
    });
    const now = (await readInterview(change.db, intake)) ?? interview;
    const sent = `${literally(colleague.displayName)} is asked. The answer comes here with their name.`;
    return [
      ...(await answered(change, now, topic, { card }, sent)),
      ...(card ? [] : [notice(sent)]),
      await askNext(change, intake, asker.person.id, topic),
    ];
  };
}

function whyNot({ id, standing, displayName }: Person, { person }: Asker): Reply | undefined {
  if (id === person.id) return notice('That is you. Choose somebody else, or leave the question open.');
  if (standing === 'member') return undefined;
  return notice(`${literally(displayName)} is no member of the organisation here. Nothing was changed.`);
}

/** The topic's question, or the one that it was asked again in. */
function questionFor({ intake, facts }: Interview, topic: TopicId): string {
  const text = intake.answers[topic]?.text;
  const heard = text ? listen(topic, text, facts) : 'fine';
  return heard === 'fine' ? TOPICS[topic].question : heard.askAgain;
}

function request(
  interview: Interview,
  topic: TopicId,
  point: number,
  question: string,
  note: string,
  from: Person,
): Reply {
  const { explanation, example } = TOPICS[topic];
  return {
    kind: 'notice',
    card: `open-point:${point}`,
    blocks: [
      { kind: 'heading', text: `${literally(from.displayName)} asks you about ${literally(titleOf(interview))}` },
      { kind: 'text', text: `**${literally(question)}** ${explanation}\n\n*For example: ${literally(example)}*` },
      ...(note ? [{ kind: 'text' as const, text: `${literally(from.displayName)} adds: ${typedText(note)}` }] : []),
      { kind: 'text', text: 'Your answer goes into the record of the system with your name.' },
    ],
    actions: [
      { id: actionId('intake', 'reply', String(point)), label: 'Answer', style: 'primary', opensForm: true },
      { id: actionId('intake', 'unknown', String(point)), label: "I don't know either" },
    ],
  };
}

/** An open question that a person may answer: it waits for them, or for nobody. */
async function pointFor(parts: IntakeParts, point: string, { person }: Asker): Promise<OpenPoint | undefined> {
  const found = await readOpenPoint(parts.db, numberIn(point));
  if (found?.state !== 'open') return undefined;
  const isTheirs = !found.person || found.person.id === person.id || person.roles.has('compliance_lead');
  return isTheirs ? found : undefined;
}

export async function replyForm(parts: IntakeParts, point: string, asker: Asker): Promise<Outcome> {
  const found = await pointFor(parts, point, asker);
  if (!found) return say(NOT_YOURS);
  return say({
    kind: 'form',
    form: {
      id: actionId('intake', 'reply', point),
      title: 'Answer',
      intro: `**${literally(found.question)}** ${TOPICS[found.topic].explanation}`,
      submitLabel: 'Send',
      inputs: [
        { kind: 'text', name: 'text', label: 'Your answer', multiline: true, maxLength: MAX_ANSWER, optional: false },
      ],
    },
  });
}

export function checkReplyForm({ text = '' }: FormValues): FormErrors {
  if (cleanText(text) === '') return { text: 'Answer in a few words.' };
  return text.length > MAX_ANSWER ? { text: 'Shorten it to 3,000 characters.' } : {};
}

/** A colleague's answer: it becomes the topic's answer where there is none, and stays theirs. */
export async function submitReplyForm(
  parts: IntakeParts,
  point: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const fault = checkReplyForm(values)['text'];
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  const found = await pointFor(parts, point, asker);
  if (!found) return say(NOT_YOURS);
  const { text = '' } = values;
  return async (change, tell) => {
    if (!(await closeOpenPoint(change, found.id, text))) return [NOT_YOURS];
    const intake = await intakeOf(change.db, found.system);
    const interview = intake && (await readInterview(change.db, intake.id));
    if (!interview) return [NOT_YOURS];
    const isTaken = await takeAnswer(change, interview, found.topic, text, asker.person.id);
    await tellAskers(change, tell, interview, found, text, isTaken, asker);
    const thanks = `Recorded with your name, for ${literally(titleOf(interview))}. Thank you.`;
    return [{ ...notice(thanks), card: `open-point:${found.id}` }];
  };
}

/** @returns whether it is the topic's answer now */
async function takeAnswer(
  change: Change,
  interview: Interview,
  topic: TopicId,
  text: string,
  by: string,
): Promise<boolean> {
  const before = interview.intake.answers[topic];
  if (isOver(interview) || before?.text) return false;
  const answer = { topic, text, facts: before?.facts ?? {}, basedOn: versionOf(before) };
  const heard = listen(topic, text, interview.facts);
  const mark = heard === 'fine' ? 'answered' : 'asked_again';
  const version = await saveAnswer(change, interview.intake.id, { ...answer, mark }, by);
  if (version !== undefined && heard !== 'fine') await leaveOpen(change, interview, topic, heard);
  return version !== undefined;
}

/** Tells those who wait for the answer. */
async function tellAskers(
  change: Change,
  tell: Tell,
  interview: Interview,
  point: OpenPoint,
  text: string,
  isTaken: boolean,
  { person }: Asker,
): Promise<void> {
  const now = (await readInterview(change.db, interview.intake.id)) ?? interview;
  const asked = { intake: now.intake.id, topic: point.topic, seen: versionOf(now.intake.answers[point.topic]) };
  const take = { id: actionId('intake', 'take', String(point.id)), label: 'Put it in the place of the answer' };
  const look = { id: actionId('intake', 'again', questionArgument(asked)), label: 'Look at the question' };
  const reply: Reply = {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${literally(person.displayName)} answered about ${literally(titleOf(now))}` },
      { kind: 'text', text: `**${literally(point.question)}**` },
      { kind: 'text', text: typedText(text) },
      {
        kind: 'text',
        text: isTaken
          ? `It is recorded as the answer on ${TOPICS[point.topic].title.toLowerCase()}, with their name.`
          : 'It is kept with their name. The question has another answer already.',
      },
    ],
    actions: isOver(now) ? [] : [...(isTaken ? [] : [take]), look],
  };
  for (const waiting of await askersOf(change.db, point, now, person.id)) {
    tell({ key: `open-point:${point.id}:answered:${waiting}`, person: waiting, reply });
  }
}

/** Whoever raised the question, and whoever began the interview. */
async function askersOf(db: Db, point: OpenPoint, { intake }: Interview, except: string): Promise<string[]> {
  const raised = await db.selectFrom('open_point').select('raised_by').where('id', '=', point.id).executeTakeFirst();
  const people = new Set([intake.startedBy.id, ...(raised?.raised_by ? [raised.raised_by] : [])]);
  return [...people].filter((person) => person !== except);
}

/** Puts a colleague's answer in the place of the one that there is. */
export async function take(parts: IntakeParts, point: string): Promise<Outcome> {
  const found = await readOpenPoint(parts.db, numberIn(point));
  const intake = found && (await intakeOf(parts.db, found.system));
  const interview = intake && (await readInterview(parts.db, intake.id));
  if (!found?.answer || !found.answeredBy || !interview || isOver(interview)) return say(OVER);
  const { topic, answer: text, answeredBy } = found;
  const before = interview.intake.answers[topic];
  const answer = { topic, text, facts: before?.facts ?? {}, basedOn: versionOf(before), mark: 'answered' as const };
  return async (change) => {
    const version = await saveAnswer(change, interview.intake.id, answer, answeredBy.id);
    if (version === undefined) return [notice('That answer was changed just now. Nothing was changed.')];
    return [
      notice(`Recorded: the answer of ${literally(answeredBy.name)}.`, {
        id: actionId('intake', 'go', String(interview.intake.id)),
        label: 'Go on',
      }),
    ];
  };
}

/** A colleague does not know it either: whoever asked hears so, and the question stays open for nobody. */
export async function unknown(parts: IntakeParts, point: string, asker: Asker): Promise<Outcome> {
  const found = await pointFor(parts, point, asker);
  const intake = found && (await intakeOf(parts.db, found.system));
  const interview = intake && (await readInterview(parts.db, intake.id));
  if (!found || !interview) return say(NOT_YOURS);
  const name = asker.person.displayName;
  return async (change, tell) => {
    if (!(await closeOpenPoint(change, found.id, undefined))) return [NOT_YOURS];
    const { system, topic, question } = found;
    await raiseOpenPoint(change, {
      system,
      topic,
      question,
      why: `${name} does not know it either`,
      person: undefined,
    });
    const asked = { intake: interview.intake.id, topic, seen: versionOf(interview.intake.answers[topic]) };
    const reply = notice(
      `${literally(name)} does not know it either: **${literally(question)}** It stays open in ${literally(titleOf(interview))}.`,
      ...(isOver(interview)
        ? []
        : [
            {
              id: actionId('intake', 'colleague', questionArgument(asked)),
              label: 'Ask somebody else',
              opensForm: true as const,
            },
          ]),
    );
    for (const waiting of await askersOf(change.db, found, interview, asker.person.id)) {
      tell({ key: `open-point:${found.id}:unknown:${waiting}`, person: waiting, reply });
    }
    return [{ ...notice('Thank you. Whoever asked is told.'), card: `open-point:${found.id}` }];
  };
}

/** Open questions in one card: each has two buttons, and Teams shows six. */
const MAX_POINTS = 3;

/** The questions that are open on a system, for whoever can answer them or knows who can. */
export async function pointsCard(parts: IntakeParts, system: string): Promise<Outcome> {
  const points = (await openPointsOf(parts.db, numberIn(system))).filter(({ state }) => state === 'open');
  const found = await readSystem(parts.db, numberIn(system));
  if (!found) return say(OVER);
  return say(pointsReply(`Open on ${literally(found.content.name)} (${systemKey(found.id)})`, points));
}

/** @param heading what the questions have in common */
export function pointsReply(heading: string, points: readonly OpenPoint[]): Reply {
  if (points.length === 0) return notice(`**${heading}:** nothing.`);
  const lines = points.slice(0, MAX_POINTS).map(({ topic, question, why, person }, index) => {
    const who = person ? `waiting for ${literally(person.name)}` : 'nobody is asked yet';
    return `${index + 1}. ${TOPICS[topic].title}: ${literally(question)} Open because ${literally(why)} (${who}).`;
  });
  const more = points.length > MAX_POINTS ? `\n\nAnd ${points.length - MAX_POINTS} more, as these are answered.` : '';
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: heading },
      { kind: 'text', text: `${lines.join('\n')}${more}` },
    ],
    actions: points.slice(0, MAX_POINTS).flatMap(({ id }, index) => [
      { id: actionId('intake', 'reply', String(id)), label: `Answer ${index + 1}`, opensForm: true as const },
      { id: actionId('intake', 'pass-on', String(id)), label: `Ask somebody ${index + 1}`, opensForm: true as const },
    ]),
  };
}

/** Chooses who is to answer an open question. */
export async function passOnForm(parts: IntakeParts, point: string): Promise<Outcome> {
  const found = await readOpenPoint(parts.db, numberIn(point));
  if (found?.state !== 'open') return say(NOT_YOURS);
  return say({
    kind: 'form',
    form: {
      id: actionId('intake', 'pass-on', point),
      title: 'Ask somebody',
      intro: `**${literally(found.question)}**\n\nThey get the question in a direct message.`,
      submitLabel: 'Ask',
      inputs: [
        { kind: 'person', name: 'person', label: 'Who may know?', optional: false },
        { kind: 'text', name: 'note', label: 'A word to them', multiline: true, maxLength: MAX_NOTE, optional: true },
      ],
    },
  });
}

export async function submitPassOnForm(
  parts: IntakeParts,
  point: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkColleagueForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const found = await readOpenPoint(parts.db, numberIn(point));
  const intake = found && (await intakeOf(parts.db, found.system));
  const interview = intake && (await readInterview(parts.db, intake.id));
  if (found?.state !== 'open' || !interview) return say(NOT_YOURS);
  const { person: userId = '', note = '' } = values;
  const colleague = await parts.people.identify({ ...asker.sender, userId });
  const refusal = whyNot(colleague, asker);
  if (refusal) return say(refusal);
  return async (change, tell) => {
    if (!(await askSomebodyElse(change, found.id, colleague.id))) return [NOT_YOURS];
    tell({
      key: `open-point:${found.id}:asked:${randomUUID()}`,
      person: colleague.id,
      platform: asker.sender.platform,
      reply: request(interview, found.topic, found.id, found.question, note, asker.person),
    });
    return [notice(`${literally(colleague.displayName)} is asked: ${literally(found.question)}`)];
  };
}

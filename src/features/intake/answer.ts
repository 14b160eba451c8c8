import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import { cleanText, literally, shortened } from '../../chat/text.ts';
import {
  FACTS,
  type FactDefinition,
  type FactName,
  type Facts,
  factsOf,
  together,
  UNKNOWN,
} from '../../records/ai-system/facts.ts';
import { moveIntake, textsOf } from '../../records/ai-system/intakes.ts';
import { type AskedTopic, askedOf, askNothing } from '../../records/ai-system/interviewees.ts';
import { listen } from '../../records/ai-system/listen.ts';
import { factsToChoose, topicBefore } from '../../records/ai-system/next-question.ts';
import { readAnswers } from '../../records/ai-system/reading/read-answers.ts';
import { closeComments } from '../../records/ai-system/review-comments.ts';
import { keepSaidBefore, saidBefore } from '../../records/ai-system/said-before.ts';
import { numberOf, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { answered, ask, askNext, goOn, keepAnswer, leaveOpen, skipTopic, unsettled } from './flow.ts';
import type { IntakeParts } from './intake.ts';
import {
  type AskedQuestion,
  factNames,
  type Interview,
  isOver,
  questionArgument,
  readInterview,
  titleOf,
  topicAfter,
} from './interview.ts';
import { meaningOf } from './meaning.ts';

/** Characters of an answer; Slack's inputs take no more. */
export const MAX_ANSWER = 3_000;

/** The longest fact that is said in words alone. */
const MAX_WORDS = 500;

export const OVER = notice('That interview is over, or there never was one. `/aims register` begins another.');

/** Takes a message as what it is: an answer to what the person is asked, or a wish. */
export async function hear(parts: IntakeParts, asked: AskedTopic, said: string, asker: Asker): Promise<Outcome> {
  const { intake, topic, seen } = asked;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const question: AskedQuestion = { intake, topic, seen, rest: '' };
  switch (meaningOf(said)) {
    case 'pause':
      return pause(parts, String(intake), asker);
    case 'back':
      return back(parts, question, asker);
    case 'skip':
      return asked.stage === 'choose' ? pass(parts, question, asker) : skip(parts, question, asker);
    case 'why':
      return say(why(topic));
    case 'explain':
      return say(explain(topic));
  }
  if (said.length > MAX_ANSWER) {
    return say(
      notice(`That is ${said.length.toLocaleString('en')} characters; an answer has up to 3,000. Shorten it a little.`),
    );
  }
  const agrees = /^(yes|y|right|correct|that's right|ok|okay|yep)\b.{0,12}$/i.test(said);
  if (asked.stage === 'confirm' && agrees) return confirm(parts, question, asker);
  if (asked.stage === 'choose' && agrees) return accept(parts, question, asker);
  const chosen = asked.stage === 'choose' ? optionNamed(interview, topic, said) : undefined;
  if (chosen) return choose(parts, question, { [chosen.name]: chosen.value }, [chosen.name], asker, asked.card);
  const before = interview.intake.answers[topic];
  const goesOn = asked.stage === 'again' || asked.stage === 'choose';
  const text = goesOn && before?.text ? `${before.text}\n${said}` : said;
  return takeText(parts, interview, { topic, text: text.slice(0, MAX_ANSWER), basedOn: seen }, asker, asked.card);
}

/** Characters of a message that a button can carry. */
const MAX_CARRIED = 1_500;

/** Days after a question somebody may have forgotten that they were asked. */
export async function askWhetherAnswer(parts: IntakeParts, asked: AskedTopic, said: string): Promise<Outcome> {
  const interview = await readInterview(parts.db, asked.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { topic, seen } = asked;
  const argument = questionArgument({ intake: asked.intake, topic, seen }, said.slice(0, MAX_CARRIED));
  return say(
    notice(
      `Is that your answer to question ${numberOf(topic)} on **${literally(titleOf(interview))}**? ` +
        `${TOPICS[topic].question}\n\n*${literally(shortened(said, 300))}*`,
      { id: actionId('intake', 'replace', argument), label: 'Yes, record it' },
      { id: actionId('command', 'run', `ask ${said.slice(0, MAX_CARRIED)}`), label: 'No, it is a question' },
      { id: actionId('intake', 'go', String(asked.intake)), label: 'Show the question' },
    ),
  );
}

/** An answer in words, of which a model, or rules without one, read what they can. */
async function takeText(
  parts: IntakeParts,
  interview: Interview,
  { topic, text, basedOn }: { readonly topic: TopicId; readonly text: string; readonly basedOn: number },
  asker: Asker,
  card: string | undefined,
): Promise<Outcome> {
  const read = (await parts.reader?.(topic, text, asker)) ?? [];
  const byRules = readByRules(interview, topic, text);
  const proposed = together(byRules, read.find((one) => one.topic === topic)?.facts ?? {});
  const facts = { ...interview.intake.answers[topic]?.facts, ...inWords(topic, text) };
  const elsewhere = read.filter((one) => one.topic !== topic && !interview.intake.answers[one.topic]);
  return async (change) => {
    const manner = { person: asker.person.id, card, offered: [], proposed };
    await keepSaidBefore(change.db, interview.intake.id, elsewhere, asker.person.id);
    return keepAnswer(change, interview, { topic, text, facts, basedOn }, manner);
  };
}

/** What an answer clearly says on its topic, read without a model. */
function readByRules({ intake, system }: Interview, topic: TopicId, text: string): Facts {
  const read = readAnswers(system.content.name, { ...textsOf(intake), [topic]: text });
  const own = factsOf(topic).flatMap((name) => (read[name] === undefined ? [] : [[name, read[name]] as const]));
  return Object.fromEntries(own) as Facts;
}

/** What was read out of an answer is right. */
export async function accept(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const { intake, topic, rest } = question;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const said = await saidBefore(parts.db, intake, topic);
  const card = await cardOf(parts, question, asker);
  return choose(parts, question, unsettled(said?.facts ?? {}, interview.facts), factNames(rest), asker, card);
}

/** Facts that are the answer itself. */
export function inWords(topic: TopicId, text: string): Facts {
  return topic === 'I8' && text.length <= MAX_WORDS && text !== '' ? { countries: text } : {};
}

/** Facts that were chosen beside the text. @param offered what there was to choose */
export async function choose(
  parts: IntakeParts,
  question: AskedQuestion,
  chosen: { readonly [Name in FactName]?: Facts[Name] | undefined },
  offered: readonly FactName[],
  asker: Asker,
  card: string | undefined,
): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { topic, seen } = question;
  const answer = interview.intake.answers[topic];
  const facts = withoutUndefined({ ...answer?.facts, ...chosen });
  return async (change) => {
    const manner = { person: asker.person.id, card, offered };
    return keepAnswer(change, interview, { topic, text: answer?.text ?? '', facts, basedOn: seen }, manner);
  };
}

/** A button with one option. */
export async function pick(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const [name = '', value = '', before = ''] = question.rest.split('.');
  const [fact] = factNames(name);
  const definition: FactDefinition | undefined = fact && FACTS[fact];
  const exists = definition && 'options' in definition && (value in definition.options || value === UNKNOWN);
  if (!fact || !exists) return say(OVER);
  return choose(parts, question, { [fact]: value }, factNames(before), asker, await cardOf(parts, question, asker));
}

/** Goes on without what was offered. */
export async function pass(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const offered =
    question.rest === '' ? factsToChoose(question.topic, interview.facts, new Set()) : factNames(question.rest);
  const card = await cardOf(parts, question, asker);
  return async (change) => [
    ...(await answered(change, interview, question.topic, { card })),
    await goOn(change, interview, question.topic, { person: asker.person.id, card: undefined, offered }),
  ];
}

/** Skips a question for now. The second time it stays open. */
export async function skip(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const { intake, topic, seen } = question;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const card = await cardOf(parts, question, asker);
  return async (change) => {
    const refusal = await skipTopic(change, interview, topic, seen, asker.person.id);
    if (refusal) return [refusal];
    const now = (await readInterview(change.db, intake)) ?? interview;
    return [...(await answered(change, now, topic, { card })), await askNext(change, intake, asker.person.id, topic)];
  };
}

/** Leaves open what was asked again. */
export async function leave(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const { intake, topic } = question;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const heard = listen(topic, interview.intake.answers[topic]?.text ?? '', interview.facts);
  const open = heard === 'fine' ? { askAgain: TOPICS[topic].question, because: 'it was left open' } : heard;
  const isOpen = interview.points.some((point) => point.topic === topic);
  const card = await cardOf(parts, question, asker);
  return async (change) => {
    const note = isOpen ? 'It was noted as open before.' : await leaveOpen(change, interview, topic, open);
    const now = (await readInterview(change.db, intake)) ?? interview;
    const manner = { person: asker.person.id, card: undefined, offered: [] };
    return [...(await answered(change, now, topic, { card }, note)), await goOn(change, now, topic, manner)];
  };
}

/** What was said early is right: it becomes the answer. */
export async function confirm(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const { intake, topic, seen } = question;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const said = await saidBefore(parts.db, intake, topic);
  if (!said) return again(parts, question, asker);
  const card = await cardOf(parts, question, asker);
  return async (change) => {
    const manner = { person: asker.person.id, card, offered: [] };
    return keepAnswer(change, interview, { topic, text: said.text, facts: said.facts, basedOn: seen }, manner);
  };
}

/** Keeps an answer that was shown, as its author's, and goes on. */
export async function keep(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const { intake, topic } = question;
  const interview = await readInterview(parts.db, intake);
  if (!interview || isOver(interview)) return say(OVER);
  const card = await cardOf(parts, question, asker);
  return async (change) => {
    await closeComments(change, interview.system.id, topic);
    const now = (await readInterview(change.db, intake)) ?? interview;
    const manner = { person: asker.person.id, card: undefined, offered: [] };
    return [...(await answered(change, now, topic, { card })), await goOn(change, now, topic, manner)];
  };
}

/** Somebody owns it themselves. */
export async function mine(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { id, displayName } = asker.person;
  const card = await cardOf(parts, question, asker);
  const facts: Facts = { ownership: 'person', owner: id };
  return async (change) => {
    const answer = { topic: question.topic, text: displayName, facts, basedOn: question.seen };
    return keepAnswer(change, interview, answer, { person: id, card, offered: ['ownership', 'owner'] });
  };
}

/** Puts an answer in the place of somebody else's, which was shown. */
export async function replace(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { topic, rest, seen } = question;
  const text = cleanText(rest).slice(0, MAX_ANSWER);
  if (text === '') return say(OVER);
  return takeText(parts, interview, { topic, text, basedOn: seen }, asker, undefined);
}

export async function back(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  return again(parts, { ...question, topic: topicBefore(question.topic) ?? question.topic }, asker);
}

/** Asks a topic again, with its answer beside it. */
export async function again(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  return async (change) => [await ask(change, interview, question.topic, asker.person.id)];
}

/** Pauses until somebody goes on; a message is then a message like any other. */
export async function pause(parts: IntakeParts, intake: string, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(intake));
  if (!interview || isOver(interview)) return say(OVER);
  const go = { id: actionId('intake', 'go', intake), label: 'Go on' };
  const next = interview.intake.step ?? topicAfter(interview);
  const where = next ? `at question ${numberOf(next)} of 14` : 'at the end, before you submit';
  const paused = `**${literally(titleOf(interview))}** is paused ${where}. Go on here or on another platform whenever you like.`;
  return async (change) => {
    await askNothing(change.db, asker.person.id);
    if (interview.intake.state === 'open') await moveIntake(change, interview.intake, { state: 'paused' });
    return [notice(paused, go)];
  };
}

export function why(topic: TopicId) {
  return notice(`**Why we ask:** ${TOPICS[topic].why}`);
}

function explain(topic: TopicId) {
  const { question, explanation, example, why: reason } = TOPICS[topic];
  return notice(
    `${question} ${explanation}\n\n*For example: ${literally(example)}*\n\n${reason} Answer in your own words, or say *skip*, ` +
      '*back* or *pause*.',
  );
}

/** The card that asks somebody, so that what they press changes it in its place. */
export async function cardOf(
  { db }: Pick<IntakeParts, 'db'>,
  { intake, topic }: AskedQuestion,
  { person }: Asker,
): Promise<string | undefined> {
  const asked = await askedOf(db, person.id);
  return asked?.stage !== 'name' && asked?.intake === intake && asked.topic === topic ? asked.card : undefined;
}

/** The option that a message names, of the facts that are asked. */
function optionNamed({ facts }: Interview, topic: TopicId, said: string) {
  const plain = said.trim().toLowerCase();
  for (const name of factsToChoose(topic, facts, new Set())) {
    const definition: FactDefinition = FACTS[name];
    if (definition.kind !== 'choice') continue;
    const option = Object.entries(definition.options).find(([, label]) => label.toLowerCase() === plain);
    if (option) return { name, value: option[0] };
  }
  return undefined;
}

function withoutUndefined(facts: object): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}

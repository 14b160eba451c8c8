import { randomUUID } from 'node:crypto';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Form, FormErrors, Input, Reply } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Db } from '../../database/database.ts';
import { userIdOf } from '../../people/user-id.ts';
import { isAsked } from '../../records/ai-system/asked.ts';
import { FACTS, type FactName, type Facts, type FactValue, factsOf } from '../../records/ai-system/facts.ts';
import { moveIntake } from '../../records/ai-system/intakes.ts';
import type { Doubt } from '../../records/ai-system/listen.ts';
import { factsToChoose } from '../../records/ai-system/next-question.ts';
import { saidBefore } from '../../records/ai-system/said-before.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { type ChangedFacts, checkFacts, factInput, factsFrom } from '../fact-form.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { cardOf, choose, inWords, MAX_ANSWER, OVER } from './answer.ts';
import { endCard } from './end.ts';
import { keepAnswer, skipTopic, store } from './flow.ts';
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
  versionOf,
} from './interview.ts';

/** One question as a form: the words, and the facts beside them. */
export async function answerForm(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  return say({ kind: 'form', form: await formOf(parts.db, interview, question.topic, asker, 'answer') });
}

/** A step of the form of several steps, for whoever comes back to it. */
export async function stepForm(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  return say(await fillForm(parts.db, interview, question.topic, asker));
}

/** A step of the form of several steps. */
export async function fillForm(
  db: Db,
  interview: Interview,
  topic: TopicId,
  asker: Asker,
  doubt?: Doubt,
): Promise<Reply> {
  return { kind: 'form', form: await formOf(db, interview, topic, asker, 'fill', doubt) };
}

/** The facts of a topic alone, for whoever has said the rest in words. */
export async function chooseForm(parts: IntakeParts, question: AskedQuestion, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const said = await saidBefore(parts.db, question.intake, question.topic);
  const names = factNames(question.rest).filter((name) => isAsked(interview.facts, name));
  return say({
    kind: 'form',
    form: {
      id: actionId('intake', 'choose', questionArgument(question, names.join(','))),
      title: titleFor(question.topic),
      intro: `**${literally(titleOf(interview))}** What you leave out stays open.`,
      submitLabel: 'Record',
      inputs: await factInputs(parts.db, names, { ...said?.facts, ...interview.facts }, asker),
    },
  });
}

async function formOf(
  db: Db,
  interview: Interview,
  topic: TopicId,
  asker: Asker,
  verb: 'answer' | 'fill',
  doubt?: Doubt,
): Promise<Form> {
  const answer = interview.intake.answers[topic];
  const { question, explanation, example, why } = TOPICS[topic];
  // What hangs on another answer is asked when that is known.
  const names = [
    ...factsOf(topic).filter((name) => interview.facts[name] !== undefined && isAsked(interview.facts, name)),
    ...factsToChoose(topic, interview.facts, new Set()),
  ].filter((name) => name !== 'countries');
  const asked = { intake: interview.intake.id, topic, seen: versionOf(answer) };
  const comments = interview.comments.filter((comment) => comment.topic === topic);
  return {
    id: actionId('intake', verb, questionArgument(asked, names.join(','))),
    title: titleFor(topic),
    intro: [
      `**${literally(titleOf(interview))}**`,
      ...comments.map(({ by, comment }) => `**${literally(by)} asks:** ${literally(comment)}`),
      ...(doubt ? [`**${literally(doubt.askAgain)}** I ask once more because ${literally(doubt.because)}.`] : []),
      `${explanation}\n\n*For example: ${literally(example)}*\n\n**Why we ask:** ${why}`,
    ].join('\n\n'),
    submitLabel: verb === 'fill' && topic !== 'I14' ? 'Next' : 'Record',
    ...(verb === 'fill' && topic !== 'I14' ? { opensForm: true as const } : {}),
    inputs: [
      {
        kind: 'text',
        name: 'text',
        label: question,
        multiline: true,
        maxLength: MAX_ANSWER,
        optional: verb === 'fill',
        ...(answer?.text ? { initial: answer.text } : {}),
      },
      ...(await factInputs(db, names, interview.facts, asker)),
    ],
  };
}

function titleFor(topic: TopicId): string {
  return `${numberOf(topic)} of ${TOPIC_IDS.length}: ${TOPICS[topic].title}`;
}

async function factInputs(db: Db, names: readonly FactName[], facts: Facts, { sender }: Asker): Promise<Input[]> {
  return Promise.all(
    names.map(async (name) => {
      const value = facts[name] as FactValue | undefined;
      const isPerson = FACTS[name].kind === 'person' && typeof value === 'string';
      return factInput(name, isPerson ? await userIdOf(db, value, sender) : value);
    }),
  );
}

export function checkAnswer(values: FormValues): FormErrors {
  return {
    ...(cleanText(values['text'] ?? '') === '' ? { text: 'Answer in a few words.' } : {}),
    ...checkFill(values),
  };
}

/** A step may be left empty: it is then skipped for now. */
export function checkFill(values: FormValues): FormErrors {
  const { text = '' } = values;
  const tooLong = text.length > MAX_ANSWER ? { text: 'Shorten it to 3,000 characters.' } : {};
  return { ...tooLong, ...checkFacts(values) };
}

/** What was submitted: words, and facts with persons as Steward knows them. */
async function submitted(
  parts: IntakeParts,
  values: FormValues,
  offered: readonly FactName[],
  asker: Asker,
): Promise<{ readonly text: string; readonly facts: ChangedFacts }> {
  const people: Record<string, string> = {};
  for (const name of offered) {
    const userId = values[name];
    if (FACTS[name].kind !== 'person' || !userId) continue;
    people[name] = (await parts.people.identify({ ...asker.sender, userId })).id;
  }
  return { text: values['text'] ?? '', facts: factsFrom({ ...values, ...people }, offered) };
}

export async function submitAnswer(
  parts: IntakeParts,
  question: AskedQuestion,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkAnswer(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { topic, seen } = question;
  const offered = factNames(question.rest);
  const { text, facts } = await submitted(parts, values, offered, asker);
  const all = merged(interview.intake.answers[topic]?.facts ?? {}, inWords(topic, text), facts);
  const card = await cardOf(parts, question, asker);
  return async (change) => {
    const manner = { person: asker.person.id, card, offered };
    return keepAnswer(change, interview, { topic, text, facts: all, basedOn: seen }, manner);
  };
}

export async function submitChoose(
  parts: IntakeParts,
  question: AskedQuestion,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFacts(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const offered = factNames(question.rest);
  const { facts } = await submitted(parts, values, offered, asker);
  return choose(parts, question, facts, offered, asker, await cardOf(parts, question, asker));
}

/** Keeps a step and shows the next one: the same question in other words, what hangs on what was chosen, or the next topic. */
export async function submitFill(
  parts: IntakeParts,
  question: AskedQuestion,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFill(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const interview = await readInterview(parts.db, question.intake);
  if (!interview || isOver(interview)) return say(OVER);
  const { intake, topic, seen } = question;
  const offered = factNames(question.rest);
  const { text, facts } = await submitted(parts, values, offered, asker);
  const before = interview.intake.answers[topic];
  const all = merged(before?.facts ?? {}, inWords(topic, text), facts);
  const isEmpty = text === '' && Object.keys(all).length === 0;
  return async (change, tell) => {
    const { id } = asker.person;
    const kept = isEmpty
      ? await skipTopic(change, interview, topic, seen, id)
      : await store(change, interview, { topic, text, facts: all, basedOn: seen }, id);
    if (kept && 'kind' in kept) return [kept];
    const now = (await readInterview(change.db, intake)) ?? interview;
    if (kept?.doubt) return [await fillForm(change.db, now, topic, asker, kept.doubt)];
    const more = factsToChoose(topic, now.facts, new Set(offered)).filter((name) => name !== 'countries');
    const next = more.length > 0 && !isEmpty ? topic : topicAfter(now, topic);
    if (next) {
      await moveIntake(change, now.intake, { state: 'open', step: next });
      return [await fillForm(change.db, now, next, asker)];
    }
    await moveIntake(change, now.intake, { state: 'open', step: null });
    tell({
      key: `interview-end:${randomUUID()}`,
      person: id,
      platform: asker.sender.platform,
      reply: await endCard(change.db, (await readInterview(change.db, intake)) ?? now),
    });
    return [notice('Everything is asked. What follows from it comes in a direct message, for you to submit.')];
  };
}

function merged(known: Facts, words: Facts, changed: ChangedFacts): Facts {
  const all = Object.entries({ ...known, ...words, ...changed }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Facts;
}

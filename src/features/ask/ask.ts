import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Feedback, Reply } from '../../chat/reply.ts';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Downloads } from '../../downloads/downloads.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Spent } from '../../models/model-use.ts';
import { directAudience } from '../../people/direct-audience.ts';
import { type QuestionContact, questionContact } from '../../people/question-contact.ts';
import { recordAnswer } from '../../records/answer.ts';
import { parseEvidenceKey } from '../../records/evidence/evidence.ts';
import { parseReviewedAnswerKey } from '../../records/reviewed-answer.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';
import { passOnButton } from '../pass-on.ts';
import { aboutForm, aboveAnswer, checkAboutForm, withMessage } from './about.ts';
import { type Answer, type AnswerCitation, answerQuestion } from './answer.ts';
import { offerEvidence } from './evidence-file.ts';
import { openEvidence } from './open-evidence.ts';
import { openSource } from './open-source.ts';
import { leansOnThread } from './standalone-question.ts';
import { aboutMessage, lastExchange } from './thread.ts';
import type { Writers } from './writer.ts';

/** Characters of a question that a button can carry. */
const MAX_CARRIED = 1_500;

/** Citations that get a button. */
const MAX_BUTTONS = 2;

export interface AskParts {
  readonly db: Db;
  readonly clock: Clock;
  /** Undefined where no embedding model is configured. */
  readonly vectors: Vectors | undefined;
  readonly downloads: Downloads;
  /** Undefined where no language model is. */
  readonly writers: Writers | undefined;
}

export const ASK_COMMANDS: readonly Command[] = [
  { name: 'ask', usage: '<question>', summary: 'answers a question about ISO/IEC 42001, with its sources' },
];

/** A question becomes a cited answer. */
export function askFeature(parts: AskParts): Feature {
  return {
    name: 'ask',
    commands: ASK_COMMANDS,
    checkForm: (_verb, values) => checkAboutForm(values),
    async respond(request, asker) {
      switch (request.kind) {
        case 'message':
        case 'command':
          return respondTo(parts, { question: request.text }, asker);
        case 'form':
          return respondToAbout(parts, request.values, asker);
        case 'action':
          if (request.verb === 'about') return say(aboutForm(request.argument));
          if (request.verb === 'open') return say(await open(parts, request.argument, asker));
          if (request.verb === 'file') return offerEvidence(parts, request.argument, asker);
          if (request.verb === 'private') return answerPrivately(parts, request.argument, asker);
          if (request.verb === 'reading') return respondTo(parts, asReading(request.argument), asker);
      }
      return say(notice('I do not know that button. Ask your question in a sentence.'));
    },
  };
}

/** A cited source: a page of the guidance, a reviewed answer, or a passage of evidence. */
function open({ db, clock }: AskParts, argument: string, asker: Asker): Promise<Reply> {
  if (!/^EV-/i.test(argument)) return openSource(db, argument, asker);
  return openEvidence(db, argument, { audience: asker.audience, today: clock.today() });
}

interface Asked {
  readonly question: string;
  /** The document that is meant, once somebody has chosen among several readings. */
  readonly reading?: string;
  /** The message that it is about. */
  readonly message?: string;
}

/** The form of a question about a message. */
async function respondToAbout(parts: AskParts, values: FormValues, asker: Asker): Promise<Outcome> {
  const errors = Object.values(checkAboutForm(values));
  if (errors.length > 0) return say(notice(`${errors.join(' ')} Nothing was asked.`));
  const about = { question: values['question'] ?? '', message: values['message'] ?? '' };
  const outcome = await respondTo(parts, about, asker);
  return async (change, tell) =>
    (await outcome(change, tell)).map((reply) => aboveAnswer(reply, about.message, 'About the message'));
}

async function respondTo(parts: AskParts, { question, reading, message }: Asked, asker: Asker): Promise<Outcome> {
  const { db, clock, vectors, writers } = parts;
  if (question === '') return say(notice('Ask your question after the command: `/aims ask who signs the AI policy?`'));
  const key = parseReviewedAnswerKey(question);
  if (key ?? parseEvidenceKey(question)) return say(await open(parts, question.toUpperCase(), asker));
  if (/^GAP-\d+$/i.test(question)) {
    const command = `questions ${question.toUpperCase()}`;
    const open = { id: actionId('command', 'run', command), label: `/aims ${command}` };
    return say(
      notice(
        `${question.toUpperCase()} is a question that waits for an answer, or did. \`/aims ${command}\` shows it.`,
        open,
      ),
    );
  }
  const [writer, before] = await Promise.all([
    writers?.(asker, message),
    reading ? undefined : message ? aboutMessage(message) : lastExchange(db, asker.address),
  ]);
  const answer = await answerQuestion(
    { db, vectors, today: clock.today(), writer, before, reading },
    question,
    asker.audience,
  );
  if (!answer.declined && answer.citations.length === 0) return say(notice(answer.text, ...suggestions()));
  const told = await tellAnswer(parts, { question, message, answer, spent: writer?.spent() }, asker);
  const whole = before && leansOnThread(question) ? `${before.question} ${question}` : question;
  return async (change) => {
    const { id, reply } = await told(change);
    return [mayAskPrivately(asker) ? withPrivateOffer(reply, id, whole) : reply];
  };
}

interface Told {
  readonly question: string;
  readonly message?: string | undefined;
  readonly answer: Answer;
  readonly spent: Spent | undefined;
}

/** Keeps an answer, and makes the reply that shows it. */
async function tellAnswer({ db, clock }: AskParts, { question, message, answer, spent }: Told, asker: Asker) {
  // Who holds which role, and what the organisation leaves open, is nothing for guests and other organisations.
  const contact =
    answer.worthPassingOn && !asker.audience.guidanceOnly
      ? await questionContact(db, clock.today(), asker.person.isExample)
      : undefined;
  return async (change: Change): Promise<{ id: number; reply: Reply }> => {
    // Who is passed a question may see less than its asker.
    const source = answer.citations.find(({ kind }) => kind !== 'evidence');
    const id = await recordAnswer(change, {
      asker: asker.person.id,
      platform: asker.sender.platform,
      conversation: asker.conversation.id,
      question: message === undefined ? question : withMessage({ question, message }),
      text: answer.text,
      isDeclined: answer.declined,
      sources: answer.citations.map((citation) => ({ id: citation.id, version: citation.versionId })),
      topic: source ? { id: source.id, title: source.title } : answer.nearest,
      model: answer.model,
      promptVersion: answer.promptVersion,
      spent,
    });
    const reply = answer.citations.length === 0 ? declined(answer, id, contact, asker) : answered(answer, id, question);
    return { id, reply };
  };
}

/**
 * Below every answer in a channel stands the same offer, whether there is more that its asker may see or not: whoever reads along
 * learns nothing by it.
 */
function mayAskPrivately({ conversation, audience }: Asker): boolean {
  return conversation.kind === 'channel' && !audience.guidanceOnly;
}

function withPrivateOffer(reply: Reply, answer: number, question: string): Reply {
  if (reply.kind === 'form') return reply;
  const offer: Action = {
    id: actionId('ask', 'private', `${answer} ${question.slice(0, MAX_CARRIED)}`),
    label: 'Show me privately',
  };
  return { ...reply, actions: [...reply.actions, offer] };
}

/** Answers a question of a channel once more, for whoever presses the button, from what they may see alone at that moment. */
async function answerPrivately(parts: AskParts, argument: string, asker: Asker): Promise<Outcome> {
  const { db, clock, vectors, writers } = parts;
  const { person, sender } = asker;
  const [, number = '', question = ''] = /^(\d{1,15}) (.*)$/s.exec(argument) ?? [];
  if (question === '') return say(notice('Ask me in a direct message.'));
  if (asker.conversation.kind === 'direct') return respondTo(parts, { question }, asker);
  const today = clock.today();
  const audience = await directAudience(db, person.id, sender.platform, today);
  const alone = { ...asker, audience, conversation: { id: '', kind: 'direct' as const, sharedOutside: false } };
  const writer = await writers?.({ showDraft: () => {}, whileWaiting: asker.whileWaiting });
  const answer = await answerQuestion({ db, vectors, today, writer }, question, audience);
  const told = await tellAnswer(parts, { question, answer, spent: writer?.spent() }, alone);
  return async (change, tell) => {
    const { reply } = await told(change);
    const key = `private:${number}:${person.id}`;
    tell({ key, person: person.id, platform: sender.platform, reply: aboveAnswer(reply, question, 'You asked') });
    return [notice(`${literally(person.displayName)}, I answer you in a direct message.`)];
  };
}

function answered(answer: Answer, id: number, question: string): Reply {
  const { text, citations } = answer;
  const next = answer.clarify
    ? citations.map((citation) => readingButton(citation, question))
    : citations.slice(0, MAX_BUTTONS).map((citation) => openButton(citation.id, citation));
  return {
    kind: 'answer',
    text,
    citations: citations.map(({ id: source, title, excerpt }) => ({ id: source, title, excerpt })),
    ...(answer.clarify ? {} : { feedback: feedbackOn(id) }),
    actions: next,
  };
}

function feedbackOn(answer: number): Feedback {
  return {
    helpful: actionId('questions', 'helpful', String(answer)),
    unhelpful: actionId('questions', 'unhelpful', String(answer)),
  };
}

/** A reading of an unclear question: pressing it answers the question from that document. */
function readingButton({ id, title }: AnswerCitation, question: string): Action {
  return { id: actionId('ask', 'reading', `${id} ${question.slice(0, MAX_CARRIED)}`), label: title };
}

function asReading(argument: string): Asked {
  const end = argument.indexOf(' ');
  return { question: argument.slice(end + 1), reading: argument.slice(0, end) };
}

function suggestions(): Action[] {
  return SUGGESTED_QUESTIONS.map((question) => ({
    id: actionId('command', 'run', `ask ${question}`),
    label: question,
  }));
}

/** Not knowing leads somewhere: to whoever can answer, and to the nearest page. */
function declined(
  { text, nearest }: Answer,
  id: number,
  contact: QuestionContact | undefined,
  { person }: Asker,
): Reply {
  const passOn = contact && passOnButton(contact, person, id);
  const steps = [...(passOn ? [passOn] : []), ...(nearest ? [openButton(nearest.id)] : [])];
  const help = { id: actionId('command', 'run', 'help'), label: 'What can I ask?' };
  return notice(
    [text, contact && vacancy(contact)].filter(Boolean).join('\n\n'),
    ...(steps.length > 0 ? steps : [help]),
  );
}

function vacancy({ isVacant, people }: QuestionContact): string | undefined {
  if (!isVacant) return undefined;
  const names = people.map(({ name }) => literally(name)).join(', ');
  return names
    ? `Nobody is compliance lead at the moment, so nobody can answer it yet. Who can fill the role: ${names}.`
    : 'Nobody is compliance lead at the moment, so nobody can answer it yet.';
}

/** @param citation of evidence, where the passage is to be shown */
function openButton(id: string, citation?: AnswerCitation): Action {
  const argument = citation?.kind === 'evidence' ? `${id} ${citation.chunkId}` : id;
  return { id: actionId('ask', 'open', argument), label: `Open ${id}`, opensPage: true };
}

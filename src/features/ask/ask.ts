import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Feedback, Reply } from '../../chat/reply.ts';
import { SUGGESTED_QUESTIONS } from '../../chat/suggested-questions.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type QuestionContact, questionContact } from '../../people/question-contact.ts';
import { recordAnswer } from '../../records/answer.ts';
import { parseReviewedAnswerKey } from '../../records/reviewed-answer.ts';
import type { Vectors } from '../../retrieval/vectors.ts';
import { type Asker, type Command, type Feature, type Outcome, say } from '../feature.ts';
import { passOnButton } from '../pass-on.ts';
import { aboutForm, aboveAnswer, checkAboutForm, withMessage } from './about.ts';
import { type Answer, type AnswerCitation, answerQuestion } from './answer.ts';
import { openSource } from './open-source.ts';
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
          if (request.verb === 'open') return say(await openSource(parts.db, request.argument, asker));
          if (request.verb === 'reading') return respondTo(parts, asReading(request.argument), asker);
      }
      return say(notice('I do not know that button. Ask your question in a sentence.'));
    },
  };
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
  return async (change, tell) => (await outcome(change, tell)).map((reply) => aboveAnswer(reply, about));
}

async function respondTo(parts: AskParts, { question, reading, message }: Asked, asker: Asker): Promise<Outcome> {
  const { db, clock, vectors, writers } = parts;
  if (question === '') return say(notice('Ask your question after the command: `/aims ask who signs the AI policy?`'));
  const key = parseReviewedAnswerKey(question);
  if (key) return say(await openSource(db, key, asker));
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
  const answer = await answerQuestion({ db, vectors, writer, before, reading }, question, asker.audience);
  if (!answer.declined && answer.citations.length === 0) return say(notice(answer.text, ...suggestions()));
  // Who holds which role, and what the organisation leaves open, is nothing for guests and other organisations.
  const contact =
    answer.worthPassingOn && !asker.audience.guidanceOnly
      ? await questionContact(db, clock.today(), asker.person.isExample)
      : undefined;
  return async (change) => {
    const [source] = answer.citations;
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
      spent: writer?.spent(),
    });
    return [answer.citations.length === 0 ? declined(answer, id, contact, asker) : answered(answer, id, question)];
  };
}

function answered(answer: Answer, id: number, question: string): Reply {
  const { text, citations } = answer;
  const next = answer.clarify
    ? citations.map((citation) => readingButton(citation, question))
    : citations.slice(0, MAX_BUTTONS).map((citation) => openButton(citation.id));
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

function openButton(id: string): Action {
  return { id: actionId('ask', 'open', id), label: `Open ${id}`, opensPage: true };
}

import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Form, FormErrors, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { questionContact } from '../../people/question-contact.ts';
import { type RecordedAnswer, readAnswer } from '../../records/answer.ts';
import {
  isUnhelpfulReason,
  REASON_NAMES,
  rateAnswer,
  UNHELPFUL_REASONS,
  type UnhelpfulReason,
} from '../../records/answer-feedback.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { passOnButton } from '../pass-on.ts';
import type { QuestionsParts } from './questions.ts';

const MAX_COMMENT = 500;

export const NOT_YOUR_ANSWER = notice(
  'That answer was given to somebody else. Ask the question yourself, then tell me.',
);

const SAID_BEFORE = notice('You had said so already; it counts once.');

/** The answer of a button, where the person who pressed it could read it. */
export async function answerFor(
  { db }: QuestionsParts,
  number: string,
  { person, conversation }: Asker,
): Promise<RecordedAnswer | undefined> {
  const answer = /^\d{1,15}$/.test(number) ? await readAnswer(db, Number(number)) : undefined;
  const couldRead = answer && (answer.asker === person.id || answer.conversation === conversation.id);
  return couldRead ? answer : undefined;
}

export async function rateHelpful(parts: QuestionsParts, number: string, asker: Asker): Promise<Outcome> {
  const answer = await answerFor(parts, number, asker);
  if (!answer) return say(NOT_YOUR_ANSWER);
  return async (change) => {
    const rated = await rateAnswer(change, answer.id, asker.person.id, { isHelpful: true });
    if (rated === 'same') return [SAID_BEFORE];
    const said = rated === 'first' ? 'Noted: helpful.' : 'Noted: helpful after all.';
    return [notice(said, ...(isMember(asker) ? [followUpButton(number)] : []))];
  };
}

function isMember({ person, audience }: Asker): boolean {
  return person.standing === 'member' && !audience.guidanceOnly;
}

/** Something to do that follows from an answer. It stands here, so that answers themselves have few buttons. */
function followUpButton(answer: string): Action {
  return { id: actionId('actions', 'new', `answer ${answer}`), label: 'Make an action item of it', opensForm: true };
}

export async function unhelpfulForm(parts: QuestionsParts, number: string, asker: Asker): Promise<Outcome> {
  const answer = await answerFor(parts, number, asker);
  return say(answer ? { kind: 'form', form: reasonForm(number) } : NOT_YOUR_ANSWER);
}

/** Asks why an answer did not help. @param answer its number */
export function reasonForm(answer: string): Form {
  return {
    id: actionId('questions', 'unhelpful', answer),
    title: 'Not helpful',
    intro: 'The compliance lead sees the question and what you say here, so that the next answer is better.',
    submitLabel: 'Send',
    inputs: [
      {
        kind: 'select',
        name: 'reason',
        label: 'What is the matter with it',
        optional: false,
        options: UNHELPFUL_REASONS.map((reason) => ({ value: reason, label: REASON_NAMES[reason] })),
      },
      { kind: 'text', name: 'comment', label: 'Comment', multiline: true, maxLength: MAX_COMMENT, optional: true },
    ],
  };
}

export function checkUnhelpfulForm({ reason = '', comment = '' }: FormValues): FormErrors {
  return {
    ...(isUnhelpfulReason(reason) ? {} : { reason: 'Choose what is the matter with it.' }),
    ...(comment.length > MAX_COMMENT ? { comment: `Shorten it to ${MAX_COMMENT} characters.` } : {}),
  };
}

export async function submitUnhelpfulForm(
  parts: QuestionsParts,
  number: string,
  asker: Asker,
  values: FormValues,
): Promise<Outcome> {
  const { reason = '', comment = '' } = values;
  const errors = Object.values(checkUnhelpfulForm(values));
  if (errors.length > 0 || !isUnhelpfulReason(reason)) return say(notice(`${errors.join(' ')} Nothing was changed.`));
  const answer = await answerFor(parts, number, asker);
  if (!answer) return say(NOT_YOUR_ANSWER);
  const recorded = await recordedSentence(parts, answer.id, reason, asker);
  return async (change) => {
    const feedback = { isHelpful: false, reason, comment: comment || undefined } as const;
    const rated = await rateAnswer(change, answer.id, asker.person.id, feedback);
    return [rated === 'same' ? SAID_BEFORE : recorded];
  };
}

async function recordedSentence(
  { db, clock }: QuestionsParts,
  answer: number,
  reason: UnhelpfulReason,
  { person, audience }: Asker,
): Promise<Reply> {
  const recorded = `Recorded: not helpful (${REASON_NAMES[reason].toLowerCase()}).`;
  if (audience.guidanceOnly) return notice(recorded);
  const contact = await questionContact(db, clock.today(), person.isExample);
  const button = passOnButton(contact, person, answer);
  const [lead] = contact.people;
  const who = contact.isVacant || !lead ? 'Whoever becomes compliance lead' : literally(lead.name);
  return notice(`${recorded} ${who} sees it.`, ...(button ? [button] : []));
}

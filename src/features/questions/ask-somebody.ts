import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { NoticeReply, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { type QuestionContact, questionContact } from '../../people/question-contact.ts';
import type { RecordedAnswer } from '../../records/answer.ts';
import { answersGivenBefore, askGap, gapKey } from '../../records/knowledge-gap.ts';
import { readDocument } from '../../retrieval/read-document.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { answerFor, NOT_YOUR_ANSWER } from './feedback.ts';
import type { QuestionsParts } from './questions.ts';

/** Characters of a question in a message to whoever is to answer it. */
const MAX_QUESTION = 1_000;

/** Passes the question of an answer on: opens a gap, or joins the open one of the same question. */
export async function askSomebody(parts: QuestionsParts, number: string, asker: Asker): Promise<Outcome> {
  const answer = await answerFor(parts, number, asker);
  if (!answer) return say(NOT_YOUR_ANSWER);
  if (asker.audience.guidanceOnly) {
    return say(notice('I pass questions on for members of the organisation. Ask somebody who works there.'));
  }
  const known = await answeredMeanwhile(parts, answer, asker);
  if (known) return say(known);
  const { db, clock } = parts;
  const contact = await questionContact(db, clock.today(), asker.person.isExample);
  return async (change, tell) => {
    const { id, outcome } = await askGap(change, {
      asker: asker.person.id,
      platform: asker.sender.platform,
      question: answer.question,
      topic: answer.topic,
    });
    if (outcome === 'opened') {
      for (const person of contact.people) {
        const reply = request(id, answer, asker, contact);
        tell({ key: `${gapKey(id)}:asked:${person.id}`, person: person.id, reply });
      }
    }
    return [waiting(id, outcome, contact)];
  };
}

/** A reviewed answer that came after the one with the button, and that everybody here may see. */
async function answeredMeanwhile(
  { db }: QuestionsParts,
  { question, sources }: RecordedAnswer,
  { audience }: Asker,
): Promise<Reply | undefined> {
  for (const key of await answersGivenBefore(db, question)) {
    const isNew = sources.every(({ id }) => id !== key);
    if (isNew && (await readDocument(db, key, audience))) {
      return notice(`There is an answer to that by now: ${key}.`, {
        id: actionId('ask', 'open', key),
        label: `Open ${key}`,
      });
    }
  }
  return undefined;
}

function waiting(id: number, outcome: 'opened' | 'joined' | 'already', contact: QuestionContact): NoticeReply {
  const names = contact.people.map(({ name }) => literally(name)).join(' or ');
  const forWhom = contact.isVacant ? 'until somebody is compliance lead' : `for ${names}`;
  const asked = contact.isVacant && names ? ` I asked ${names} to fill the role.` : '';
  const promise = 'I tell you in a direct message as soon as it is answered.';
  switch (outcome) {
    case 'opened':
      return notice(`${gapKey(id)} is *waiting ${forWhom}*.${asked} ${promise}`);
    case 'joined':
      return notice(
        `Somebody asked that before you: ${gapKey(id)} is *waiting ${forWhom}*. You are in now, too. ${promise}`,
      );
    case 'already':
      return notice(`You asked that already: ${gapKey(id)} is *waiting ${forWhom}*. ${promise}`);
  }
}

/** What the compliance lead is told, or where there is none, who can name one. */
function request(id: number, answer: RecordedAnswer, { person }: Asker, { isVacant }: QuestionContact): Reply {
  const why = answer.isDeclined ? 'I have nothing on it' : 'My answer did not help';
  const closest = answer.topic ? `; closest is ${literally(answer.topic.title)} (${literally(answer.topic.id)})` : '';
  const number = String(id);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${gapKey(id)}: a question for ${isVacant ? 'a compliance lead' : 'you'}` },
      {
        kind: 'text',
        text: `${literally(person.displayName)} asks: **${literally(shortened(answer.question, MAX_QUESTION))}**`,
      },
      {
        kind: 'text',
        text: isVacant
          ? `${why}, and nobody is compliance lead who could answer. Give the role to somebody; they find this under \`/aims questions\`.`
          : `${why}${closest}. Your answer goes back with your name, and to whoever asks next.`,
      },
    ],
    actions: isVacant
      ? [{ id: actionId('roles', 'give'), label: 'Give the role', style: 'primary', opensForm: true }]
      : [
          { id: actionId('questions', 'answer', number), label: 'Answer', style: 'primary', opensForm: true },
          { id: actionId('questions', 'decline', number), label: 'Not our topic' },
        ],
  };
}

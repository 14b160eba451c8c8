import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { type AnswerSource, type RecordedAnswer, readAnswer } from '../../records/answer.ts';
import { closeFeedback, REASON_NAMES, type Unhelpful, unhelpfulOf } from '../../records/answer-feedback.ts';
import { parseReviewedAnswerKey, publishReviewedAnswer, readReviewedAnswer } from '../../records/reviewed-answer.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { answerForm, forWhom, readAnswerForm } from './answer-form.ts';
import type { QuestionsParts } from './questions.ts';

const MAX_TEXT = 2_000;

const NO_SUCH_ANSWER = notice('There is no such answer any more. `/aims questions` shows what waits.');

async function answerOf({ db }: QuestionsParts, number: string): Promise<RecordedAnswer | undefined> {
  return /^\d{1,15}$/.test(number) ? readAnswer(db, Number(number)) : undefined;
}

/** An answer that did not help, why, and what can be done about it. */
export async function showUnhelpful(parts: QuestionsParts, number: string): Promise<Outcome> {
  const answer = await answerOf(parts, number);
  const said = answer ? await unhelpfulOf(parts.db, answer.id) : [];
  // Nobody reads other people's conversations here: an answer is shown only where somebody passed it on.
  if (!answer || said.length === 0) return say(NO_SUCH_ANSWER);
  const [source] = answer.sources.flatMap(({ id }) => parseReviewedAnswerKey(id) ?? []);
  const own = source && (await readReviewedAnswer(parts.db, source));
  return say(details(answer, said, own ? own.key : undefined));
}

function details(
  { id, question, text, sources }: RecordedAnswer,
  said: readonly Unhelpful[],
  own: string | undefined,
): Reply {
  const number = String(id);
  const steps: Action[] = own
    ? [{ id: actionId('questions', 'edit', own), label: `Edit ${own}`, style: 'primary', opensForm: true }]
    : [
        {
          id: actionId('questions', 'write', number),
          label: 'Write a better answer',
          style: 'primary',
          opensForm: true,
        },
      ];
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Answer ${id} did not help` },
      { kind: 'text', text: `**${literally(shortened(question, MAX_TEXT))}**` },
      { kind: 'text', text },
      ...(sources.length > 0 ? [{ kind: 'text' as const, text: sourceLine(sources) }] : []),
      {
        kind: 'text',
        text: said
          .map(({ reason, comment }) => `- *${REASON_NAMES[reason]}*${comment ? `: ${literally(comment)}` : ''}`)
          .join('\n'),
      },
    ],
    actions: [...steps, { id: actionId('questions', 'done', number), label: 'Done with it' }],
  };
}

function sourceLine(sources: readonly AnswerSource[]): string {
  return `Sources: ${sources.map(({ id }, index) => `[${index + 1}] ${literally(id)}`).join(', ')}`;
}

export async function writeForm(parts: QuestionsParts, number: string, asker: Asker): Promise<Outcome> {
  const answer = await writable(parts, number, asker);
  if (!answer) return say(NO_SUCH_ANSWER);
  const id = actionId('questions', 'write', number);
  return say(answerForm({ id, title: 'Write an answer', question: answer.question, topic: answer.topic?.id }));
}

export async function submitWriteForm(
  parts: QuestionsParts,
  number: string,
  asker: Asker,
  values: FormValues,
): Promise<Outcome> {
  const answer = await writable(parts, number, asker);
  if (!answer) return say(NO_SUCH_ANSWER);
  const written = readAnswerForm(values, asker.person, parts.clock);
  if ('fault' in written) return say(written.fault);
  return async (change) => {
    const published = await publishReviewedAnswer(change, { ...written, question: answer.question, phrasings: [] });
    await closeFeedback(change, answer.id);
    return [
      notice(
        `Recorded: ${published.key}, ${forWhom(published)}. I give it to whoever asks from now on.`,
        { id: actionId('questions', 'show', published.key), label: `Show ${published.key}` },
        { id: actionId('command', 'run', 'questions'), label: 'What else waits?' },
      ),
    ];
  };
}

/** The answer to one's own question, or one that somebody called unhelpful. */
async function writable(parts: QuestionsParts, number: string, asker: Asker): Promise<RecordedAnswer | undefined> {
  const answer = await answerOf(parts, number);
  if (!answer || answer.asker === asker.person.id) return answer;
  return (await unhelpfulOf(parts.db, answer.id)).length > 0 ? answer : undefined;
}

export async function closeUnhelpful(parts: QuestionsParts, number: string): Promise<Outcome> {
  const answer = await answerOf(parts, number);
  if (!answer) return say(NO_SUCH_ANSWER);
  return async (change) => {
    const next = { id: actionId('command', 'run', 'questions'), label: 'What else waits?' };
    if (!(await closeFeedback(change, answer.id))) return [notice('That was done already. Nothing was changed.', next)];
    return [notice(`Recorded: answer ${answer.id} is dealt with.`, next)];
  };
}

import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Reply } from '../../chat/reply.ts';
import { literally, shortened, typedText } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { writtenDay } from '../../clock.ts';
import {
  listReviewedAnswers,
  readReviewedAnswer,
  reviseReviewedAnswer,
  type StoredReviewedAnswer,
  withdrawReviewedAnswer,
} from '../../records/reviewed-answer.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { answerForm, forWhom, readAnswerForm } from './answer-form.ts';
import type { QuestionsParts } from './questions.ts';

/** Reviewed answers in one list. */
const MAX_LISTED = 20;

function missing(key: string): Reply {
  return notice(`${literally(key)} is not in use: it never was, or it was withdrawn. Nothing was changed.`);
}

/** All reviewed answers in use, the newest first. */
export async function reviewedAnswers({ db }: QuestionsParts): Promise<Outcome> {
  const { total, answers } = await listReviewedAnswers(db, MAX_LISTED);
  if (total === 0)
    return say(notice('There is no reviewed answer yet. They come from questions that I could not answer.'));
  const more = total - answers.length;
  return say({
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Reviewed answers: ${total}` },
      {
        kind: 'table',
        columns: ['', 'Question', 'Requirement', 'For', 'Reviewed'],
        rows: answers.map(({ key, question, requirement, visibility, reviewer, reviewedOn }) => [
          key,
          literally(shortened(question, 100)),
          requirement ?? '',
          visibility === 'everyone' ? 'everyone' : 'committee',
          `${literally(reviewer.name)}, ${writtenDay(reviewedOn)}`,
        ]),
      },
      {
        kind: 'text',
        text: `${more > 0 ? `And ${more} older ones. ` : ''}\`/aims questions QA-n\` shows one, to edit or withdraw it.`,
      },
    ],
    actions: [],
  });
}

export async function showReviewedAnswer(
  { db }: QuestionsParts,
  key: string,
  { conversation }: Asker,
): Promise<Outcome> {
  const answer = await readReviewedAnswer(db, key);
  if (!answer) return say(missing(key));
  if (conversation.kind === 'channel' && answer.visibility !== 'everyone') {
    return say(notice(`${key} is for the committee only. Write \`/aims questions ${key}\` to me directly.`));
  }
  return say(details(answer));
}

function details({
  key,
  question,
  answer,
  phrasings,
  requirement,
  visibility,
  reviewer,
  reviewedOn,
}: StoredReviewedAnswer): Reply {
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: key },
      { kind: 'text', text: `**${literally(question)}**` },
      { kind: 'text', text: typedText(answer) },
      {
        kind: 'facts',
        facts: [
          { label: 'Reviewed', value: `${literally(reviewer.name)}, ${writtenDay(reviewedOn)}` },
          { label: 'Who may see it', value: visibility === 'everyone' ? 'everyone' : 'the committee' },
          ...(requirement ? [{ label: 'Belongs to', value: requirement }] : []),
          ...(phrasings.length > 0
            ? [
                {
                  label: 'Also asked as',
                  value: phrasings.map((phrasing) => literally(shortened(phrasing, 100))).join('; '),
                },
              ]
            : []),
        ],
      },
    ],
    actions: [
      { id: actionId('questions', 'edit', key), label: 'Edit', style: 'primary', opensForm: true },
      { id: actionId('questions', 'withdraw', key), label: 'Withdraw', style: 'danger' },
    ],
  };
}

export async function editForm({ db }: QuestionsParts, key: string): Promise<Outcome> {
  const stored = await readReviewedAnswer(db, key);
  if (!stored) return say(missing(key));
  const { question, answer, visibility, requirement, version } = stored;
  // The version comes back with the form, so that nobody overwrites what somebody else changed meanwhile.
  const id = actionId('questions', 'edit', `${key}:${version}`);
  return say(answerForm({ id, title: `Edit ${key}`, question, answer, visibility, topic: requirement }));
}

export async function submitEditForm(
  { db, clock }: QuestionsParts,
  argument: string,
  { person }: Asker,
  values: FormValues,
): Promise<Outcome> {
  const [key = '', version = ''] = argument.split(':');
  const written = readAnswerForm(values, person, clock);
  if ('fault' in written) return say(written.fault);
  const stored = await readReviewedAnswer(db, key);
  if (!stored) return say(missing(key));
  return async (change) => {
    const revised = await reviseReviewedAnswer(change, { ...stored, ...written, version: Number(version) });
    if (!revised) return [notice(overtaken(key, written.answer))];
    return [
      notice(`Recorded: ${key} is changed, ${forWhom(written)}, and carries your name. The version before is kept.`),
    ];
  };
}

function overtaken(key: string, answer: string): string {
  return `${key} was changed while you wrote, so yours was not recorded. Open it again. This is what you wrote:\n\n${typedText(answer)}`;
}

export async function withdraw({ db }: QuestionsParts, key: string): Promise<Outcome> {
  const stored = await readReviewedAnswer(db, key);
  if (!stored) return say(missing(key));
  return async (change) => {
    if (!(await withdrawReviewedAnswer(change, stored))) {
      return [notice(`${key} was changed just now. Look at it again before you withdraw it. Nothing was changed.`)];
    }
    return [notice(`Recorded: ${key} is withdrawn. I no longer use it in answers; its versions are kept.`)];
  };
}

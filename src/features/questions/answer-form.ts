import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { cleanText, literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Person } from '../../people/people.ts';
import type { ReviewedAnswer } from '../../records/reviewed-answer.ts';
import { structure } from '../../standard/structure.ts';

/** Characters of a reviewed answer; Slack's inputs take no more. */
const MAX_ANSWER = 3_000;

/** Characters of the question that are shown above the form. */
const MAX_QUESTION = 500;

export interface AnswerForm {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly answer?: string;
  readonly visibility?: ReviewedAnswer['visibility'];
  /** A requirement or any other page; only a requirement is filled in. */
  readonly topic: string | undefined;
}

/** The form in which a reviewed answer is written. */
export function answerForm({ id, title, question, answer, visibility = 'everyone', topic }: AnswerForm): Reply {
  const requirement = topic && structure.find(topic)?.id;
  return {
    kind: 'form',
    form: {
      id,
      title,
      intro:
        `**${literally(shortened(question, MAX_QUESTION))}**\n\n` +
        "Your answer is cited with your name and today's date, and whoever may see it gets it from now on.",
      submitLabel: 'Publish',
      inputs: [
        {
          kind: 'text',
          name: 'answer',
          label: 'Answer',
          multiline: true,
          maxLength: MAX_ANSWER,
          optional: false,
          ...(answer ? { initial: answer } : {}),
        },
        {
          kind: 'select',
          name: 'visibility',
          label: 'Who may see it',
          optional: false,
          initial: visibility,
          options: [
            { value: 'everyone', label: 'Everyone in the organisation' },
            { value: 'committee', label: 'The AI governance committee' },
          ],
        },
        {
          kind: 'text',
          name: 'requirement',
          label: 'Requirement it belongs to',
          hint: 'A number of ISO/IEC 42001, such as A.10.3.',
          multiline: false,
          maxLength: 20,
          optional: true,
          ...(requirement ? { initial: requirement } : {}),
        },
      ],
    },
  };
}

export function checkAnswerForm(values: FormValues): FormErrors {
  const errors: Record<string, string> = {};
  const { answer = '', visibility = '', requirement = '' } = values;
  if (cleanText(answer) === '') errors['answer'] = 'Write the answer.';
  else if (answer.length > MAX_ANSWER) {
    errors['answer'] =
      `Shorten it to ${MAX_ANSWER.toLocaleString('en')} characters; now it has ${answer.length.toLocaleString('en')}.`;
  }
  if (!isVisibility(visibility)) errors['visibility'] = 'Choose who may see it.';
  if (requirement && !requirementIn(requirement)) {
    errors['requirement'] = 'ISO/IEC 42001 has no such number. Give one such as A.10.3 or 6.1.2, or leave it empty.';
  }
  return errors;
}

/** What was filled in, as the reviewer's own words of today; or what is wrong with it. */
export function readAnswerForm(
  values: FormValues,
  reviewer: Person,
  clock: Clock,
): { readonly fault: Reply } | Omit<ReviewedAnswer, 'question' | 'phrasings'> {
  const errors = Object.values(checkAnswerForm(values));
  const { answer = '', visibility = '', requirement = '' } = values;
  if (errors.length > 0 || !isVisibility(visibility)) {
    return { fault: notice(`${errors.join(' ')} Nothing was changed.`) };
  }
  return {
    answer,
    visibility,
    requirement: requirementIn(requirement),
    reviewer: { id: reviewer.id, name: reviewer.displayName },
    reviewedOn: clock.today(),
  };
}

/** "Everyone" and "the committee", as a sentence goes on. */
export function forWhom({ visibility }: Pick<ReviewedAnswer, 'visibility'>): string {
  return visibility === 'everyone' ? 'for everyone in the organisation' : 'for the committee only';
}

function isVisibility(text: string): text is ReviewedAnswer['visibility'] {
  return text === 'everyone' || text === 'committee';
}

function requirementIn(text: string): string | undefined {
  return structure.find(text.trim().toUpperCase())?.id;
}

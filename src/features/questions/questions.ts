import { randomUUID } from 'node:crypto';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { questionContact } from '../../people/question-contact.ts';
import { parseGapKey } from '../../records/knowledge-gap.ts';
import { parseReviewedAnswerKey } from '../../records/reviewed-answer.ts';
import { type Asker, type Command, type Feature, type Outcome, type Request, say } from '../feature.ts';
import { checkAnswerForm } from './answer-form.ts';
import { declineGap, gapForm, mergeForm, submitGapForm, submitMergeForm } from './answer-gap.ts';
import { askSomebody } from './ask-somebody.ts';
import { checkUnhelpfulForm, rateHelpful, reasonForm, submitUnhelpfulForm, unhelpfulForm } from './feedback.ts';
import { questionsHome, questionsWaiting } from './home.ts';
import { overview } from './overview.ts';
import { editForm, reviewedAnswers, showReviewedAnswer, submitEditForm, withdraw } from './reviewed-answers.ts';
import { showGap, showGapState } from './show-gap.ts';
import { closeUnhelpful, showUnhelpful, submitWriteForm, writeForm } from './unhelpful.ts';

export interface QuestionsParts {
  readonly db: Db;
  readonly clock: Clock;
}

/** Does something with what a button or form names: the number of an answer or gap, or a key. */
type Handler = (parts: QuestionsParts, argument: string, asker: Asker, values: FormValues) => Promise<Outcome>;

/** Buttons under an answer: for everybody who can read it. */
const FOR_EVERYBODY: ReadonlyMap<string, Handler> = new Map([
  ['helpful', rateHelpful],
  ['unhelpful', unhelpfulForm],
  ['ask', askSomebody],
]);

/** Everything else is for the compliance lead and the deputy. Authorised at every step: a button can be months old. */
const FOR_THE_LEAD: ReadonlyMap<string, Handler> = new Map([
  ['answer', gapForm],
  ['merge', mergeForm],
  ['decline', declineGap],
  ['look', showUnhelpful],
  ['write', writeForm],
  ['done', closeUnhelpful],
  ['reviewed', reviewedAnswers],
  ['show', show],
  ['edit', editForm],
  ['withdraw', withdraw],
]);

const FORMS_FOR_THE_LEAD: ReadonlyMap<string, Handler> = new Map([
  ['answer', submitGapForm],
  ['merge', submitMergeForm],
  ['write', submitWriteForm],
  ['edit', submitEditForm],
]);

export const QUESTIONS_COMMANDS: readonly Command[] = [
  {
    name: 'questions',
    usage: '[GAP-n | QA-n]',
    summary: 'shows the compliance lead what waits for an answer and which answers did not help',
  },
];

/** What happens around an answer: whether it helped, and who answers what Steward cannot. */
export function questionsFeature(parts: QuestionsParts): Feature {
  return {
    name: 'questions',
    commands: QUESTIONS_COMMANDS,
    checkForm,
    formOf: (verb, argument) => (verb === 'unhelpful' ? reasonForm(argument) : undefined),
    home: (reader) => questionsHome(parts, reader),
    waiting: (reader) => questionsWaiting(parts, reader),
    respond: (request, asker) => respond(parts, request, asker),
  };
}

function checkForm(verb: string, values: FormValues): FormErrors {
  if (verb === 'unhelpful') return checkUnhelpfulForm(values);
  return verb === 'merge' ? {} : checkAnswerForm(values);
}

async function respond(parts: QuestionsParts, request: Request, asker: Asker): Promise<Outcome> {
  const isLead = asker.person.roles.has('compliance_lead');
  switch (request.kind) {
    case 'action': {
      const { verb, argument } = request;
      const handle = FOR_EVERYBODY.get(verb) ?? (isLead ? FOR_THE_LEAD.get(verb) : undefined);
      if (handle) return handle(parts, argument, asker, {});
      return say(FOR_THE_LEAD.has(verb) ? await notForYou(parts, asker) : UNKNOWN);
    }
    case 'form': {
      const { verb, argument, values } = request;
      if (verb === 'unhelpful') return submitUnhelpfulForm(parts, argument, asker, values);
      const handle = FORMS_FOR_THE_LEAD.get(verb);
      if (!handle) return say(UNKNOWN);
      return isLead ? handle(parts, argument, asker, values) : say(await notForYou(parts, asker));
    }
    default:
      return command(parts, request.text.trim(), asker, isLead);
  }
}

const UNKNOWN = notice('That button no longer leads anywhere. `/aims questions` shows what waits.');

async function command(parts: QuestionsParts, text: string, asker: Asker, isLead: boolean): Promise<Outcome> {
  const gap = parseGapKey(text);
  if (!isLead) {
    const own = gap === undefined ? undefined : await showGapState(parts, gap, asker);
    return say(own ?? (await notForYou(parts, asker)));
  }
  const outcome = text === '' ? await overview(parts) : await show(parts, text, asker);
  return privately(outcome, asker);
}

async function show(parts: QuestionsParts, text: string, asker: Asker): Promise<Outcome> {
  const gap = parseGapKey(text);
  if (gap !== undefined) return showGap(parts, gap);
  const key = parseReviewedAnswerKey(text);
  if (key) return showReviewedAnswer(parts, key, asker);
  return say(notice('Give the number of an open question, such as GAP-3, or of a reviewed answer, such as QA-3.'));
}

/** Askers' names and questions are nothing for a channel. */
function privately(outcome: Outcome, { conversation, person, sender }: Asker): Outcome {
  if (conversation.kind === 'direct') return outcome;
  return async (change, tell) => {
    for (const reply of await outcome(change, tell)) {
      tell({ key: `questions:${randomUUID()}`, person: person.id, reply, platform: sender.platform });
    }
    return [notice('That is for you alone, so I sent it to you in a direct message.')];
  };
}

async function notForYou({ db, clock }: QuestionsParts, { person }: Asker): Promise<Reply> {
  if (person.standing !== 'member') return notice('Open questions are for the compliance lead of the organisation.');
  const { isVacant, title } = await questionContact(db, clock.today(), person.isExample);
  const who = isVacant ? 'Nobody holds the role at the moment' : `At the moment that is ${literally(title)}`;
  return notice(
    `Open questions and reviewed answers are for the compliance lead and the deputy. ${who}. Nothing was changed.`,
  );
}

import { randomUUID } from 'node:crypto';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { placeOfCard } from '../../outbox/place-of-card.ts';
import type { People } from '../../people/people.ts';
import { askedOf, askNothing } from '../../records/ai-system/interviewees.ts';
import type { SaidBefore } from '../../records/ai-system/said-before.ts';
import { isTopicId, type TopicId } from '../../records/ai-system/topics.ts';
import { type Asker, type Command, type Feature, type Outcome, type Request, say } from '../feature.ts';
import { checkOverrideForm } from '../override-form.ts';
import {
  accept,
  again,
  askWhetherAnswer,
  back,
  confirm,
  hear,
  keep,
  leave,
  mine,
  OVER,
  pass,
  pause,
  pick,
  replace,
  skip,
  why,
} from './answer.ts';
import {
  checkColleagueForm,
  checkReplyForm,
  colleagueForm,
  passOnForm,
  pointsCard,
  replyForm,
  submitColleagueForm,
  submitPassOnForm,
  submitReplyForm,
  take,
  unknown,
} from './colleague.ts';
import {
  answerForm,
  checkAnswer,
  checkFill,
  chooseForm,
  stepForm,
  submitAnswer,
  submitChoose,
  submitFill,
} from './fill.ts';
import { intakeHome, interviewsWaiting } from './home.ts';
import { type AskedQuestion, parseQuestion } from './interview.ts';
import { meaningOf, wishToRegister } from './meaning.ts';
import { askName, begin, checkNameForm, go, join, nameForm, start } from './start.ts';
import {
  checkCorrectForm,
  correctForm,
  decideForm,
  discard,
  discardIt,
  submit,
  submitCorrectForm,
  submitDecideForm,
} from './submit.ts';

export interface IntakeParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly people: People;
  /** Reads facts out of answers; undefined where no language model is configured. */
  readonly reader: AnswerReader | undefined;
}

/**
 * Reads what an answer says, on its own topic and on others. Says nothing that the answer does not say.
 *
 * @returns nothing where a model cannot be used
 */
export type AnswerReader = (
  topic: TopicId,
  text: string,
  asker: Pick<Asker, 'whileWaiting'>,
) => Promise<readonly SaidBefore[] | undefined>;

export const INTAKE_COMMANDS: readonly Command[] = [
  {
    name: 'register',
    usage: '[name | AIS-n]',
    summary: 'registers an AI system: fourteen questions, one at a time, or goes on with a draft',
  },
];

/** How long after a question a message is taken as its answer without asking, in milliseconds. */
const FRESH = 12 * 60 * 60 * 1000;

/** Does something with a question that a button names. */
type QuestionHandler = (parts: IntakeParts, question: AskedQuestion, asker: Asker) => Promise<Outcome>;

const ON_QUESTIONS: ReadonlyMap<string, QuestionHandler> = new Map<string, QuestionHandler>([
  ['answer', answerForm],
  ['choose', chooseForm],
  ['fill', stepForm],
  ['colleague', colleagueForm],
  ['again', again],
  ['back', back],
  ['skip', skip],
  ['keep', keep],
  ['mine', mine],
  ['leave', leave],
  ['right', confirm],
  ['pick', pick],
  ['pass', pass],
  ['accept', accept],
  ['replace', replace],
]);

/** Does something with whatever else a button names: an interview, an open point, a name. */
type Handler = (parts: IntakeParts, argument: string, asker: Asker) => Promise<Outcome>;

const ON_OTHERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['start', start],
  ['name', async (_parts, _argument, asker) => askName(asker)],
  ['name-form', async () => say(nameForm())],
  ['not-now', notNow],
  ['another', (parts, name, asker) => begin(parts, name, asker, 'ask', true)],
  ['another-form', (parts, name, asker) => begin(parts, name, asker, 'fill', true)],
  ['join', join],
  ['go', go],
  ['pause', pause],
  ['why', async (_parts, topic) => say(isTopicId(topic) ? why(topic) : OVER)],
  ['reply', replyForm],
  ['unknown', unknown],
  ['points', pointsCard],
  ['pass-on', passOnForm],
  ['take', take],
  ['submit', submit],
  ['decide', decideForm],
  ['correct', correctForm],
  ['discard', discard],
  ['discard-it', discardIt],
]);

const CHECKS: ReadonlyMap<string, (values: FormValues) => FormErrors> = new Map([
  ['name-form', checkNameForm],
  ['answer', checkAnswer],
  ['fill', checkFill],
  ['choose', checkFill],
  ['colleague', checkColleagueForm],
  ['reply', checkReplyForm],
  ['pass-on', checkColleagueForm],
  ['decide', checkOverrideForm],
  ['correct', checkCorrectForm],
]);

/** The guided interview about an AI system. */
export function intakeFeature(parts: IntakeParts): Feature {
  return {
    name: 'intake',
    commands: INTAKE_COMMANDS,
    checkForm: (verb, values) => CHECKS.get(verb)?.(values) ?? {},
    home: intakeHome,
    waiting: (reader) => interviewsWaiting(parts.db, reader),
    takesMessage: (text, asker) => takesMessage(parts, text, asker),
    awaitsAnswer: (asker) => awaitsAnswer(parts, asker),
    async respond(request, asker) {
      if (asker.person.standing !== 'member' || asker.audience.guidanceOnly) return say(MEMBERS_ONLY);
      return inPrivate(await respond(parts, request, asker), request, asker);
    },
  };
}

const MEMBERS_ONLY = notice(
  'AI systems are registered by members of the organisation, where nobody else reads along. Ask somebody who works there.',
);

/** Shows a record, whatever somebody is being asked: `EV-12`. */
const RECORD_KEY = /^\W*(AIS|EV|ACT|DEC|GAP|QA)-\d+\W*$/i;

/** What somebody is asked in a direct conversation takes their messages, but for questions of theirs. */
async function takesMessage(parts: IntakeParts, text: string, asker: Asker): Promise<boolean> {
  if (wishToRegister(text)) return true;
  if (RECORD_KEY.test(text) || meaningOf(text) === 'question') return false;
  return awaitsAnswer(parts, asker);
}

async function awaitsAnswer({ db }: IntakeParts, asker: Asker): Promise<boolean> {
  if (asker.conversation.kind !== 'direct') return false;
  const asked = await askedOf(db, asker.person.id);
  // Anything could be the name of a system.
  return asked !== undefined && !(asked.stage === 'name' && (await wasAskedElsewhere(db, asked.card, asker)));
}

/** Whether somebody was asked in another of their conversations on the platform on which they write now. */
async function wasAskedElsewhere(db: Db, card: string, { address, sender }: Asker): Promise<boolean> {
  const place = await placeOfCard(db, card);
  if (!place || place.platform !== address.platform) return false;
  // What Steward says of its own accord may be addressed to the person.
  return place.conversation !== address.conversation && place.conversation !== sender.userId;
}

async function respond(parts: IntakeParts, request: Request, asker: Asker): Promise<Outcome> {
  switch (request.kind) {
    case 'message':
      return message(parts, request.text, asker);
    case 'command':
      return start(parts, request.text.trim(), asker);
    case 'action': {
      const { verb, argument } = request;
      const onQuestion = ON_QUESTIONS.get(verb);
      const question = onQuestion && parseQuestion(argument);
      if (onQuestion) return question ? onQuestion(parts, question, asker) : say(OVER);
      return ON_OTHERS.get(verb)?.(parts, argument, asker) ?? say(OVER);
    }
    case 'form':
      return form(parts, request, asker);
  }
}

async function message(parts: IntakeParts, text: string, asker: Asker): Promise<Outcome> {
  const asked = asker.conversation.kind === 'direct' ? await askedOf(parts.db, asker.person.id) : undefined;
  const wish = wishToRegister(text);
  if (wish && (!asked || asked.stage === 'name' || /^(?:i|we)\b.{0,20}\bregister\b/i.test(text))) {
    return start(parts, wish.name ?? '', asker);
  }
  if (!asked) return start(parts, '', asker);
  if (asked.stage !== 'name') {
    const age = parts.clock.now().getTime() - asked.askedAt.getTime();
    const isFar = age > FRESH || (await wasAskedElsewhere(parts.db, asked.card, asker));
    const mayBeOther = isFar && meaningOf(text) === 'answer';
    return mayBeOther ? askWhetherAnswer(parts, asked, text) : hear(parts, asked, text, asker);
  }
  return /^(no|stop|pause|cancel|later|not now|never mind)\b/i.test(text)
    ? notNow(parts, '', asker)
    : begin(parts, text, asker, 'ask');
}

async function form(
  parts: IntakeParts,
  { verb, argument, values }: Extract<Request, { kind: 'form' }>,
  asker: Asker,
): Promise<Outcome> {
  switch (verb) {
    case 'name-form':
      return begin(parts, values['name'] ?? '', asker, 'fill');
    case 'reply':
      return submitReplyForm(parts, argument, values, asker);
    case 'pass-on':
      return submitPassOnForm(parts, argument, values, asker);
    case 'decide':
      return submitDecideForm(parts, argument, values, asker);
    case 'correct':
      return submitCorrectForm(parts, argument, values, asker);
  }
  const question = parseQuestion(argument);
  if (!question) return say(OVER);
  switch (verb) {
    case 'answer':
      return submitAnswer(parts, question, values, asker);
    case 'fill':
      return submitFill(parts, question, values, asker);
    case 'choose':
      return submitChoose(parts, question, values, asker);
    case 'colleague':
      return submitColleagueForm(parts, question, values, asker);
    default:
      return say(OVER);
  }
}

async function notNow(_parts: IntakeParts, _argument: string, { person }: Asker): Promise<Outcome> {
  return async (change) => {
    await askNothing(change.db, person.id);
    return [
      notice('Nothing was begun. Whenever you like:', {
        id: actionId('command', 'run', 'register'),
        label: 'Register an AI system',
      }),
    ];
  };
}

/** An interview is between a person and Steward; also the reply to a command may be one that vanishes. */
function inPrivate(outcome: Outcome, request: Request, { conversation, person, sender }: Asker): Outcome {
  const isDirect = conversation.kind === 'direct';
  if (isDirect && request.kind !== 'command') return outcome;
  return async (change, tell) => {
    const replies = await outcome(change, tell);
    const [first] = replies;
    if (first?.kind === 'form') return replies;
    for (const reply of replies) {
      tell({ key: `interview:${randomUUID()}`, person: person.id, reply, platform: sender.platform });
    }
    return isDirect ? [] : [notice('Let us do that between the two of us: I wrote to you in a direct message.')];
  };
}

import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, FormErrors, Reply } from '../../chat/reply.ts';
import { cleanText, literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { parseSystemKey, SYSTEM_STATE_NAMES, systemKey } from '../../records/ai-system/ai-system.ts';
import { likelyDuplicates } from '../../records/ai-system/duplicates.ts';
import { intakeOf, openIntakesOf, startIntake } from '../../records/ai-system/intakes.ts';
import { noteAsked } from '../../records/ai-system/interviewees.ts';
import { openPointsFor } from '../../records/ai-system/open-points.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { numberOf, TOPIC_IDS, type TopicId } from '../../records/ai-system/topics.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { OVER } from './answer.ts';
import { pointsReply } from './colleague.ts';
import { fillForm } from './fill.ts';
import { ask, end } from './flow.ts';
import type { IntakeParts } from './intake.ts';
import { isOver, readInterview, titleOf, topicAfter } from './interview.ts';

export const MAX_NAME = 80;

/** Drafts to go on with, and systems that look alike, that are listed. */
const MAX_LISTED = 4;

/** Begins with whatever follows the command: nothing, a name, or the key of a draft. */
export async function start(parts: IntakeParts, text: string, asker: Asker): Promise<Outcome> {
  const key = parseSystemKey(text);
  if (key !== undefined) return goOnWith(parts, key, asker);
  if (text !== '') return begin(parts, text, asker, 'ask');
  const [drafts, points] = await Promise.all([
    openIntakesOf(parts.db, asker.person.id),
    openPointsFor(parts.db, asker.person.id),
  ]);
  const waiting = points.length > 0 ? [pointsReply('Questions that wait for you', points)] : [];
  if (drafts.length === 0) return withBefore(waiting, askName(asker));
  const interviews = await Promise.all(drafts.slice(0, MAX_LISTED).map(({ id }) => readInterview(parts.db, id)));
  const actions = interviews.flatMap((interview): Action[] =>
    interview
      ? [
          {
            id: actionId('intake', 'go', String(interview.intake.id)),
            label: `Go on with ${shortened(titleOf(interview), 50)}${place(interview.intake.step)}`,
          },
        ]
      : [],
  );
  const count = drafts.length === 1 ? 'a draft that is' : `${drafts.length} drafts that are`;
  return say(
    notice(`You have ${count} not submitted yet. Go on with it, or register another system.`, ...actions, {
      id: actionId('intake', 'name'),
      label: 'Register another one',
    }),
  );
}

function withBefore(replies: readonly Reply[], outcome: Outcome): Outcome {
  return async (change, tell) => [...replies, ...(await outcome(change, tell))];
}

function place(step: TopicId | undefined): string {
  return step ? `, ${numberOf(step)} of ${TOPIC_IDS.length}` : '';
}

/** Asks what the system is called; the next message says it. */
export function askName({ person }: Pick<Asker, 'person'>): Outcome {
  return async (change) => {
    const card = await noteAsked(change.db, person.id, { stage: 'name' });
    return [
      {
        kind: 'notice',
        card,
        blocks: [
          {
            kind: 'text',
            text:
              '**What do you call the system?** A short name is enough, as people here say it. Then I ask fourteen questions, one at ' +
              'a time; it takes some ten minutes, and you can pause whenever you like.',
          },
        ],
        actions: [
          { id: actionId('intake', 'name-form'), label: 'Use a form instead', opensForm: true },
          { id: actionId('intake', 'not-now'), label: 'Not now' },
        ],
      },
    ];
  };
}

/** The way into the form of several steps. */
export function nameForm(): Reply {
  return {
    kind: 'form',
    form: {
      id: actionId('intake', 'name-form'),
      title: 'Register an AI system',
      intro: 'Fourteen questions, one a step. Every step is kept, so that you can close the form and go on later.',
      submitLabel: 'Next',
      opensForm: true,
      inputs: [
        {
          kind: 'text',
          name: 'name',
          label: 'What do you call the system?',
          multiline: false,
          maxLength: MAX_NAME,
          optional: false,
        },
      ],
    },
  };
}

export function checkNameForm({ name = '' }: FormValues): FormErrors {
  const clean = cleanText(name);
  if (clean === '') return { name: 'Give it a name.' };
  return clean.length > MAX_NAME ? { name: `Shorten it to ${MAX_NAME} characters.` } : {};
}

/**
 * Begins the interview about a system of this name, unless it looks like one that is there already.
 *
 * @param how one question at a time, or as a form
 */
export async function begin(
  parts: IntakeParts,
  name: string,
  asker: Asker,
  how: 'ask' | 'fill',
  isAnother = false,
): Promise<Outcome> {
  const clean = cleanText(name).replace(/\s+/g, ' ');
  const fault = checkNameForm({ name: clean })['name'];
  if (fault) return say(notice(`${fault} Nothing was begun.`));
  const alike = isAnother
    ? []
    : await likelyDuplicates(parts.db, { name: clean, vendor: undefined, purpose: undefined });
  if (alike.length > 0) {
    const lines = alike
      .slice(0, MAX_LISTED)
      .map(
        (other) =>
          `- ${systemKey(other.id)} ${literally(other.name)}: ${other.alike}, ${SYSTEM_STATE_NAMES[other.state].toLowerCase()}`,
      );
    const [first] = alike;
    return say(
      notice(
        `**${literally(clean)}** may be in the register already:\n${lines.join('\n')}\n\nOne system has one entry. Is yours another one?`,
        ...(first
          ? [{ id: actionId('register', 'show', String(first.id)), label: `Show ${systemKey(first.id)}` }]
          : []),
        ...(first?.state === 'draft'
          ? [{ id: actionId('intake', 'join', String(first.id)), label: `Work on ${systemKey(first.id)} too` }]
          : []),
        { id: actionId('intake', how === 'ask' ? 'another' : 'another-form', clean), label: 'It is another one' },
      ),
    );
  }
  return async (change) => {
    const { id } = await startIntake(change, { name: clean, startedBy: asker.person.id });
    const interview = await readInterview(change.db, id);
    if (!interview) return [OVER];
    if (how === 'fill') return [await fillForm(change.db, interview, 'I1', asker)];
    return [await ask(change, interview, 'I1', asker.person.id)];
  };
}

/** Goes on with a draft that anybody in the organisation may know of. */
async function goOnWith(parts: IntakeParts, system: number, asker: Asker): Promise<Outcome> {
  const found = await readSystem(parts.db, system);
  const intake = found && (await intakeOf(parts.db, system));
  if (!found) return say(notice(`There is no ${systemKey(system)}. \`/aims systems\` lists what there is.`));
  if (!intake || (intake.state !== 'open' && intake.state !== 'paused')) {
    return say(
      notice(
        `${systemKey(system)} ${literally(found.content.name)} is registered: ${SYSTEM_STATE_NAMES[found.state].toLowerCase()}. ` +
          'Its record is changed in the register.',
        { id: actionId('register', 'show', String(system)), label: `Show ${systemKey(system)}` },
      ),
    );
  }
  return go(parts, String(intake.id), asker);
}

export async function join(parts: IntakeParts, system: string, asker: Asker): Promise<Outcome> {
  return goOnWith(parts, numberIn(system), asker);
}

/** Goes on where an interview was left, on whatever platform. */
export async function go(parts: IntakeParts, intake: string, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(intake));
  if (!interview || isOver(interview)) return say(OVER);
  return async (change: Change) => {
    const { step } = interview.intake;
    const topic = step ?? topicAfter(interview);
    return [
      topic ? await ask(change, interview, topic, asker.person.id) : await end(change, interview, asker.person.id),
    ];
  };
}

import { actionId, numberIn } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { override } from '../../records/ai-system/change-systems.ts';
import { decisionOn, forgetDecision, keepDecision } from '../../records/ai-system/early-decision.ts';
import { inForce } from '../../records/ai-system/in-force.ts';
import { discardIntake, submitIntake } from '../../records/ai-system/intakes.ts';
import { askNothing } from '../../records/ai-system/interviewees.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { isTopicId, numberOf, TOPIC_IDS, TOPICS } from '../../records/ai-system/topics.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import { checkOverrideForm, decidedIn, overrideForm } from '../override-form.ts';
import { reviewCard, reviewersOf } from '../review-card.ts';
import { OVER } from './answer.ts';
import { endCard, overridesOf, stateOf } from './end.ts';
import { ask } from './flow.ts';
import type { IntakeParts } from './intake.ts';
import { type Interview, isOver, readInterview, titleOf } from './interview.ts';

/** Hands a draft in, as the person saw it. @param argument the interview, and what was seen of it */
export async function submit(parts: IntakeParts, argument: string, asker: Asker): Promise<Outcome> {
  const [id = '', seen = ''] = argument.split('.');
  return async (change, tell) => {
    const interview = await readInterview(change.db, numberIn(id));
    if (!interview) return [OVER];
    if (interview.intake.state === 'submitted') {
      return [notice(`${literally(titleOf(interview))} is submitted already. Nothing more was changed.`)];
    }
    if (isOver(interview)) return [OVER];
    const done = seen === stateOf(interview) && (await submitIntake(change, interview.intake, asker.person.id));
    if (done !== 'done') {
      return [
        notice(
          'Something was changed since this was shown. Look at it once more before you submit; nothing is submitted yet.',
        ),
        await endCard(change.db, interview),
      ];
    }
    await askNothing(change.db, asker.person.id);
    const decision = await decisionOn(change.db, interview.intake.id, interview.facts);
    if (decision) {
      const submitted = { id: interview.system.id, version: interview.system.version + 1 };
      await override(change, submitted, decision.decided, decision.reason);
    }
    await forgetDecision(change.db, interview.intake.id);
    return announce(parts, change, tell, interview, asker);
  };
}

async function announce(parts: IntakeParts, change: Change, tell: Tell, interview: Interview, asker: Asker) {
  const system = await readSystem(change.db, interview.system.id);
  if (!system) return [OVER];
  const { people, isCommittee } = await reviewersOf(change.db, parts.clock, system, asker.person.isExample);
  const key = systemKey(system.id);
  const card = await reviewCard(change.db, system);
  for (const { id } of people) tell({ key: `${key}:submitted:${system.version}:${id}`, person: id, reply: card });
  const name = literally(system.content.name);
  const { owner } = system;
  if (owner && owner.id !== asker.person.id && !people.some(({ id }) => id === owner.id)) {
    tell({
      key: `${key}:owner:${system.version}:${owner.id}`,
      person: owner.id,
      reply: notice(
        `${literally(asker.person.displayName)} registered **${key} ${name}** and named you as its owner. It waits for review.`,
        { id: actionId('register', 'show', String(system.id)), label: `Show ${key}` },
      ),
    });
  }
  const names = people.map((person) => literally(person.name)).join(' or ');
  const body = isCommittee ? ' for the AI governance committee' : '';
  const waiting = names
    ? `waiting for ${names}${body}`
    : 'waiting until somebody is compliance lead who did not submit it';
  const reply = notice(
    `**Recorded: ${key} ${name} is submitted**, version ${system.version}, and *${waiting}*. I tell you what becomes of it.`,
    { id: actionId('register', 'show', String(system.id)), label: `Show ${key}` },
  );
  return [{ ...reply, card: `interview-end:${interview.intake.id}` }];
}

export async function decideForm(parts: IntakeParts, id: string): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview)) return say(OVER);
  const { facts } = interview;
  const overrides = await overridesOf(parts.db, interview);
  const form = overrideForm(
    actionId('intake', 'decide', id),
    literally(titleOf(interview)),
    inForce({ facts, overrides }),
  );
  return say({ kind: 'form', form });
}

/** Puts a decision in the place of a proposal, on what is answered so far. */
export async function submitDecideForm(
  parts: IntakeParts,
  id: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkOverrideForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview)) return say(OVER);
  const { facts, intake, system } = interview;
  const decided = decidedIn(values, inForce({ facts, overrides: system.content.overrides }));
  if (Object.keys(decided).length === 0) return say(notice('That is what is proposed already. Nothing was changed.'));
  return async (change) => {
    const { reason = '' } = values;
    await keepDecision(change, intake, { decided, reason, facts }, asker.person.id);
    return [await endCard(change.db, (await readInterview(change.db, intake.id)) ?? interview)];
  };
}

/** Chooses an answer to change. */
export async function correctForm(parts: IntakeParts, id: string): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview)) return say(OVER);
  return say({
    kind: 'form',
    form: {
      id: actionId('intake', 'correct', id),
      title: 'Change an answer',
      intro: `**${literally(titleOf(interview))}**`,
      submitLabel: 'Show it',
      inputs: [
        {
          kind: 'select',
          name: 'topic',
          label: 'Question',
          optional: false,
          options: TOPIC_IDS.map((topic) => ({ value: topic, label: `${numberOf(topic)}. ${TOPICS[topic].title}` })),
        },
      ],
    },
  });
}

export function checkCorrectForm({ topic = '' }: FormValues): FormErrors {
  return isTopicId(topic) ? {} : { topic: 'Choose a question.' };
}

export async function submitCorrectForm(
  parts: IntakeParts,
  id: string,
  { topic = '' }: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview) || !isTopicId(topic)) return say(OVER);
  return async (change) => [await ask(change, interview, topic, asker.person.id)];
}

/** Asks before a draft is given up. */
export async function discard(parts: IntakeParts, id: string): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview)) return say(OVER);
  const answers = Object.keys(interview.intake.answers).length;
  return say(
    notice(
      `Discard **${literally(titleOf(interview))}** with its ${answers} answers? That is recorded, and the draft is no longer asked for. ` +
        'To go on another day, pause it instead.',
      { id: actionId('intake', 'discard-it', id), label: 'Discard it', style: 'danger' },
      { id: actionId('intake', 'pause', id), label: 'Pause instead' },
      { id: actionId('intake', 'go', id), label: 'Go on' },
    ),
  );
}

export async function discardIt(parts: IntakeParts, id: string, asker: Asker): Promise<Outcome> {
  const interview = await readInterview(parts.db, numberIn(id));
  if (!interview || isOver(interview)) return say(OVER);
  const { startedBy } = interview.intake;
  if (startedBy.id !== asker.person.id && !asker.person.roles.has('compliance_lead')) {
    return say(notice(`${literally(startedBy.name)} began it, and can discard it; so can the compliance lead.`));
  }
  return async (change) => {
    const done = await discardIntake(change, interview.intake, undefined);
    if (done !== 'done') return [notice('Somebody changed it just now. Nothing was discarded; look at it once more.')];
    await askNothing(change.db, asker.person.id);
    return [notice(`Recorded: ${literally(titleOf(interview))} is discarded. Its number is not used again.`)];
  };
}

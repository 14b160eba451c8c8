import { actionId } from '../../../chat/action-id.ts';
import type { FormErrors } from '../../../chat/reply.ts';
import { literally } from '../../../chat/text.ts';
import type { FormValues } from '../../../chat/turn.ts';
import { systemKey } from '../../../records/ai-system/ai-system.ts';
import { intakeOf, sendBack } from '../../../records/ai-system/intakes.ts';
import { comment } from '../../../records/ai-system/review-comments.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../../records/ai-system/topics.ts';
import { type Asker, type Outcome, say } from '../../feature.ts';
import { refused } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { mayHandle } from '../rights.ts';
import { announce } from './announce.ts';
import { checkReason, reasonInput } from './inputs.ts';
import { faultyForm, known, titled, underReview } from './under-review.ts';

/** Opens the interview again at single questions, with a comment. */
export async function sendBackForm(parts: RegisterParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const { system } = found;
  if (system.state !== 'submitted') return say(refused('wrong_state', system.id));
  return say({
    kind: 'form',
    form: {
      id: actionId('register', 'send-back', argument),
      title: `Send ${systemKey(system.id)} back`,
      intro: `**${literally(system.content.name)}** The interview opens again at these questions, with your comment.`,
      submitLabel: 'Send back',
      inputs: [
        {
          kind: 'choices',
          name: 'topics',
          label: 'Questions to answer again',
          optional: false,
          options: TOPIC_IDS.map((topic) => ({ value: topic, label: `${numberOf(topic)}. ${TOPICS[topic].title}` })),
        },
        reasonInput('What do you want to know?', false),
      ],
    },
  });
}

export function checkSendBackForm(values: FormValues): FormErrors {
  return {
    ...(topicsIn(values).length > 0 ? {} : { topics: 'Choose at least one question.' }),
    ...checkReason(values, true),
  };
}

function topicsIn({ topics = '' }: FormValues): TopicId[] {
  return TOPIC_IDS.filter((topic) => topics.split(',').includes(topic));
}

export async function submitSendBackForm(
  parts: RegisterParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await underReview(parts, argument, asker, mayHandle);
  if ('refusal' in found) return say(found.refusal);
  const faulty = faultyForm(checkSendBackForm(values));
  if (faulty) return faulty;
  const { system } = found;
  const { reason = '' } = values;
  const topics = topicsIn(values);
  return async (change, tell) => {
    const done = await sendBack(change, system, { reason, topics });
    if (done !== 'done') return [refused(done, system.id)];
    await comment(change, system.id, topics, reason, asker.person.id);
    const now = await known(change.db, system.id);
    const intake = await intakeOf(change.db, system.id);
    const titles = topics.map((topic) => TOPICS[topic].title.toLowerCase()).join(', ');
    const by = literally(asker.person.displayName);
    return announce({ parts, change, tell, asker }, now, {
      what: 'sent-back',
      told: `${by} sent ${titled(system)} back, with questions on ${titles}: ${literally(reason)}`,
      actions: intake
        ? [{ id: actionId('intake', 'go', String(intake.id)), label: 'Answer now', style: 'primary' }]
        : [],
      recorded: `${titled(system)} is sent back, with questions on ${titles}. Whoever submitted it is told.`,
    });
  };
}

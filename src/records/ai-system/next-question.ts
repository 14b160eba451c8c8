import { isAsked } from './asked.ts';
import { FACTS, type FactName, type Facts, factsOf, NONE, UNKNOWN } from './facts.ts';
import type { Intake } from './intake.ts';
import { TOPIC_IDS, type TopicId } from './topics.ts';

/** Topics that somebody else waits with: reviewers for an answer, and those for whom colleagues are asked. */
export interface WaitingTopics {
  /** A reviewer commented on them. */
  readonly commented: ReadonlySet<TopicId>;
  /** A question on them is open. */
  readonly open: ReadonlySet<TopicId>;
}

/**
 * The topic to ask next: those that a reviewer sent back, those that nobody was asked yet, and at last those that were skipped,
 * once more, but for those with an open question.
 *
 * @param after the topic that was asked last; the ones behind it come first
 * @returns undefined where everything was asked
 */
export function nextTopic(
  { answers }: Pick<Intake, 'answers'>,
  { commented, open }: WaitingTopics,
  after?: TopicId,
): TopicId | undefined {
  const start = after ? TOPIC_IDS.indexOf(after) + 1 : 0;
  const inOrder = [...TOPIC_IDS.slice(start), ...TOPIC_IDS.slice(0, start)];
  return (
    inOrder.find((topic) => commented.has(topic)) ??
    inOrder.find((topic) => !answers[topic] && !open.has(topic)) ??
    inOrder.find((topic) => topic !== after && answers[topic]?.mark === 'skipped' && !open.has(topic)) ??
    inOrder.find((topic) => answers[topic]?.mark === 'skipped' && !open.has(topic))
  );
}

/** The topic before; undefined for the first. */
export function topicBefore(topic: TopicId): TopicId | undefined {
  return TOPIC_IDS[TOPIC_IDS.indexOf(topic) - 1];
}

/**
 * The facts of a topic to choose next: those that matter and are not known, but for those whose question hangs on another one that
 * is not known either.
 *
 * @param offered what was offered already; whoever left it out is not asked again
 */
export function factsToChoose(topic: TopicId, facts: Facts, offered: ReadonlySet<FactName>): FactName[] {
  const unknown = factsOf(topic).filter((name) => facts[name] === undefined);
  return unknown.filter(
    (name) => !offered.has(name) && isAsked(facts, name) && !unknown.some((other) => hangsOn(name, other, facts)),
  );
}

/** Whether some choice for `other` would make `name` not worth asking. */
function hangsOn(name: FactName, other: FactName, facts: Facts): boolean {
  const definition = FACTS[other];
  if (name === other || !('options' in definition)) return false;
  return [...Object.keys(definition.options), UNKNOWN, NONE].some((option) => {
    const value = definition.kind === 'choices' && option !== UNKNOWN ? [option] : option;
    return !isAsked({ ...facts, [other]: value } as Facts, name);
  });
}

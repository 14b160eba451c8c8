import type { Block, Reply } from '../../chat/reply.ts';
import { literally, shortened, typedText } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import { namesOf } from '../../people/names.ts';
import { type AiSystem, systemKey } from '../../records/ai-system/ai-system.ts';
import { FACTS, factsOf, isKnown, sayFact } from '../../records/ai-system/facts.ts';
import { openPointsOf } from '../../records/ai-system/open-points.ts';
import { numberOf, TOPIC_IDS, TOPICS, type TopicId } from '../../records/ai-system/topics.ts';
import { proposalBlocks } from '../proposal-words.ts';
import { showButton } from './refused.ts';

const MAX_TEXT = 500;

/** What is said of a system, topic by topic, with the answers that colleagues gave. */
export async function answersCard(db: Db, system: AiSystem): Promise<Reply> {
  const { facts, texts } = system.content;
  const points = await openPointsOf(db, system.id);
  const blocks = TOPIC_IDS.flatMap((topic): Block[] => {
    const text = texts[topic];
    const lines = factsOf(topic).flatMap((name) => {
      const value = facts[name];
      if (value === undefined) return [];
      const isOwner = FACTS[name].kind === 'person' && isKnown(facts, name);
      const said = isOwner ? (system.owner?.name ?? 'somebody') : sayFact(name, value);
      return [`- ${FACTS[name].question} *${literally(said)}*`];
    });
    const answered = points
      .filter((point) => point.topic === topic && point.state === 'answered' && point.answeredBy && point.answer)
      .map(
        ({ answeredBy, answer }) =>
          `- ${literally(answeredBy?.name ?? '')}: ${literally(shortened(answer ?? '', 200))}`,
      );
    const said = text ? typedText(shortened(text, MAX_TEXT)) : '*Nothing is said on it.*';
    return [
      { kind: 'text', text: [`**${title(topic)}** ${said}`, [...lines, ...answered].join('\n')].join('\n\n').trim() },
    ];
  });
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `What is said of ${systemKey(system.id)} ${literally(system.content.name)}` },
      ...blocks,
    ],
    actions: [showButton(system.id)],
  };
}

function title(topic: TopicId): string {
  return `${numberOf(topic)}. ${TOPICS[topic].title}`;
}

/** What rules propose of a system, what was decided otherwise, and why. */
export async function proposalCard(db: Db, system: AiSystem): Promise<Reply> {
  const { overrides } = system.content;
  const names = await namesOf(
    db,
    Object.values(overrides).map(({ by }) => by),
  );
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Proposed of ${systemKey(system.id)} ${literally(system.content.name)}` },
      { kind: 'text', text: `By the rules of ${system.triage.rules}, from the answers. A person decides.` },
      ...proposalBlocks(system, overrides, (person) => names.get(person)),
    ],
    actions: [showButton(system.id)],
  };
}

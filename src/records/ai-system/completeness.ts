import { isAsked } from './asked.ts';
import { FACT_NAMES, FACTS, type FactName, type Facts, isKnown } from './facts.ts';
import { TOPIC_IDS, type TopicId } from './topics.ts';

export type Texts = Readonly<Partial<Record<TopicId, string>>>;

/** What is asked about a system and not known yet. Topics without a word said on them, and facts. */
export function missingFrom(texts: Texts, facts: Facts): { topics: TopicId[]; facts: FactName[] } {
  return {
    topics: TOPIC_IDS.filter((topic) => !texts[topic]?.trim()),
    facts: askedAbout(facts).filter((name) => !isKnown(facts, name)),
  };
}

/** The topics of which something is not known yet. */
export function incompleteTopics(texts: Texts, facts: Facts): TopicId[] {
  const missing = missingFrom(texts, facts);
  const open = new Set([...missing.topics, ...missing.facts.map((name) => FACTS[name].topic)]);
  return TOPIC_IDS.filter((topic) => open.has(topic));
}

/** The share of what is asked that is answered, 0 to 1. An "I don't know" is no answer. */
export function completeness(texts: Texts, facts: Facts): number {
  const missing = missingFrom(texts, facts);
  const asked = TOPIC_IDS.length + askedAbout(facts).length;
  return (asked - missing.topics.length - missing.facts.length) / asked;
}

function askedAbout(facts: Facts): FactName[] {
  return FACT_NAMES.filter((name) => isAsked(facts, name));
}

import type { AiSystem } from '../ai-system.ts';
import { STAGE_NAMES, SYSTEM_STATE_NAMES, systemKey } from '../ai-system.ts';
import { FACT_NAMES, FACTS, type FactDefinition, type FactName } from '../facts.ts';
import { TOPIC_IDS, TOPICS, type TopicId } from '../topics.ts';

/** A column of the register as a table. */
export interface Column {
  /** Its heading: `Name`, `I4 Users`, `origin`. */
  readonly heading: string;
  /** What it holds, for whoever fills it in. */
  readonly meaning: string;
  /** Read by an import; all others are worked out. */
  readonly isRead: boolean;
  readonly of: (system: AiSystem) => string;
}

export const KEY = 'Key';
export const NAME = 'Name';

/** The heading of a topic's words. */
export function topicHeading(topic: TopicId): string {
  return `${topic} ${TOPICS[topic].title}`;
}

/** The columns of the register, in their order. Facts are under their names, with several values by commas. */
export const COLUMNS: readonly Column[] = [
  read(KEY, 'AIS-n to change a system that is there; empty for a new one.', ({ id }) => systemKey(id)),
  read(NAME, 'What people call it.', ({ content }) => content.name),
  shown('State', ({ state }) => SYSTEM_STATE_NAMES[state]),
  shown('Version', ({ version }) => String(version)),
  shown('Stage', ({ stage }) => (stage ? STAGE_NAMES[stage] : '')),
  shown('EU AI Act', ({ tier }) => tier),
  shown('Roles', ({ roles }) => roles.join(',')),
  shown('Impact assessment', ({ impactDepth, isAssessmentDue }) => `${impactDepth}${isAssessmentDue ? ', due' : ''}`),
  shown('Controls', ({ controls }) => controls.join(',')),
  shown('Next review', ({ reviewOn }) => reviewOn ?? ''),
  shown('Complete', ({ completeness }) => `${Math.floor(completeness * 100)} %`),
  ...TOPIC_IDS.map((topic) =>
    read(topicHeading(topic), TOPICS[topic].question, ({ content }) => content.texts[topic] ?? ''),
  ),
  ...FACT_NAMES.map((name) => read(name, meaningOf(name), (system) => factCell(system, name))),
];

function read(heading: string, meaning: string, of: Column['of']): Column {
  return { heading, meaning, isRead: true, of };
}

function shown(heading: string, of: Column['of']): Column {
  return { heading, meaning: 'Worked out; not read by an import.', isRead: false, of };
}

function meaningOf(name: FactName): string {
  const definition: FactDefinition = FACTS[name];
  if (definition.kind === 'person') return `${definition.question} An e-mail address or a name.`;
  if (!('options' in definition)) return definition.question;
  const several = definition.kind === 'choices' ? 'One or several, with commas between' : 'One';
  const options = Object.entries(definition.options).map(([value, label]) => `${value}: ${label}`);
  return `${definition.question} ${several}:\n${[...options, 'unknown'].join('\n')}`;
}

function factCell({ content, owner }: AiSystem, name: FactName): string {
  const value = content.facts[name];
  if (value === undefined) return '';
  if (FACTS[name].kind === 'person') return owner?.name ?? 'unknown';
  return typeof value === 'string' ? value : value.join(',');
}

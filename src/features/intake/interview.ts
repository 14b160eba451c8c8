import type { Db } from '../../database/database.ts';
import { type AiSystem, type OpenPoint, systemKey } from '../../records/ai-system/ai-system.ts';
import { FACTS, type FactName, type Facts, factsOf, isKnown, sayFact } from '../../records/ai-system/facts.ts';
import type { Intake, IntakeAnswer } from '../../records/ai-system/intake.ts';
import { factsOfIntake, readIntake } from '../../records/ai-system/intakes.ts';
import { nextTopic } from '../../records/ai-system/next-question.ts';
import { openPointsOf } from '../../records/ai-system/open-points.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { openComments, type ReviewComment } from '../../records/ai-system/review-comments.ts';
import { isTopicId, type TopicId } from '../../records/ai-system/topics.ts';

/** An interview, with all that decides what is asked next. */
export interface Interview {
  readonly intake: Intake;
  readonly system: AiSystem;
  /** Questions that are open. */
  readonly points: readonly OpenPoint[];
  /** What reviewers want to know. */
  readonly comments: readonly ReviewComment[];
  /** Of all topics together. */
  readonly facts: Facts;
}

export async function readInterview(db: Db, intake: number): Promise<Interview | undefined> {
  const found = await readIntake(db, intake);
  const system = found && (await readSystem(db, found.system));
  if (!found || !system) return undefined;
  const points = await openPointsOf(db, found.system);
  return {
    intake: found,
    system,
    points: points.filter(({ state }) => state === 'open'),
    comments: await openComments(db, found.system),
    facts: factsOfIntake(found),
  };
}

export function isOver({ intake }: Interview): boolean {
  return intake.state !== 'open' && intake.state !== 'paused';
}

/** The topic to ask next; undefined where everything was asked. */
export function topicAfter({ intake, points, comments }: Interview, after?: TopicId): TopicId | undefined {
  const commented = new Set(comments.map(({ topic }) => topic));
  return nextTopic(intake, { commented, open: new Set(points.map(({ topic }) => topic)) }, after);
}

/** What people call the system: `Mia (AIS-3)`. */
export function titleOf({ system }: Pick<Interview, 'system'>): string {
  return `${system.content.name} (${systemKey(system.id)})`;
}

/** What is known of a topic, in plain words. @param nameOf the name of a person by id */
export function factLines(
  topic: TopicId,
  facts: Facts,
  nameOf: (person: string) => string | undefined,
): { readonly label: string; readonly value: string }[] {
  return factsOf(topic).flatMap((name) => {
    const value = facts[name];
    if (value === undefined) return [];
    const isPerson = FACTS[name].kind === 'person' && isKnown(facts, name);
    return [
      { label: FACTS[name].question, value: isPerson ? (nameOf(String(value)) ?? 'somebody') : sayFact(name, value) },
    ];
  });
}

/** The people whom facts name, by id. */
export function peopleIn(facts: Facts): string[] {
  return isKnown(facts, 'owner') ? [String(facts.owner)] : [];
}

/** What a button of a question carries: the question, and the answer that was shown with it. */
export interface AskedQuestion {
  readonly intake: number;
  readonly topic: TopicId;
  /** The version of the answer; 0 where there was none. */
  readonly seen: number;
  /** What else the button says. */
  readonly rest: string;
}

export function questionArgument({ intake, topic, seen }: Omit<AskedQuestion, 'rest'>, rest = ''): string {
  return `${intake}.${topic}.${seen}${rest && `.${rest}`}`;
}

/** @returns undefined for what no button of Steward's carries */
export function parseQuestion(argument: string): AskedQuestion | undefined {
  const [, intake, topic = '', seen, rest = ''] =
    /^(\d{1,15})\.(I\d{1,2})\.(\d{1,9})(?:\.(.*))?$/s.exec(argument) ?? [];
  if (!isTopicId(topic)) return undefined;
  return { intake: Number(intake), topic, seen: Number(seen), rest };
}

/** Facts as a button carries them, with a comma between. */
export function factNames(text: string): FactName[] {
  return text.split(',').filter((name): name is FactName => Object.hasOwn(FACTS, name));
}

export function versionOf(answer: IntakeAnswer | undefined): number {
  return answer?.version ?? 0;
}

import type { Named } from './ai-system.ts';
import type { Facts } from './facts.ts';
import type { TopicId } from './topics.ts';

/** The interview about one AI system. Its answers are a draft until it is submitted. */
export interface Intake {
  readonly id: number;
  readonly system: number;
  /** `open` while somebody is to answer; `paused` until they go on; `submitted`; `discarded`. Sent back, it is open again. */
  readonly state: IntakeState;
  /** The topic to ask next; undefined when all were asked. */
  readonly step: TopicId | undefined;
  /** Counted up with every change of state or step, so that two people, or a click twice, cannot change the same. */
  readonly version: number;
  readonly answers: Readonly<Partial<Record<TopicId, IntakeAnswer>>>;
  readonly startedBy: Named;
  readonly changedAt: Date;
}

export const INTAKE_STATES = ['open', 'paused', 'submitted', 'discarded'] as const;

export type IntakeState = (typeof INTAKE_STATES)[number];

/** The answer to one topic. */
export interface IntakeAnswer {
  readonly text: string;
  /** Of this topic alone. */
  readonly facts: Facts;
  /** `skipped` for now, and to be asked once more before the end; `asked_again` once, and so not a second time. */
  readonly mark: 'answered' | 'asked_again' | 'skipped';
  /** Counts from 1, by answer: two people can answer different topics at once. */
  readonly version: number;
  readonly by: Named;
  readonly at: Date;
}

/** Turns a person's words on a topic into facts. Says nothing that they did not say. */
export type ReadFacts = (topic: TopicId, text: string) => Promise<Facts>;

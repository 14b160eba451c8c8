import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { systemKey } from '../ai-system/ai-system.ts';
import { isForCommittee } from '../ai-system/for-committee.ts';
import { waitingReviews } from '../ai-system/waiting.ts';
import type { Reference } from '../reference.ts';

/** Something on record that waits for somebody's decision. */
export interface WaitingDecision {
  readonly about: Reference;
  /** What it is called, as it was typed. */
  readonly title: string;
  /** The version that is to be decided on, as its buttons carry it. */
  readonly version: number;
  readonly since: Date;
  /** It is for the AI governance committee; else for the compliance lead. */
  readonly isForCommittee: boolean;
}

/** What waits for a decision, the longest waiting first. @param now what came later does not count */
export async function waitingDecisions(db: Db, audience: Audience, now: Date): Promise<WaitingDecision[]> {
  // The register is for every member of the organisation.
  if (audience.guidanceOnly) return [];
  const reviews = await waitingReviews(db, now);
  return reviews.map(({ system, since }) => ({
    about: { kind: 'system', ref: systemKey(system.id) },
    title: system.content.name,
    version: system.version,
    since,
    isForCommittee: isForCommittee(system),
  }));
}

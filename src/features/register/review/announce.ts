import { notice } from '../../../chat/notice.ts';
import type { Action, Reply } from '../../../chat/reply.ts';
import { literally } from '../../../chat/text.ts';
import { writtenDay } from '../../../clock.ts';
import type { Change } from '../../../event-log/governed-change.ts';
import { type AiSystem, systemKey } from '../../../records/ai-system/ai-system.ts';
import type { Asker, Tell } from '../../feature.ts';
import { TIER_NAMES } from '../../proposal-words.ts';
import { reviewCard, reviewersOf } from '../../review-card.ts';
import { tellConcerned } from '../concerned.ts';
import { showButton } from '../refused.ts';
import type { RegisterParts } from '../register.ts';
import { inPlaceOfCard, known, titled } from './under-review.ts';

/** In what a decision on a system is said. */
export interface Announced {
  /** Names it: `approved`. */
  readonly what: string;
  /** To everybody concerned, and whoever else had the review card. */
  readonly told: string;
  /** What they can do with it, before *Show*. */
  readonly actions?: readonly Action[];
  /** To whoever did it. */
  readonly recorded: string;
}

/** Who decided, and where what they decided is written. */
export interface Decision {
  readonly parts: RegisterParts;
  readonly change: Change;
  readonly tell: Tell;
  readonly asker: Asker;
}

/** Tells everybody what was decided, in the place of the review card. */
export async function announce(
  { parts, change, tell, asker: { person } }: Decision,
  system: AiSystem,
  { what, told, actions = [], recorded }: Announced,
): Promise<Reply[]> {
  const { people } = await reviewersOf(change.db, parts.clock, system, person.isExample);
  const reply = inPlaceOfCard(system, notice(told, ...actions, showButton(system.id)));
  tellConcerned(tell, system, { what, reply, except: person.id, others: people });
  return [inPlaceOfCard(system, notice(`Recorded: ${recorded}`, showButton(system.id)))];
}

/** @param participants by whom it was decided, where that was several */
export async function approved(
  decision: Decision,
  id: number,
  reason: string,
  participants: readonly string[] = [],
): Promise<Reply[]> {
  const system = await known(decision.change.db, id);
  const by = literally(decision.asker.person.displayName);
  const whom = participants.length > 0 ? ` for the committee (${literally(participants.join(', '))})` : '';
  const because = reason ? ` They add: ${literally(reason)}` : '';
  const due = system.isAssessmentDue ? ' Its impact assessment is due now.' : '';
  const day = system.reviewOn ? ` It is reviewed again on ${writtenDay(system.reviewOn)}.` : '';
  const what = `${titled(system)} is approved`;
  return announce(decision, system, {
    what: 'approved',
    told: `${what} by ${by}${whom}.${because}${day}${due}`,
    recorded: `${what}.${day}${due} Everyone concerned is told.`,
  });
}

export async function retired(decision: Decision, id: number, reason: string): Promise<Reply[]> {
  const system = await known(decision.change.db, id);
  const what = `${titled(system)} is retired`;
  return announce(decision, system, {
    what: 'retired',
    told: `${what} by ${literally(decision.asker.person.displayName)}. Reason: ${literally(reason)}`,
    recorded: `${what}. Its record is kept.`,
  });
}

/** Gives the review of what turned out to be high-risk to the committee. */
export async function passToCommittee({ parts, change, tell, asker }: Decision, id: number): Promise<Reply[]> {
  const system = await known(change.db, id);
  const { people } = await reviewersOf(change.db, parts.clock, system, asker.person.isExample);
  const reply = await reviewCard(change.db, system);
  for (const one of people) {
    tell({ key: `${systemKey(id)}:review:${system.version}:${one.id}`, person: one.id, reply });
  }
  const names = people.map(({ name }) => literally(name)).join(' or ');
  const waiting = `Recorded: ${systemKey(id)} is ${TIER_NAMES[system.tier]}. It is *waiting for ${names || 'a committee chair'}*, because `;
  return [inPlaceOfCard(system, notice(`${waiting}the AI governance committee decides on it.`, showButton(id)))];
}

import { notice } from '../../chat/notice.ts';
import { literally } from '../../chat/text.ts';
import { age, type Clock, workingDaysAgo, writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import { holdersOf } from '../../people/question-contact.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { dueReviews, type WaitingSystem, waitingReviews } from '../../records/ai-system/waiting.ts';
import { reviewCard, reviewersOf } from '../review-card.ts';
import { showButton } from './refused.ts';

/** Working days after which a reviewer is reminded, and after which others hear of it. */
const PATIENCE = 2;
const ESCALATION = 5;

/** Reminds reviewers once, tells the committee's chair and administrators later, and says whose review is due. */
export async function reviewReminders(db: Db, clock: Clock): Promise<DirectMessage[]> {
  const late = await waitingReviews(db, workingDaysAgo(clock.now(), PATIENCE));
  const escalated = workingDaysAgo(clock.now(), ESCALATION);
  const messages: DirectMessage[] = [];
  for (const waiting of late) {
    messages.push(...(await remind(db, clock, waiting)));
    if (waiting.since < escalated) messages.push(...(await escalate(db, clock, waiting)));
  }
  for (const due of await dueReviews(db, clock.today())) messages.push(...(await announceDue(db, clock, due)));
  return messages;
}

async function remind(db: Db, clock: Clock, { system, isExample }: WaitingSystem): Promise<DirectMessage[]> {
  const { people } = await reviewersOf(db, clock, system, isExample);
  const reply = await reviewCard(db, system);
  const key = `${systemKey(system.id)}:reminder:${system.version}`;
  return people.map(({ id }) => ({ key: `${key}:${id}`, person: id, reply }));
}

async function escalate(db: Db, clock: Clock, { system, since, isExample }: WaitingSystem): Promise<DirectMessage[]> {
  const { people } = await reviewersOf(db, clock, system, isExample);
  const today = clock.today();
  const others = [
    ...(await holdersOf(db, 'committee_chair', today, isExample)),
    ...(await holdersOf(db, 'administrator', today, isExample)),
  ].filter(({ id }) => people.every((reviewer) => reviewer.id !== id));
  const whom = people.map(({ name }) => literally(name)).join(' or ') || 'a compliance lead, whom nobody has named';
  const reply = notice(
    `**${systemKey(system.id)} ${literally(system.content.name)}** has waited for ${age(since, clock.now())}: for ${whom}. ` +
      'They can decide on it, or give the review to somebody else.',
    showButton(system.id),
  );
  const key = `${systemKey(system.id)}:escalated:${system.version}`;
  return [...new Set(others.map(({ id }) => id))].map((id) => ({ key: `${key}:${id}`, person: id, reply }));
}

async function announceDue(db: Db, clock: Clock, { system, isExample }: WaitingSystem): Promise<DirectMessage[]> {
  const { people } = await reviewersOf(db, clock, system, isExample);
  const concerned = new Set([...people.map(({ id }) => id), ...(system.owner ? [system.owner.id] : [])]);
  const day = system.reviewOn ?? clock.today();
  const reply = notice(
    `The review of **${systemKey(system.id)} ${literally(system.content.name)}** is due since ${writtenDay(day)}. Is its record ` +
      'still right? Change what is not; whoever approves it then says when to look again.',
    showButton(system.id),
  );
  return [...concerned].map((id) => ({ key: `${systemKey(system.id)}:due:${day}:${id}`, person: id, reply }));
}

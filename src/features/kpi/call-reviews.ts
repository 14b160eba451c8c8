import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { DirectMessage } from '../../outbox/direct-messages.ts';
import type { Role } from '../../people/role.ts';
import { callQuarterlyReview, openReviews, readReview, reviewKey } from '../../records/kpi/reviews.ts';
import { committeeOf, reviewCard } from './review.ts';

/** Days after which the committee is asked for what came of a review. */
const PATIENCE = 14;

/** Days in which an incident record is told of. */
const NEWS = 7;

/** Calls the review of a quarter that is over, once. @returns the card for each of the committee */
export async function quarterlyReview(change: Change, clock: Clock): Promise<DirectMessage[]> {
  const today = clock.today();
  const id = await callQuarterlyReview(change, today);
  const review = id === undefined ? undefined : await readReview(change.db, id);
  if (!review) return [];
  const reply = await reviewCard(change.db, review);
  const committee = await everybody(change.db, today);
  return committee.map((person) => ({ key: `kpi:review:${review.id}:${person}`, person, reply }));
}

/** Asks for what came of reviews, and whether an incident asks for one; once each. */
export async function reviewReminders(db: Db, clock: Clock): Promise<DirectMessage[]> {
  const reviewers = await everybody(db, clock.today(), ['compliance_lead', 'committee_chair']);
  const waiting = await openReviews(db, daysAgo(clock, PATIENCE));
  const incidents = await newIncidents(db, daysAgo(clock, NEWS));
  return reviewers.flatMap((person) => [
    ...waiting.map(({ id }) => ({
      key: `kpi:review:${id}:reminder:${person}`,
      person,
      reply: notice(
        `Nothing is recorded yet of ${reviewKey(id)}, a review of the KPIs that was called two weeks ago.`,
        { id: actionId('kpi', 'review', String(id)), label: `Show ${reviewKey(id)}` },
      ),
    })),
    ...incidents.map((key) => ({
      key: `kpi:incident:${key}:${person}`,
      person,
      reply: notice(
        `${key}, an incident record, is among the evidence since the last days. After a major event the KPIs are worth a look; ` +
          'whether this is one, you decide.',
        { id: actionId('kpi', 'call'), label: 'Review after an event ...', opensForm: true },
      ),
    })),
  ]);
}

/** Keys of incident records that were added since a moment. */
async function newIncidents(db: Db, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('document', 'document.id', 'evidence.document_id')
    .innerJoin('evidence_version', 'evidence_version.document_id', 'evidence.document_id')
    .select('key')
    .distinct()
    .where('added_at', '>', since)
    .where('evidence_version.kind', '=', 'incident')
    .execute();
  return rows.map(({ key }) => key).sort();
}

/** Real people where there are any, otherwise example people. */
async function everybody(db: Db, today: string, roles?: readonly Role[]): Promise<string[]> {
  const real = await committeeOf(db, today, false, roles);
  return real.length > 0 ? real : committeeOf(db, today, true, roles);
}

function daysAgo(clock: Clock, days: number): Date {
  return new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000);
}

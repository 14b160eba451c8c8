import { actionId } from '../../chat/action-id.ts';
import type { Channel } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import type { Platform } from '../../chat/turn.ts';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { governedChange } from '../../event-log/governed-change.ts';
import type { DirectMessage, DirectMessages } from '../../outbox/direct-messages.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { allRegistrations } from '../../people/channel-audience.ts';
import type { Role } from '../../people/role.ts';
import { callQuarterlyReview, isReviewDue, openReviews, readReview, reviewKey } from '../../records/kpi/reviews.ts';
import type { ChannelReaders } from '../channel-readers.ts';
import { committeeOf, reviewCard } from './review.ts';

/** Days after which the committee is asked for what came of a review. */
const PATIENCE = 14;

/** Days in which an incident record is told of. */
const NEWS = 7;

export interface ReviewCallParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly readers: ChannelReaders;
  readonly outbox: Outbox;
  readonly directMessages: DirectMessages;
}

/**
 * Calls the review of the quarter that is over, once. Its card goes to the channels that are the committee's, or where there is none
 * to each of the committee.
 */
export async function callDueReview(parts: ReviewCallParts): Promise<void> {
  const { db, clock, readers, outbox, directMessages } = parts;
  const today = clock.today();
  if (!(await isReviewDue(db, today))) return;
  const places = await committeeChannels(parts);
  const posted = await governedChange(db, { kind: 'system' }, async (change) => {
    const id = await callQuarterlyReview(change, today);
    const review = id === undefined ? undefined : await readReview(change.db, id);
    if (!review) return [];
    const reply = await reviewCard(change.db, review);
    for (const { known } of places) await readers.refuseChanged(change.db, known);
    const key = `kpi:review:${review.id}`;
    if (places.length > 0) {
      const messages = places.map(({ channel, address }) => ({ key: `${key}:channel:${channel}`, address, reply }));
      return outbox.post(change.db, messages);
    }
    const committee = await everybody(change.db, today);
    return directMessages.post(
      change.db,
      committee.map((person) => ({ key: `${key}:${person}`, person, reply })),
    );
  });
  await outbox.send(posted);
}

/** The channels in which everybody may see what is for the committee, as the platform says now. */
async function committeeChannels({ db, channels, readers }: ReviewCallParts) {
  const registered = await allRegistrations(db);
  const looked = await Promise.all(
    registered
      .filter(({ audience, address }) => audience === 'committee' && channels.has(address.platform))
      .map(async ({ id, address }) => ({ channel: id, address, known: await readers.audienceOfPlace(address) })),
  );
  return looked.filter(({ known }) => known.audience.visibilities.includes('committee'));
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

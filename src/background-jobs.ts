import type { ChannelWatch } from './assistant/channel-watch.ts';
import type { Config } from './config.ts';
import { governedChange } from './event-log/governed-change.ts';
import { actionReminders } from './features/actions/remind.ts';
import type { DigestParts } from './features/digest/parts.ts';
import { postDueDigests } from './features/digest/post.ts';
import { refreshDigests } from './features/digest/refresh.ts';
import { watchDigests } from './features/digest/watch.ts';
import { evidenceReminders } from './features/evidence/remind.ts';
import { gathered } from './features/gather-reminders.ts';
import { interviewReminders } from './features/intake/remind.ts';
import { callDueReview, reviewReminders as kpiReviewReminders } from './features/kpi/call-reviews.ts';
import { kpiReminders } from './features/kpi/remind.ts';
import { reviewReminders } from './features/register/remind.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Departures } from './outbox/departures.ts';
import type { People } from './people/people.ts';
import { removeOld } from './privacy/retention.ts';
import { noteTold } from './records/action-item/due-reminders.ts';
import { takeWeeklySnapshot } from './records/kpi/snapshots.ts';
import type { Vectors } from './retrieval/vectors.ts';

export interface BackgroundParts extends DigestParts {
  readonly jobs: Jobs;
  readonly people: People;
  readonly departures: Departures;
  readonly channelWatch: ChannelWatch;
  /** Undefined where no embedding model is configured. */
  readonly vectors: Vectors | undefined;
  readonly retention: Config['retention'];
}

/** All that Steward does by the clock. */
export async function defineJobs(parts: BackgroundParts): Promise<void> {
  const { db, clock, log, jobs, outbox, people, departures, channels, channelWatch, vectors, retention } = parts;
  await jobs.define('send-outbox', '* * * * *', () => outbox.sendDue());
  await jobs.soon('send-outbox', 0);
  await jobs.define('remind', '0 9 * * 1-5', () => remind(parts));
  await jobs.define('measure-kpis', '0 6 * * *', async () => {
    await governedChange(db, { kind: 'system' }, (change) => takeWeeklySnapshot(change, clock.today()));
  });
  await jobs.define('review-kpis', '0 8 * * *', () => callDueReview(parts));
  await jobs.define('post-digests', '* * * * *', async () => {
    await postDueDigests(parts);
    await watchDigests(parts);
    await refreshDigests(parts);
  });
  await jobs.soon('post-digests', 0);
  await jobs.define('check-channels', '*/5 * * * *', () => channelWatch.checkDue());
  const lookAgain = () => lookAgainAtOwners({ people, departures, channels, log });
  await jobs.define('look-again-at-people', '30 5 * * *', lookAgain, 'alone');
  await jobs.define('remove-old', '15 3 * * *', () => removeOld({ db, clock, log, retention }), 'alone');
  if (vectors) {
    const embed = async () => {
      if (await vectors.fill()) await jobs.soon('embed-passages', 0);
    };
    await jobs.define('embed-passages', '* * * * *', embed, 'alone');
    await jobs.soon('embed-passages', 0);
  }
}

/** Tells people what waits for them. */
async function remind({ db, clock, outbox, directMessages }: BackgroundParts): Promise<void> {
  const actions = await actionReminders(db, clock);
  const messages = [
    ...gathered([...(await interviewReminders(db, clock)), ...(await reviewReminders(db, clock)), ...actions.messages]),
    ...(await kpiReminders(db, clock)),
    ...(await kpiReviewReminders(db, clock)),
  ];
  const posted = await db.transaction().execute(async (transaction) => {
    await noteTold(transaction, actions.due);
    const ofEvidence = await evidenceReminders(transaction, clock);
    return directMessages.post(transaction, [...messages, ...ofEvidence]);
  });
  await outbox.send(posted);
}

/** Asks the platforms about everybody who is responsible for something, and tells of those who left. */
async function lookAgainAtOwners({
  people,
  departures,
  channels,
  log,
}: Pick<BackgroundParts, 'people' | 'departures' | 'channels' | 'log'>): Promise<void> {
  for (const person of await departures.owners()) {
    await people
      .lookAgain(person, (platform) => channels.has(platform))
      .catch((error: unknown) => log.warn({ err: error }, 'A platform could not be asked about somebody with a role.'));
  }
  await departures.tell();
}

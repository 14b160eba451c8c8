import { replyAsText } from '../chat/text.ts';
import { systemClock } from '../clock.ts';
import { configFromEnvironment } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { loadSigningKey } from '../event-log/head.ts';
import { composeDigest } from '../features/digest/compose.ts';
import { templateHeadline } from '../features/digest/headline.ts';
import { createLog } from '../log.ts';
import { openLanguage } from '../open.ts';
import { audienceOfChannel } from '../people/audience.ts';
import { readSituation } from '../records/digest/read-situation.ts';
import { periodAt } from '../records/digest/schedule.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** Prints the digest that the committee would get now. Nothing is posted or kept. */
export async function previewDigest(options: { json?: boolean }): Promise<void> {
  const config = configFromEnvironment();
  const log = createLog(config.logLevel);
  const clock = systemClock(config.timeZone);
  const now = clock.now();
  const { db, close } = await openDatabase(config.database, (error) =>
    log.warn({ err: error }, 'A connection was lost.'),
  );
  try {
    const situation = await readSituation({
      db,
      audience: audienceOfChannel('committee'),
      now,
      today: clock.today(),
      since: new Date(now.getTime() - WEEK),
      signingKey: await loadSigningKey(config.eventLogKeyFile),
    });
    const writer = (await openLanguage(config, db, log))?.headline;
    const { headline, comment } = (await writer?.(situation)) ?? templateHeadline(situation);
    const period = periodAt(config, now);
    if (options.json) {
      console.log(JSON.stringify({ period, headline, comment: comment ?? null, ...situation }));
      return;
    }
    const content = { situation, headline, comment, late: undefined, settled: [] };
    console.log(replyAsText(composeDigest({ id: undefined, period, content, accounts: new Map() })));
  } finally {
    await close();
  }
}

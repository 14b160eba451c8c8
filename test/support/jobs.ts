import type { App } from '../../src/app.ts';
import { Jobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log.ts';

/** Has a background job run now, as its schedule would. It is over some seconds later. */
export async function runJob({ database }: App, name: string): Promise<void> {
  const jobs = new Jobs(database, 'UTC', createLog('silent'));
  await jobs.start();
  await jobs.soon(name, 0);
  await jobs.stop();
}

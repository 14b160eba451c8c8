import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';

/** Background work. Jobs live in the database; each run has one winner among the replicas. */
export class Jobs {
  readonly #boss: PgBoss;
  readonly #timeZone: string;

  constructor(database: Database, timeZone: string, log: Logger) {
    this.#timeZone = timeZone;
    this.#boss = new PgBoss({ ...database.connection, max: 3, application_name: 'steward-jobs' });
    this.#boss.on('error', (error) => log.error({ err: error }, 'A background job failed.'));
  }

  async start(): Promise<void> {
    await this.#boss.start();
  }

  /** Waits for running jobs, 20 seconds at most. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 20_000 });
  }

  /**
   * Runs `work` by the clock and whenever `soon` asks for it.
   *
   * @param cron in the organisation's time zone
   * @param runs whether one run may begin while another goes on, here or on another replica
   */
  async define(
    name: string,
    cron: string,
    work: () => Promise<void>,
    runs: 'together' | 'alone' = 'together',
  ): Promise<void> {
    // Whoever runs alone and dies must not keep the others waiting: its heartbeat is missed.
    await this.#boss.createQueue(name, runs === 'alone' ? { policy: 'stately', heartbeatSeconds: 60 } : {});
    await this.#boss.work(name, { pollingIntervalSeconds: 2 }, work);
    await this.#boss.schedule(name, cron, null, { tz: this.#timeZone });
  }

  /** Asks for an extra run in so many seconds. */
  async soon(name: string, seconds: number): Promise<void> {
    await this.#boss.send(name, null, { startAfter: Math.ceil(seconds) });
  }
}

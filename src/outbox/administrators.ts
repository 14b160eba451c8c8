import type { Logger } from 'pino';
import { notice } from '../chat/notice.ts';
import type { Trouble } from '../chat/trouble.ts';
import { type Clock, writtenDay } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { currentAssignments } from '../people/role-assignments.ts';
import type { DirectMessages } from './direct-messages.ts';

export interface AdministratorsParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly directMessages: DirectMessages;
  /** Asks for the outbox to be sent. */
  readonly sendSoon: () => Promise<void>;
}

/** Tells administrators what they have to mend, each once a day for each cause. */
export class Administrators {
  readonly #parts: AdministratorsParts;
  /** The day on which this process told of each cause. */
  readonly #told = new Map<string, string>();

  constructor(parts: AdministratorsParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async tell(trouble: Trouble): Promise<void> {
    const { db, clock, log, directMessages, sendSoon } = this.#parts;
    const { cause, text, silences: notOn } = trouble;
    const today = clock.today();
    if (this.#told.get(cause) === today) return;
    // It may be read days later, by somebody who could not be reached.
    const reply = notice(`${writtenDay(today)}: ${text}`);
    try {
      const posted = await db.transaction().execute(async (transaction) => {
        const messages = (await administratorsOn(transaction, today)).map((person) => ({
          key: `trouble:${today}:${cause}:${person}`,
          person,
          reply,
          ...(notOn ? { notOn } : {}),
        }));
        if (messages.length > 0) this.#told.set(cause, today);
        // The key keeps other replicas, and this one after a restart, from telling again.
        return directMessages.post(transaction, messages);
      });
      if (posted.length > 0) await sendSoon();
    } catch (error) {
      this.#told.delete(cause);
      log.warn({ err: error, cause }, 'Administrators could not be told what they have to mend.');
    }
  }
}

/** @returns the ids of those who hold the role, and of their deputies */
async function administratorsOn(db: Db, today: string): Promise<string[]> {
  const assignments = await currentAssignments(db, today);
  const holders = assignments.filter(({ role }) => role === 'administrator');
  return [...new Set(holders.flatMap(({ person, deputy }) => (deputy ? [person, deputy] : [person])))];
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import { type StoredTurn, storeTurn, takeTurns } from '../inbox/inbox.ts';

/** Turns that one process works on at the same time. Those that wait for a language model lend their place to others. */
const WORKING = 8;

/** Turns in a process's memory, with those that wait for a language model. All others wait in the inbox. */
const IN_HAND = 64;

/** How often a process looks for turns that others left behind or have no place for, in milliseconds. */
const LOOK = 1_000;

export interface IntakeParts {
  readonly db: Db;
  readonly log: Logger;
  /** Handles a turn. Never rejects. */
  readonly handle: (stored: StoredTurn) => Promise<void>;
  /** Called again and again while there is no free place. */
  readonly whileFull: () => Promise<void>;
}

/** Stores turns, and begins them as places become free: what arrives here, and what waits in the inbox that all replicas share. */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #inHand = 0;
  #lent = 0;
  /** Turns may wait in the inbox. */
  #mayWait = true;
  #isTaking = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Begins to look for turns in the inbox. */
  start(): void {
    this.#follow(this.#look());
  }

  /** Begins no more turns, and waits for those that were begun. The others stay in the inbox. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async receive(turn: Turn): Promise<'taken' | 'repeated'> {
    // Where nobody waits, a turn begins with the insert that stores it.
    const begins = !this.#mayWait && !this.#isTaking && this.#free > 0;
    if (begins) this.#inHand += 1;
    let stored: StoredTurn | undefined;
    try {
      stored = await storeTurn(this.#parts.db, turn, begins);
    } finally {
      if (begins && !stored) this.#leave();
    }
    if (!stored) return 'repeated';
    if (begins) this.#begin(stored);
    else this.#somebodyWaits();
    return 'taken';
  }

  /** Lends a turn's place to another one. Coming back, it does not queue: it has waited long enough. */
  async lendPlace<T>(work: () => Promise<T>): Promise<T> {
    this.#lent += 1;
    if (this.#mayWait) this.#follow(this.#take());
    try {
      return await work();
    } finally {
      this.#lent -= 1;
    }
  }

  get #free(): number {
    if (this.#stopped.signal.aborted) return 0;
    return Math.min(WORKING + this.#lent, IN_HAND) - this.#inHand;
  }

  async #look(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      this.#somebodyWaits();
      if (this.#free <= 0) this.#follow(this.#parts.whileFull());
      await pause(LOOK, undefined, { signal }).catch(() => undefined);
    }
  }

  #somebodyWaits(): void {
    this.#mayWait = true;
    this.#follow(this.#take());
  }

  async #take(): Promise<void> {
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      while (this.#mayWait && this.#free > 0) {
        const places = this.#free;
        // Before the inbox is asked: whoever is stored meanwhile says so anew.
        this.#mayWait = false;
        const turns = await takeTurns(this.#parts.db, places);
        if (turns.length === places) this.#mayWait = true;
        this.#inHand += turns.length;
        for (const stored of turns) this.#begin(stored);
      }
    } finally {
      this.#isTaking = false;
    }
  }

  /** Of a turn that has its place. */
  #begin(stored: StoredTurn): void {
    this.#follow(this.#parts.handle(stored).finally(() => this.#leave()));
  }

  #leave(): void {
    this.#inHand -= 1;
    if (this.#mayWait) this.#follow(this.#take());
  }

  #follow(work: Promise<void>): void {
    const followed = work
      .catch((error: unknown) =>
        this.#parts.log.warn({ err: error }, 'The inbox could not be read; it is tried again.'),
      )
      .finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }
}

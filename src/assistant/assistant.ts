import type { Logger } from 'pino';
import { actionId, parseActionId } from '../chat/action-id.ts';
import type { Channel, Profile, Receiver } from '../chat/channel.ts';
import { notice } from '../chat/notice.ts';
import type { FormErrors, Reply } from '../chat/reply.ts';
import { cleanText, literally, MAX_MESSAGE_LENGTH } from '../chat/text.ts';
import type { Address, FormValues, Platform, Sender, Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';
import { type Feature, type Outcome, say } from '../features/feature.ts';
import { AlreadyHandled, finishTurn, giveBackTurn, type StoredTurn } from '../inbox/inbox.ts';
import { claimNotice, turnsToShow, type WaitingTurn } from '../inbox/waiting.ts';
import type { Departures } from '../outbox/departures.ts';
import type { DirectMessage, DirectMessages } from '../outbox/direct-messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { actorOf, type People, type Person } from '../people/people.ts';
import type { ChannelWatch, TurnAudience } from './channel-watch.ts';
import { Intake } from './intake.ts';
import type { Route, Switchboard } from './switchboard.ts';

export interface AssistantParts {
  readonly db: Db;
  readonly log: Logger;
  readonly people: People;
  readonly switchboard: Switchboard;
  readonly features: readonly Feature[];
  readonly outbox: Outbox;
  readonly directMessages: DirectMessages;
  readonly channelWatch: ChannelWatch;
  readonly departures: Departures;
  readonly channels: ReadonlyMap<Platform, Channel>;
  /** Told how long each turn took, in seconds. */
  readonly observe: (outcome: 'answered' | 'failed', seconds: number) => void;
}

/** The switchboard's clerk: takes turns in, has them handled, and sees to it that the replies go out. */
export class Assistant implements Receiver {
  readonly #parts: AssistantParts;
  readonly #intake: Intake;

  constructor(parts: AssistantParts) {
    this.#parts = parts;
    this.#intake = new Intake({
      db: parts.db,
      log: parts.log,
      handle: (stored) => this.#handle(stored),
      whileFull: () => this.#showWaiting(),
    });
  }

  /** Begins to handle turns: new ones, those that wait, and those that a process which is gone left behind. */
  start(): void {
    this.#intake.start();
  }

  /** Waits until everything that was begun is answered. What waits stays in the inbox, for the next process. */
  async stop(): Promise<void> {
    await this.#intake.stop();
  }

  receive(turn: Turn): Promise<'taken' | 'repeated'> {
    return this.#intake.receive(turn);
  }

  checkForm(form: string, values: FormValues): FormErrors {
    const id = parseActionId(form);
    const feature = this.#parts.features.find((candidate) => candidate.name === id?.feature);
    return feature?.checkForm?.(id?.verb ?? '', values) ?? {};
  }

  async arrive(sender: Sender, address: Address): Promise<void> {
    const { db, log, people, outbox, directMessages } = this.#parts;
    try {
      const person = await people.identify(sender, address);
      const waited = await db
        .transaction()
        .execute((transaction) => directMessages.reach(transaction, person.id, address));
      await outbox.send(waited);
    } catch (error) {
      log.warn({ err: error }, 'Somebody came, and it could not be noted; their next message is.');
    }
  }

  async joined(conversation: Address): Promise<void> {
    try {
      await this.#parts.channelWatch.joined(conversation);
    } catch (error) {
      this.#parts.log.warn(
        { err: error },
        'That somebody joined could not be noted; the channel is checked before an answer.',
      );
    }
  }

  async changed(sender: Sender, profile: Profile): Promise<void> {
    const { log, people, departures } = this.#parts;
    try {
      await people.observe(sender, profile);
      if (profile.standing === 'deactivated') await departures.tell();
    } catch (error) {
      log.warn(
        { err: error },
        'What a platform says of somebody could not be noted; everybody with a role is asked about daily.',
      );
    }
  }

  async #showWaiting(): Promise<void> {
    const turns = await turnsToShow(this.#parts.db);
    await Promise.all(turns.map((waiting) => this.#showWaits(waiting)));
  }

  async #showWaits({ id, turn: { address, content } }: WaitingTurn): Promise<void> {
    const { db, outbox, channels } = this.#parts;
    if (await channels.get(address.platform)?.showWorking(address)) return;
    const what = content.kind === 'message' ? 'Your question' : 'What you asked for';
    const reply = notice(`Many people are asking at the moment. ${what} is in the queue; the answer comes here.`);
    const posted = await db.transaction().execute(async (transaction) => {
      const isFirst = await claimNotice(transaction, id);
      return isFirst ? outbox.post(transaction, [{ key: `turn:${id}:waiting`, address, reply }]) : [];
    });
    await outbox.send(posted);
  }

  /** Never rejects: a turn that fails is given back to the inbox, and the person is told when it is given up. */
  async #handle(stored: StoredTurn): Promise<void> {
    const { log, observe } = this.#parts;
    const started = performance.now();
    try {
      const messages = await this.#answer(stored);
      await this.#parts.outbox.send(messages);
      observe('answered', (performance.now() - started) / 1000);
    } catch (error) {
      if (error instanceof AlreadyHandled) return;
      observe('failed', (performance.now() - started) / 1000);
      log.error({ turn: stored.id, attempt: stored.attempt, err: error }, 'A turn failed.');
      await this.#giveBack(stored, error).catch((cause: unknown) =>
        log.error({ turn: stored.id, err: cause }, 'A failed turn could not be given back; it is taken over later.'),
      );
    }
  }

  /** @returns the ids of the replies in the outbox */
  async #answer(stored: StoredTurn): Promise<number[]> {
    const { turn } = stored;
    const { db, people, switchboard, channels, channelWatch } = this.#parts;
    const working = channels.get(turn.address.platform)?.showWorking(turn.address);
    const person = await people.identify(turn.sender, turn.address);
    const readers = await channelWatch.audienceOf(turn, person);
    const outcome = await this.#think(switchboard.route(turn.content), turn, person, readers);
    await working;
    const actor = actorOf(person, turn.sender.platform);
    return governedChange(db, actor, async (change) => {
      await channelWatch.refuseChanged(change.db, readers);
      return this.#commit(change, stored, person, outcome);
    });
  }

  async #think(route: Route, turn: Turn, person: Person, { audience }: TurnAudience): Promise<Outcome> {
    if (route.kind !== 'feature') return say(explain(route));
    if (person.standing === 'deactivated') {
      return say(
        notice('Your account is deactivated on this platform, so I cannot answer here. Ask an administrator.'),
      );
    }
    const { sender, conversation } = turn;
    return route.feature.respond(route.request, {
      person,
      sender,
      conversation,
      audience,
      address: turn.address,
      showDraft: (markdown) => this.#parts.channels.get(turn.address.platform)?.showDraft?.(turn.address, markdown),
      whileWaiting: (work) => this.#intake.lendPlace(work),
    });
  }

  async #commit(change: Change, { id, turn }: StoredTurn, person: Person, outcome: Outcome): Promise<number[]> {
    const { outbox, directMessages } = this.#parts;
    await finishTurn(change.db, id);
    const told: DirectMessage[] = [];
    const replies = await outcome(change, (message) => told.push(message));
    await rememberSaid(change.db, turn, person);
    const posted = await outbox.post(
      change.db,
      replies.map((reply, index) => ({ key: `turn:${id}:${index}`, address: turn.address, reply })),
    );
    const isDirect = turn.conversation.kind === 'direct';
    const waited = isDirect ? await directMessages.reach(change.db, person.id, turn.address) : [];
    return [...posted, ...waited, ...(await directMessages.post(change.db, told))];
  }

  async #giveBack(stored: StoredTurn, error: unknown): Promise<void> {
    const { db, outbox } = this.#parts;
    const failure = error instanceof Error ? error.name : 'unknown';
    const apology = await db.transaction().execute(async (transaction) => {
      if (await giveBackTurn(transaction, stored, failure)) return undefined;
      const reply = notice(
        'Something went wrong on my side and nothing was changed. Please try again; if it happens once more, tell your ' +
          `administrator the number ${stored.id}: it leads to the fault in the log.`,
      );
      await rememberSaid(transaction, stored.turn, undefined);
      return outbox.post(transaction, [{ key: `turn:${stored.id}:failed`, address: stored.turn.address, reply }]);
    });
    if (apology) await outbox.send(apology);
  }
}

/**
 * Keeps what a person said for a short while, for follow-up questions. What Steward says, the outbox keeps.
 *
 * @param person undefined where the turn failed before it was known who spoke
 */
async function rememberSaid(db: Db, turn: Turn, person: Person | undefined): Promise<void> {
  if (turn.content.kind !== 'message' && turn.content.kind !== 'command') return;
  const { platform, workspace, conversation, thread } = turn.address;
  const text = cleanText(turn.content.text).slice(0, MAX_MESSAGE_LENGTH);
  await db
    .insertInto('thread_message')
    .values({ platform, workspace, conversation, thread, person_id: person?.id ?? null, text, reply: null })
    .execute();
}

function explain(route: Exclude<Route, { kind: 'feature' }>): Reply {
  switch (route.kind) {
    case 'empty':
      return notice('Ask me anything about ISO/IEC 42001, for example: who has to sign the AI policy?', {
        id: actionId('command', 'run', 'help'),
        label: 'What can you do?',
      });
    case 'files':
      return notice('I cannot keep files as evidence yet. Ask me in words what you want to know about it.');
    case 'too-long':
      return notice(
        `That is ${route.length.toLocaleString('en')} characters; I read up to ${MAX_MESSAGE_LENGTH.toLocaleString('en')}. ` +
          'Send the question itself in a few sentences.',
      );
    case 'unknown-command': {
      const typed = `There is no \`/aims ${route.word.replaceAll('`', '').slice(0, 40)}\`.`;
      if (!route.nearest) {
        return notice(`${typed} \`/aims help\` lists what there is.`, {
          id: actionId('command', 'run', 'help'),
          label: 'Show commands',
        });
      }
      return notice(`${typed} Did you mean \`/aims ${literally(route.nearest)}\`?`, {
        id: actionId('command', 'run', route.nearest),
        label: `/aims ${route.nearest}`,
      });
    }
    case 'unknown-action':
      return notice('That button no longer leads anywhere. Ask again, or use `/aims help` to see what I can do.');
  }
}

import type { Logger } from 'pino';
import { actionId, parseActionId } from '../chat/action-id.ts';
import type { Channel, Profile, Receiver } from '../chat/channel.ts';
import { notice } from '../chat/notice.ts';
import type { Feedback, Form, FormErrors, NoticeReply, Reply } from '../chat/reply.ts';
import { cleanText, literally, MAX_MESSAGE_LENGTH } from '../chat/text.ts';
import type { Address, FormValues, Platform, Sender, Turn } from '../chat/turn.ts';
import type { Db } from '../database/database.ts';
import { type Change, governedChange } from '../event-log/governed-change.ts';
import { type Asker, type Feature, type Outcome, say } from '../features/feature.ts';
import { AlreadyHandled, finishTurn, giveBackTurn, holdTurn, noteDraft, type StoredTurn } from '../inbox/inbox.ts';
import { claimNotice, turnsToShow, type WaitingTurn } from '../inbox/waiting.ts';
import type { Departures } from '../outbox/departures.ts';
import type { DirectMessage, DirectMessages } from '../outbox/direct-messages.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { actorOf, type People, type Person } from '../people/people.ts';
import type { ChannelWatch, TurnAudience } from './channel-watch.ts';
import { follows } from './follows.ts';
import { home } from './home.ts';
import { Intake } from './intake.ts';
import { showRest } from './show-rest.ts';
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
  /** Brings up to date what shows the state of other things, after somebody pressed a button or submitted a form. */
  readonly afterPress: () => Promise<void>;
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

  follows(sender: Sender, thread: Address, namesOthers = false): Promise<boolean> {
    return follows(this.#parts.db, sender, thread, namesOthers);
  }

  async home(sender: Sender, place: Address): Promise<readonly NoticeReply[]> {
    const { people, features } = this.#parts;
    return home(features, await people.identify(sender, place));
  }

  formOf(action: string): Form | undefined {
    const id = parseActionId(action);
    const feature = this.#parts.features.find((candidate) => candidate.name === id?.feature);
    return feature?.formOf?.(id?.verb ?? '', id?.argument ?? '');
  }

  feedbackOn(place: Address, messageId: string): Promise<Feedback | undefined> {
    return this.#parts.outbox.feedbackOn(place, messageId);
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
      await this.#bringUpToDate(stored);
    } catch (error) {
      if (error instanceof AlreadyHandled) return;
      observe('failed', (performance.now() - started) / 1000);
      log.error({ turn: stored.id, attempt: stored.attempt, err: error }, 'A turn failed.');
      await this.#giveBack(stored, error).catch((cause: unknown) =>
        log.error({ turn: stored.id, err: cause }, 'A failed turn could not be given back; it is taken over later.'),
      );
    }
  }

  /** Never rejects: a job does it later. */
  async #bringUpToDate({ turn: { content } }: StoredTurn): Promise<void> {
    const { log, afterPress } = this.#parts;
    if (content.kind !== 'action' && content.kind !== 'form') return;
    await afterPress().catch((error: unknown) => log.warn({ err: error }, 'A digest could not be brought up to date.'));
  }

  /** @returns the ids of the replies in the outbox */
  async #answer(stored: StoredTurn): Promise<number[]> {
    const { turn } = stored;
    const { db, people, switchboard, channels, channelWatch } = this.#parts;
    const working = channels.get(turn.address.platform)?.showWorking(turn.address);
    const person = await people.identify(turn.sender, turn.address);
    const readers = await channelWatch.audienceOf(turn, person);
    const outcome = await this.#think(switchboard.route(turn.content), stored, person, readers);
    await working;
    const actor = actorOf(person, turn.sender.platform);
    return governedChange(db, actor, async (change) => {
      await channelWatch.refuseChanged(change.db, readers);
      return this.#commit(change, stored, person, outcome);
    });
  }

  async #think(route: Route, stored: StoredTurn, person: Person, { audience }: TurnAudience): Promise<Outcome> {
    const { turn } = stored;
    if (!leadsOn(route)) return say(explain(route));
    if (person.standing === 'deactivated') {
      return say(
        notice('Your account is deactivated on this platform, so I cannot answer here. Ask an administrator.'),
      );
    }
    const { db, channels } = this.#parts;
    if (route.kind === 'rest') {
      return say(...(await showRest(db, channels.get(turn.address.platform), route.rest, turn)));
    }
    const { sender, conversation } = turn;
    const asker: Asker = {
      person,
      sender,
      conversation,
      audience,
      address: turn.address,
      showDraft: (markdown) => this.#showDraft(stored, markdown),
      whileWaiting: (work) => this.#intake.lendPlace(() => holdTurn(db, stored, work)),
    };
    if (route.kind === 'thread') return this.#parts.switchboard.takeThread(route.thread, asker);
    if (route.kind === 'files') {
      const { switchboard } = this.#parts;
      const awaited = await switchboard.takeAwaitedFiles(route.given, asker);
      if (awaited) return awaited;
      const besides = await switchboard.besidesFiles(route.given, asker);
      const said = await besides?.feature.respond(besides.request, asker);
      const taken = await switchboard.takeFiles(route.given, asker);
      return said ? oneAfterTheOther(said, taken) : taken;
    }
    const { feature, request } = await this.#parts.switchboard.heard(route, asker);
    return feature.respond(request, asker);
  }

  #showDraft({ id, turn: { address }, draft }: StoredTurn, markdown: string): void {
    const { db, log, channels } = this.#parts;
    // An earlier attempt's draft is still to be seen, and the reply takes its place.
    if (draft !== undefined) return;
    const note = (messageId: string) =>
      noteDraft(db, id, messageId).catch((error: unknown) => log.warn({ turn: id, err: error }, 'A draft got lost.'));
    channels.get(address.platform)?.showDraft?.(address, markdown, (messageId) => void note(messageId));
  }

  async #commit(change: Change, { id, turn }: StoredTurn, person: Person, outcome: Outcome): Promise<number[]> {
    const { outbox, directMessages } = this.#parts;
    const draft = await finishTurn(change.db, id);
    const told: DirectMessage[] = [];
    const replies = await outcome(change, (message) => told.push(message));
    await rememberSaid(change.db, turn, person);
    const posted = await outbox.post(
      change.db,
      replies.map((reply, index) => ({
        key: `turn:${id}:${index}`,
        address: this.#placeOf(index, replies, turn),
        reply,
        ...(index === 0 ? { replaces: draft } : {}),
      })),
    );
    const waited = this.#tellsWhere(turn) ? await directMessages.reach(change.db, person.id, turn.address) : [];
    return [...posted, ...waited, ...(await directMessages.post(change.db, told))];
  }

  /** A window that was opened for the reply shows one: the form, or else the first. */
  #placeOf(index: number, replies: readonly Reply[], { address }: Turn): Address {
    const inWindow = Math.max(
      replies.findIndex(({ kind }) => kind === 'form'),
      0,
    );
    if (index === inWindow) return address;
    return this.#parts.channels.get(address.platform)?.outsideWindow?.(address) ?? address;
  }

  /** Whether a turn tells where to speak to its sender, beyond what is known of everybody on the platform. */
  #tellsWhere({ conversation, sender }: Turn): boolean {
    const known = this.#parts.channels.get(sender.platform)?.directTo(sender)?.conversation;
    return conversation.kind === 'direct' && conversation.id !== known;
  }

  async #giveBack(stored: StoredTurn, error: unknown): Promise<void> {
    const { db, outbox } = this.#parts;
    const failure = error instanceof Error ? error.name : 'unknown';
    const apology = await db.transaction().execute(async (transaction) => {
      const { again, draft } = await giveBackTurn(transaction, stored, failure);
      if (again) return undefined;
      const reply = notice(
        'Something went wrong on my side and nothing was changed. Please try again; if it happens once more, tell your ' +
          `administrator the number ${stored.id}: it leads to the fault in the log.`,
      );
      await rememberSaid(transaction, stored.turn, undefined);
      const { address } = stored.turn;
      return outbox.post(transaction, [{ key: `turn:${stored.id}:failed`, address, reply, replaces: draft }]);
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
  const files = turn.content.kind === 'message' ? (turn.content.files ?? []) : [];
  const said = [turn.content.text, ...files.map(({ name }) => `Attached: ${name}`)].join('\n');
  const text = cleanText(said).slice(0, MAX_MESSAGE_LENGTH);
  await db
    .insertInto('thread_message')
    .values({ platform, workspace, conversation, thread, person_id: person?.id ?? null, text, reply: null })
    .execute();
}

function oneAfterTheOther(...outcomes: readonly Outcome[]): Outcome {
  return async (change, tell) => {
    const replies: Reply[] = [];
    for (const outcome of outcomes) replies.push(...(await outcome(change, tell)));
    return replies;
  };
}

type Leading = Extract<Route, { kind: 'feature' | 'rest' | 'files' | 'thread' }>;

function leadsOn(route: Route): route is Leading {
  return ['feature', 'rest', 'files', 'thread'].includes(route.kind);
}

function explain(route: Exclude<Route, Leading>): Reply {
  switch (route.kind) {
    case 'empty':
      return notice('Ask me anything about ISO/IEC 42001, for example: who has to sign the AI policy?', {
        id: actionId('command', 'run', 'help'),
        label: 'What can you do?',
      });
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

import { setTimeout as pause } from 'node:timers/promises';
import type { Address } from '../../chat/turn.ts';
import type { Entity, OutgoingActivity, Reference } from './activity.ts';
import type { TeamsTransport } from './transport.ts';

/** Teams wants a pause of 1.5 to 2 seconds between two updates. */
const PAUSE = 1_500;

/** Whoever waits longer than this is told what is being done, in milliseconds. */
const PATIENCE = 1_000;

/** Teams ends a stream by itself after two minutes; then nothing can be said in it any more. In milliseconds. */
const LIFETIME = 110_000;

const LOOKING = 'Looking it up …';

interface Stream {
  readonly draft: string;
  readonly reference: Reference;
  readonly begunAt: number;
  readonly ended: AbortController;
  /** Given by Teams with the first update. */
  id: string | undefined;
  sequence: number;
  /** What was shown last, and what is to be shown. */
  shown: string;
  wanted: string;
  started: (id: string) => void;
  isBroken: boolean;
  work: Promise<void>;
}

/** Shows in personal chats how an answer comes about. Teams has one stream at a time in a chat. */
export class Drafts {
  readonly #transport: TeamsTransport;
  readonly #streams = new Map<string, Stream>();

  constructor(transport: TeamsTransport) {
    this.#transport = transport;
  }

  /** Shows that an answer is being looked up, unless it comes at once. */
  begin(address: Address): void {
    this.#stream(address);
  }

  /**
   * @param markdown what is done of the answer, all of it from the beginning
   * @param started told the id of the stream once something is shown
   */
  show(address: Address, markdown: string, started: (id: string) => void): void {
    const stream = this.#stream(address);
    // Teams refuses a text that does not go on from the one before.
    if (!stream || !markdown.startsWith(stream.wanted)) return;
    stream.wanted = markdown;
    stream.started = started;
  }

  /** Ends the updates. @returns the id of the stream that the reply has to close; undefined where there is none */
  async end({ conversation, route }: Address): Promise<string | undefined> {
    const stream = this.#streams.get(conversation);
    if (!stream || stream.draft !== route['draft']) return undefined;
    stream.ended.abort();
    await stream.work;
    return isAlive(stream) ? stream.id : undefined;
  }

  /** The stream was closed, or cannot be. */
  forget({ conversation, route }: Address): void {
    if (this.#streams.get(conversation)?.draft === route['draft']) this.#streams.delete(conversation);
  }

  #stream({ conversation, route }: Address): Stream | undefined {
    const { draft, reference } = route;
    if (!draft || !reference) return undefined;
    const present = this.#streams.get(conversation);
    if (present?.draft === draft) return present;
    if (present && isAlive(present)) return undefined;
    const parsed = JSON.parse(reference) as Reference;
    if (parsed.conversation.conversationType !== 'personal') return undefined;
    const stream: Stream = {
      draft,
      reference: parsed,
      begunAt: Date.now(),
      ended: new AbortController(),
      id: undefined,
      sequence: 0,
      shown: '',
      wanted: '',
      started: () => {},
      isBroken: false,
      work: Promise.resolve(),
    };
    this.#forgetOld();
    this.#streams.set(conversation, stream);
    stream.work = this.#run(stream);
    return stream;
  }

  async #run(stream: Stream): Promise<void> {
    await rest(PATIENCE, stream);
    while (!stream.ended.signal.aborted && isAlive(stream)) {
      const { wanted, shown, sequence } = stream;
      if (wanted !== shown) {
        await this.#send(stream, wanted, 'streaming');
        stream.shown = wanted;
        if (shown === '' && stream.id !== undefined) stream.started(stream.id);
      } else if (sequence === 0) await this.#send(stream, LOOKING, 'informative');
      await rest(PAUSE, stream);
    }
  }

  async #send(stream: Stream, text: string, streamType: 'informative' | 'streaming'): Promise<void> {
    stream.sequence += 1;
    const state = { streamType, streamSequence: stream.sequence, ...(stream.id ? { streamId: stream.id } : {}) };
    try {
      const id = await this.#transport.send(stream.reference, inStream({ type: 'typing', text }, state));
      stream.id ??= id;
      stream.isBroken ||= stream.id === undefined;
    } catch {
      // The person stopped it, or Teams had too much: the answer itself comes as a message of its own.
      stream.isBroken = true;
    }
  }

  /** What nobody closed: its reply went another way, or never came. */
  #forgetOld(): void {
    for (const [conversation, stream] of this.#streams) {
      if (Date.now() - stream.begunAt < LIFETIME) break;
      this.#streams.delete(conversation);
    }
  }
}

/** The reply as the last message of a stream. */
export function closing(streamId: string, activity: OutgoingActivity): OutgoingActivity {
  const text = activity.text ?? activity.summary ?? '';
  return inStream({ ...activity, text }, { streamId, streamType: 'final' });
}

/** Clients read the state of a stream from the entity, some from the channel's data. */
function inStream(activity: OutgoingActivity, state: Readonly<Record<string, unknown>>): OutgoingActivity {
  const entity: Entity = { type: 'streaminfo', ...state };
  return {
    ...activity,
    entities: [...(activity.entities ?? []), entity],
    channelData: { ...activity.channelData, ...state },
  };
}

function isAlive({ isBroken, begunAt }: Stream): boolean {
  return !isBroken && Date.now() - begunAt < LIFETIME;
}

async function rest(milliseconds: number, { ended }: Stream): Promise<void> {
  await pause(milliseconds, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
}

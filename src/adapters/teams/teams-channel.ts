import { type Channel, type Membership, MembersUnknown, type Profile } from '../../chat/channel.ts';
import { partsOf } from '../../chat/parts.ts';
import type { Reply } from '../../chat/reply.ts';
import { firstPart } from '../../chat/rest.ts';
import type { Address, Sender, SharedFile, Turn } from '../../chat/turn.ts';
import type { TeamsConfig } from '../../config.ts';
import type { Member, OutgoingActivity, Reference } from './activity.ts';
import { closing, Drafts } from './drafts.ts';
import { asSendFailure } from './failures.ts';
import { downloadFile } from './files.ts';
import { MOST_MEMBERS, membershipOf } from './membership.ts';
import { LIMITS, renderActivity } from './render.ts';
import { type TeamsTransport, TransportFailure } from './transport.ts';

/** People whose last conversation is remembered. */
const MAX_REMEMBERED = 10_000;

export class TeamsChannel implements Channel {
  readonly platform = 'teams';
  readonly #transport: TeamsTransport;
  readonly #config: Pick<TeamsConfig, 'tenantId' | 'fileHosts'>;
  readonly #drafts: Drafts;
  /** Where somebody spoke last: Teams tells about a person only within a conversation that the person is in. */
  readonly #lastPlace = new Map<string, Address>();

  constructor(transport: TeamsTransport, config: Pick<TeamsConfig, 'tenantId' | 'fileHosts'>) {
    this.#transport = transport;
    this.#config = config;
    this.#drafts = new Drafts(transport);
  }

  remember({ sender, address }: Turn): void {
    this.#lastPlace.delete(sender.userId);
    this.#lastPlace.set(sender.userId, address);
    const [oldest] = this.#lastPlace.keys();
    if (this.#lastPlace.size > MAX_REMEMBERED && oldest !== undefined) this.#lastPlace.delete(oldest);
  }

  parts(reply: Reply): readonly Reply[] {
    return partsOf(reply, LIMITS);
  }

  async send(address: Address, reply: Reply, key: string, replaces?: string): Promise<string> {
    const reference = referenceIn(address);
    const activity = renderActivity(firstPart(this.parts(reply), key));
    const isCard = reply.kind === 'notice' && reply.card !== undefined;
    const own = await this.#drafts.end(address);
    // Of another process that began with this reply.
    const left = isCard ? undefined : replaces;
    const earlier = reply.kind === 'form' ? address.route['form'] : isCard ? replaces : undefined;
    try {
      const id =
        (await this.#close(reference, own, activity)) ??
        (await this.#close(reference, left === own ? undefined : left, activity)) ??
        (await this.#replace(reference, earlier, activity)) ??
        (await this.#transport.send(reference, activity));
      this.#drafts.forget(address);
      await this.#remove(
        reference,
        [own, left].filter((draft) => draft !== id),
      );
      return id ?? key;
    } catch (error) {
      throw asSendFailure(error, address.conversation);
    }
  }

  /** Steward cannot read what was said in Teams. */
  async find(): Promise<'unknown'> {
    return 'unknown';
  }

  /** Teams shows it for a few seconds. */
  async showWorking(address: Address): Promise<false> {
    this.#drafts.begin(address);
    await this.#transport.send(referenceIn(address), { type: 'typing' }).catch(() => undefined);
    return false;
  }

  showDraft(address: Address, markdown: string, started: (messageId: string) => void): void {
    this.#drafts.show(address, markdown, started);
  }

  download(file: SharedFile, limit: number): Promise<Uint8Array> {
    return downloadFile(file, limit, this.#config.fileHosts);
  }

  async profile(sender: Sender, place = this.#lastPlace.get(sender.userId)): Promise<Profile> {
    const nobody = { displayName: sender.userId, email: undefined };
    const member = place && (await this.#memberIn(place, sender));
    // In a personal chat with somebody, Teams knows nobody any more.
    if (!member) return { ...nobody, standing: place && isPersonal(place) ? 'deactivated' : 'unknown' };
    const isOwn = (member.tenantId ?? sender.workspace) === this.#config.tenantId;
    const standing = !isOwn ? 'external' : member.userRole === 'guest' ? 'guest' : 'member';
    const email = standing === 'member' ? member.email?.toLowerCase() : undefined;
    return { displayName: member.name || sender.userId, email, standing };
  }

  async #memberIn(place: Address, { userId }: Sender): Promise<Member | undefined> {
    try {
      return await this.#transport.member(referenceIn(place), userId);
    } catch (error) {
      const isGone = error instanceof TransportFailure && error.status === 403 && isPersonal(place);
      if (isGone) return undefined;
      throw error;
    }
  }

  async members(address: Address): Promise<Membership> {
    const reference = referenceIn(address);
    const conversation = { ...reference.conversation, id: address.conversation };
    const members = await this.#transport.members({ ...reference, conversation }, MOST_MEMBERS);
    if (!members) {
      throw new MembersUnknown(`This conversation has more than ${MOST_MEMBERS} members, too many to look at each.`, {
        isShared: address.route['channelType'] === 'shared',
      });
    }
    return membershipOf(members, address, conversation.conversationType, this.#config.tenantId);
  }

  /** What is said of Steward's own accord begins a thread of its own. */
  lasting({ route: { draft: _draft, form: _form, ...route }, ...address }: Address): Address {
    const { conversation, onlyFor: _asker, ...reference } = referenceIn({ ...address, route });
    const own = { ...reference, conversation: { ...conversation, id: address.conversation } };
    return { ...address, thread: address.conversation, route: { ...route, reference: JSON.stringify(own) } };
  }

  /** Teams takes messages for conversations alone, and Steward learns of one when somebody speaks in it. */
  directTo(): undefined {
    return undefined;
  }

  /** Ends a stream with a reply. @returns undefined where there is none, or none any more */
  async #close(
    reference: Reference,
    stream: string | undefined,
    activity: OutgoingActivity,
  ): Promise<string | undefined> {
    if (stream === undefined) return undefined;
    try {
      await this.#transport.send(reference, closing(stream, activity));
      return stream;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /** Half an answer must not stay beside the whole one. Never rejects. */
  async #remove(reference: Reference, drafts: readonly (string | undefined)[]): Promise<void> {
    const ids = new Set(drafts.filter((id) => id !== undefined));
    await Promise.allSettled([...ids].map((id) => this.#transport.remove(reference, id)));
  }

  /** @returns undefined where there is nothing to replace, or nothing any more */
  async #replace(
    reference: Reference,
    id: string | undefined,
    activity: OutgoingActivity,
  ): Promise<string | undefined> {
    if (id === undefined) return undefined;
    try {
      await this.#transport.update(reference, id, activity);
      return id;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }
}

/** Teams does not take it, and would not take it later. */
function isRefusal(error: unknown): boolean {
  return error instanceof TransportFailure && [400, 403, 404, 405].includes(error.status ?? 0);
}

function isPersonal(place: Address): boolean {
  return referenceIn(place).conversation?.conversationType === 'personal';
}

function referenceIn({ route }: Address): Reference {
  return JSON.parse(route['reference'] ?? '{}');
}

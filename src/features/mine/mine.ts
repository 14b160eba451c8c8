import { randomUUID } from 'node:crypto';
import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, NoticeReply } from '../../chat/reply.ts';
import { age, type Clock, daysBetween, writtenDay } from '../../clock.ts';
import { audienceOf } from '../../people/audience.ts';
import { type Asker, type Command, type Feature, type HomeReader, say, type WaitingThing } from '../feature.ts';

export const MINE_COMMANDS: readonly Command[] = [
  {
    name: 'mine',
    usage: '',
    summary: 'shows on one screen what waits for you: action items, reviews, questions, drafts',
  },
];

/** Things that one screen shows, and those that get a button there; Teams shows six. */
const MAX_SHOWN = 10;
const MAX_BUTTONS = 5;

export interface MineParts {
  readonly clock: Clock;
  /** The features that know what waits for somebody, in their order. */
  readonly features: readonly Feature[];
}

/** What waits for a person, over all features: on a start page, and in answer to `/aims mine`. */
export function mineFeature(parts: MineParts): Feature {
  return {
    name: 'mine',
    commands: MINE_COMMANDS,
    home: (reader) => shown(parts, reader, MAX_SHOWN),
    async respond(request, asker) {
      const isAll = request.kind === 'action' && request.verb === 'all';
      const reply = await shown(parts, readerOf(asker), isAll ? Number.POSITIVE_INFINITY : MAX_SHOWN);
      if (asker.conversation.kind === 'direct') return say(reply);
      const { person, sender } = asker;
      return async (_change, tell) => {
        tell({ key: `mine:${randomUUID()}`, person: person.id, reply, platform: sender.platform });
        return [notice('That is for you alone, so I sent it to you in a direct message.')];
      };
    },
  };
}

/** A person as they read alone, wherever they ask. */
function readerOf({ person }: Asker): HomeReader {
  return { person, audience: audienceOf({ kind: 'direct', sharedOutside: false }, person) };
}

async function shown({ clock, features }: MineParts, reader: HomeReader, limit: number): Promise<NoticeReply> {
  const lists = await Promise.all(features.map((feature) => feature.waiting?.(reader)));
  const things = lists.flatMap((list) => list ?? []).sort(inOrder);
  const today = clock.today();
  const late = things.filter(({ dueOn }) => dueOn !== undefined && dueOn < today).length;
  if (things.length === 0) return nothing(reader);
  const first = things.slice(0, limit);
  const lines = first.map((thing, index) => `${index + 1}. ${thing.what}${when(thing, today, clock.now())}`);
  const rest = things.length - first.length;
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Waiting for you: ${things.length}${late > 0 ? `, ${late} late` : ''}` },
      { kind: 'text', text: lines.join('\n') },
    ],
    actions: [
      ...first.slice(0, limit === MAX_SHOWN ? MAX_BUTTONS : limit).map(({ action }) => action),
      ...(rest > 0 ? [{ id: actionId('mine', 'all'), label: `Show ${rest} more` }] : []),
    ],
  };
}

/** What is due comes first, by its day; then what has waited longest. */
function inOrder(one: WaitingThing, other: WaitingThing): number {
  if (one.dueOn !== other.dueOn) return (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999');
  return (one.since?.getTime() ?? 0) - (other.since?.getTime() ?? 0);
}

function when({ dueOn, since }: WaitingThing, today: string, now: Date): string {
  if (dueOn !== undefined) {
    const days = daysBetween(dueOn, today);
    return ` · due ${writtenDay(dueOn)}${days > 0 ? `, **${days === 1 ? '1 day' : `${days} days`} late**` : ''}`;
  }
  return since === undefined ? '' : ` · waiting ${age(since, now)}`;
}

function nothing({ person, audience }: HomeReader): NoticeReply {
  const add: Action = { id: actionId('actions', 'new'), label: 'Note an action item', opensForm: true };
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Waiting for you' },
      { kind: 'text', text: 'Nothing waits for you at the moment.' },
    ],
    actions: person.standing === 'member' && !audience.guidanceOnly ? [add] : [],
  };
}

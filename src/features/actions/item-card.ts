import { actionId } from '../../chat/action-id.ts';
import type { Action, Block, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened, typedText } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type ActionItem, type ItemAct, type ItemState, itemKey } from '../../records/action-item/action-item.ts';
import { versionsOf } from '../../records/action-item/read-items.ts';
import { type Actor, type ItemDeed, mayDo } from '../../records/action-item/rights.ts';
import { VISIBILITY_NAMES } from '../../records/record-visibility.ts';
import { newCard, targetOf } from './target.ts';
import { dueInWords, sourceInWords } from './words.ts';

/** Characters of a text in a list. */
const MAX_TEXT = 160;

const STATE_NAMES: Readonly<Record<ItemState, string>> = { open: 'Open', done: 'Done', withdrawn: 'Withdrawn' };

export interface CardOptions {
  /** Whose place it takes; a new one by default. */
  readonly card?: string | undefined;
  /** Markdown: what was just done. */
  readonly note?: string;
  readonly today: string;
}

/** An action item, with what the reader may do. */
export function itemCard(item: ActionItem, reader: Actor, { card = newCard(), note, today }: CardOptions): NoticeReply {
  const { id, text, owner, state, source, visibility, createdBy, createdAt, closedBy, closedAt } = item;
  const closed = closedAt && `${closedBy ? `${literally(closedBy.name)}, ` : ''}${dayOf(closedAt)}`;
  const facts = [
    { label: 'State', value: STATE_NAMES[state] },
    { label: 'Owner', value: literally(owner.name) },
    { label: 'Due', value: dueInWords(item, today) },
    ...(closed ? [{ label: STATE_NAMES[state], value: closed }] : []),
    ...(source ? [{ label: 'Follows from', value: sourceInWords(source) }] : []),
    { label: 'Made', value: `${createdBy ? `${literally(createdBy.name)}, ` : ''}${dayOf(createdAt)}` },
    { label: 'Who may see it', value: VISIBILITY_NAMES[visibility] },
  ];
  return {
    kind: 'notice',
    card: cardName(id, card),
    blocks: [
      ...(note ? [{ kind: 'text' as const, text: note }] : []),
      { kind: 'heading', text: itemKey(id) },
      { kind: 'text', text: typedText(text) },
      { kind: 'facts', facts: state === 'open' ? facts : facts.slice(1) },
    ],
    actions: actionsFor(item, reader, card),
  };
}

/** The name of the notice that shows an item. */
export function cardName(id: number, card: string): string {
  return `action-item:${id}~${card}`;
}

function actionsFor(item: ActionItem, reader: Actor, card: string): Action[] {
  const { id, state, source } = item;
  const argument = targetOf({ id, card, version: undefined });
  const may = (deed: ItemDeed) => mayDo(deed, reader, item);
  const more = may('change') || may('withdraw');
  const candidates: readonly (readonly [boolean, Action])[] =
    state === 'open'
      ? [
          [may('finish'), { id: actionId('actions', 'done', argument), label: 'Done', style: 'primary' }],
          [may('extend'), { id: actionId('actions', 'extend', argument), label: 'Extend ...', opensForm: true }],
          [
            may('hand-over'),
            { id: actionId('actions', 'hand-over', argument), label: 'Hand over ...', opensForm: true },
          ],
          [may('remind') && item.owner.id !== reader.id, remindButton(item)],
          [more, { id: actionId('actions', 'more', argument), label: 'More ...' }],
          [!more, { id: actionId('actions', 'history', String(id)), label: 'History' }],
        ]
      : [
          [may('reopen'), { id: actionId('actions', 'reopen', argument), label: 'Open again ...', opensForm: true }],
          [true, { id: actionId('actions', 'history', String(id)), label: 'History' }],
          [true, { id: actionId('command', 'run', 'mine'), label: 'What else waits?' }],
        ];
  const system = source?.kind === 'system' ? [openSystem(source.ref)] : [];
  return [...candidates.filter(([isOffered]) => isOffered).map(([, action]) => action), ...system];
}

function openSystem(key: string): Action {
  return { id: actionId('command', 'run', `systems ${key}`), label: `Show ${key}` };
}

export function remindButton({ id, owner }: Pick<ActionItem, 'id' | 'owner'>): Action {
  return { id: actionId('actions', 'remind', String(id)), label: `Remind ${owner.name}`.slice(0, 70) };
}

export function showItemButton(id: number): Action {
  return { id: actionId('actions', 'show', String(id)), label: `Show ${itemKey(id)}` };
}

/** What is done less often. */
export function moreCard(item: ActionItem, reader: Actor, card: string | undefined): NoticeReply {
  const argument = targetOf({ id: item.id, card, version: undefined });
  const change: Action = { id: actionId('actions', 'change', argument), label: 'Change ...', opensForm: true };
  const withdraw: Action = {
    id: actionId('actions', 'withdraw', argument),
    label: 'Withdraw ...',
    style: 'danger',
    opensForm: true,
  };
  return {
    kind: 'notice',
    blocks: [{ kind: 'text', text: `What else you can do with **${itemKey(item.id)}**:` }],
    actions: [
      ...(mayDo('change', reader, item) ? [change] : []),
      ...(mayDo('withdraw', reader, item) ? [withdraw] : []),
      { id: actionId('actions', 'history', String(item.id)), label: 'History' },
    ],
  };
}

const ACT_WORDS: Readonly<Record<ItemAct, string>> = {
  created: 'made',
  changed: 'changed',
  extended: 'extended',
  handed_over: 'handed over',
  done: 'done',
  withdrawn: 'withdrawn',
  reopened: 'opened again',
};

/** What happened to an item, the last first. */
export async function historyCard(db: Db, { id }: ActionItem): Promise<NoticeReply> {
  const versions = await versionsOf(db, id);
  const lines = versions.map((version, index) => {
    const before = versions[index - 1];
    const { act, by, at, reason } = version;
    const now = [
      version.owner.id !== before?.owner.id ? `owner ${literally(version.owner.name)}` : '',
      version.dueOn !== before?.dueOn ? `due ${writtenDay(version.dueOn)}` : '',
      version.visibility !== before?.visibility ? `for ${VISIBILITY_NAMES[version.visibility]}` : '',
      version.text !== before?.text ? `“${literally(shortened(version.text, MAX_TEXT))}”` : '',
    ].filter(Boolean);
    const who = by ? ` by ${literally(by.name)}` : '';
    const what = now.length > 0 ? `: ${now.join(', ')}` : '';
    return `- **${dayOf(at)}** ${ACT_WORDS[act]}${who}${what}${reason ? `. Reason: ${literally(reason)}` : ''}`;
  });
  const blocks: Block[] = [
    { kind: 'heading', text: `${itemKey(id)}: history` },
    { kind: 'text', text: lines.reverse().join('\n') },
  ];
  return { kind: 'notice', blocks, actions: [showItemButton(id)] };
}

function dayOf(at: Date): string {
  return writtenDay(at.toISOString().slice(0, 10));
}

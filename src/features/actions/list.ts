import { actionId } from '../../chat/action-id.ts';
import type { Action, Block, FormErrors, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { daysLater, writtenDay } from '../../clock.ts';
import { type ActionItem, isOverdue, itemKey } from '../../records/action-item/action-item.ts';
import { type ItemFilter, listItems } from '../../records/action-item/read-items.ts';
import { mayMakeItems } from '../../records/action-item/rights.ts';
import { parseReference } from '../../records/reference.ts';
import type { Asker } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import { checkReference } from './forms.ts';
import { showItemButton } from './item-card.ts';
import { dueInWords } from './words.ts';

/** Items in one list; Teams shows sixty rows. */
const MAX_LISTED = 40;

/** Items of a list that get a button; Teams shows six in all. */
const MAX_BUTTONS = 3;

const MAX_TEXT = 120;

/** What somebody wants to see, with the filter in words. */
export interface ItemQuery {
  readonly filter: ItemFilter;
  readonly words: readonly string[];
}

/** @returns undefined where the words mean nothing here @param today YYYY-MM-DD */
export function readItemQuery(text: string, me: string, today: string): ItemQuery | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const parts = words.map((word) => partOf(word, me, today));
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const filter: ItemFilter = Object.assign({ state: 'open' }, ...known.map((part) => part.filter));
  return { filter: withoutState(filter), words: known.flatMap((part) => part.words) };
}

/** Everything is shown where somebody asks for everything. */
function withoutState({
  state,
  ...filter
}: Omit<ItemFilter, 'state'> & { readonly state?: ItemFilter['state'] | 'any' }) {
  return state === 'any' || state === undefined ? filter : { ...filter, state };
}

interface Part {
  readonly filter: Omit<ItemFilter, 'state'> & { readonly state?: ItemFilter['state'] | 'any' };
  readonly words: readonly string[];
}

function partOf(word: string, me: string, today: string): Part | undefined {
  switch (word) {
    case 'open':
      return { filter: { state: 'open' }, words: [] };
    case 'mine':
      return { filter: { owner: me }, words: ['yours'] };
    case 'given':
      return { filter: { createdBy: me }, words: ['made by you'] };
    case 'late':
    case 'overdue':
      return { filter: { state: 'open', dueBy: daysLater(today, -1) }, words: ['late'] };
    case 'soon':
      return { filter: { state: 'open', dueBy: daysLater(today, 7) }, words: ['late or due within a week'] };
    case 'done':
    case 'withdrawn':
      return { filter: { state: word }, words: [word] };
    case 'all':
      return { filter: { state: 'any' }, words: ['open and closed'] };
    default: {
      const source = parseReference(word);
      return source && { filter: { state: 'any', source }, words: [`from ${source.ref}`] };
    }
  }
}

/** The items that a filter lets through, of those that everybody who reads along may see. */
export async function itemList({ db, clock }: ActionsParts, query: ItemQuery, asker: Asker): Promise<Reply> {
  const { total, items } = await listItems(db, asker.audience, query.filter, MAX_LISTED);
  const today = clock.today();
  const late = items.filter((item) => isOverdue(item, today)).length;
  const count = total === 0 ? 'No action item' : total === 1 ? '1 action item' : `${total} action items`;
  const filtered = query.words.length > 0 ? `: ${literally(query.words.join(', '))}` : '';
  const blocks: Block[] = [
    { kind: 'heading', text: `${count}${filtered}${late > 0 && late < total ? `, ${late} late` : ''}` },
    ...(total === 0
      ? [
          {
            kind: 'text' as const,
            text: 'There is nothing of that kind that you may see here. Note what is to be done, by whom and by when.',
          },
        ]
      : [table(items, today)]),
    ...(total > items.length
      ? [{ kind: 'text' as const, text: `And ${total - items.length} more: filter to see fewer.` }]
      : []),
  ];
  const make: Action = { id: actionId('actions', 'new'), label: 'Note an action item', opensForm: true };
  const filter: Action = { id: actionId('actions', 'filter'), label: 'Filter ...', opensForm: true };
  return {
    kind: 'notice',
    blocks,
    actions: [
      ...items.slice(0, MAX_BUTTONS).map(({ id }) => showItemButton(id)),
      filter,
      ...(mayMakeItems(asker.person) ? [make] : []),
    ],
  };
}

/** Few columns, for phones. */
function table(items: readonly ActionItem[], today: string): Block {
  return {
    kind: 'table',
    columns: ['What', 'Owner', 'Due'],
    rows: items.map((item) => [
      `**${itemKey(item.id)}** ${literally(shortened(item.text, MAX_TEXT))}`,
      literally(item.owner.name),
      item.state === 'open' ? dueInWords(item, today) : closedInWords(item),
    ]),
  };
}

function closedInWords({ state, closedAt }: ActionItem): string {
  return `${state}${closedAt ? ` ${writtenDay(closedAt.toISOString().slice(0, 10))}` : ''}`;
}

const STATES = [
  { value: 'open', label: 'Open' },
  { value: 'late', label: 'Late' },
  { value: 'soon', label: 'Late, or due within a week' },
  { value: 'done', label: 'Done' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'all', label: 'All' },
] as const;

export function filterForm(): Reply {
  return {
    kind: 'form',
    form: {
      id: actionId('actions', 'filter'),
      title: 'Filter action items',
      intro: 'Leave out what does not matter.',
      submitLabel: 'Show',
      inputs: [
        { kind: 'select', name: 'state', label: 'State', optional: true, options: STATES },
        { kind: 'person', name: 'owner', label: 'Owner', optional: true },
        {
          ...({ kind: 'text', name: 'source', label: 'Follows from', multiline: false, maxLength: 20 } as const),
          ...{ hint: 'AIS-3, EV-48, GAP-2, DEC-4 ...', optional: true },
        },
      ],
    },
  };
}

export function checkFilterForm(values: FormValues): FormErrors {
  const { state = '' } = values;
  const isKnown = state === '' || STATES.some(({ value }) => value === state);
  return { ...(isKnown ? {} : { state: 'Choose among what is offered.' }), ...checkReference(values, 'source') };
}

/** What was chosen. The values must be checked. @param owner the person chosen, as Steward knows them */
export function queryFrom(
  { state = '', source = '' }: FormValues,
  owner: { readonly id: string; readonly displayName: string } | undefined,
  today: string,
): ItemQuery {
  const { filter, words } = readItemQuery(`${source} ${state}`, '', today) ?? { filter: {}, words: [] };
  return owner
    ? { filter: { ...filter, owner: owner.id }, words: [...words, `of ${owner.displayName}`] }
    : { filter, words };
}

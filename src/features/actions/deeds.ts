import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { daysLater, writtenDay } from '../../clock.ts';
import type { Change } from '../../event-log/governed-change.ts';
import type { Audience } from '../../people/audience.ts';
import { type ActionItem, isOverdue, itemKey } from '../../records/action-item/action-item.ts';
import {
  changeItem,
  extendItem,
  finishItem,
  handOverItem,
  type ItemRefusal,
  reopenItem,
  withdrawItem,
} from '../../records/action-item/change-items.ts';
import { readItem } from '../../records/action-item/read-items.ts';
import type { ItemDeed } from '../../records/action-item/rights.ts';
import { isRecordVisibility, RECORD_VISIBILITIES } from '../../records/record-visibility.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import {
  checkDue,
  checkReason,
  checkText,
  checkVisibility,
  dueInput,
  MAX_TEXT,
  reasonInput,
  visibilityInput,
} from './forms.ts';
import { itemCard, showItemButton } from './item-card.ts';
import { ownerOf, whyNotOwner } from './owner.ts';
import { type Found, findItem, GONE, refused } from './refused.ts';
import { targetOf } from './target.ts';
import { itemName, tellOne } from './telling.ts';

/** Days by which more time is proposed. */
const MORE_TIME = 7;

/** What was done with an item: the rest is the same for every deed. */
interface Deed {
  readonly run: (change: Change) => Promise<'done' | ItemRefusal>;
  /** Markdown, as the end of a sentence about the item: `is done`. */
  readonly said: string;
  readonly reason: string | undefined;
}

/** What Steward itself sees, to tell those whom an item concerns. */
const EVERYTHING: Audience = { guidanceOnly: false, visibilities: RECORD_VISIBILITIES, person: undefined };

/** Does something with an item and says so: in the place of its card, to whoever did it; and to those it concerns. */
function act({ clock }: ActionsParts, { item, target }: Found, asker: Asker, deed: Deed): Outcome {
  const { person, audience } = asker;
  const today = clock.today();
  return async (change, tell) => {
    const done = await deed.run(change);
    const now = await readItem(change.db, item.id, EVERYTHING);
    if (!now) return [GONE];
    if (done !== 'done') return [refused(done, now)];
    const reason = deed.reason ? ` Reason: ${literally(deed.reason)}` : '';
    const said = `${literally(person.displayName)}: ${itemName(now)} ${deed.said}.${reason}`;
    const concerned = new Set([item.owner, now.owner, now.createdBy].flatMap((one) => one?.id ?? []));
    for (const other of concerned) {
      if (other === person.id) continue;
      const isNewOwner = other === now.owner.id && other !== item.owner.id;
      const reply = isNewOwner
        ? itemCard(now, ownerOf(now), { note: said, today })
        : notice(said, showItemButton(now.id));
      tellOne(tell, now, other, reply);
    }
    const note = `Recorded: ${itemKey(item.id)} ${deed.said}.${reason}`;
    // Whoever gave it away, or showed it to fewer people, may not see it here any more.
    const shown = await readItem(change.db, item.id, audience);
    return [shown ? itemCard(shown, person, { card: target.card, note, today }) : notice(note)];
  };
}

/** @param note what came of it */
export async function finish(parts: ActionsParts, argument: string, asker: Asker, note?: string): Promise<Outcome> {
  const found = await findItem(parts, argument, asker, 'finish');
  if ('refusal' in found) return say(found.refusal);
  return act(parts, found, asker, {
    run: (change) => finishItem(change, found.item, note),
    said: 'is done',
    reason: note,
  });
}

/** A form about an item. @param title in 24 characters */
async function form(
  parts: ActionsParts,
  argument: string,
  asker: Asker,
  deed: ItemDeed,
  made: (item: ActionItem) => { title: string; submitLabel: string; inputs: Parameters<typeof formOf>[2]['inputs'] },
): Promise<Outcome> {
  const found = await findItem(parts, argument, asker, deed);
  if ('refusal' in found) return say(found.refusal);
  return say(formOf(found, deed, made(found.item)));
}

function formOf(
  { item, target }: Found,
  deed: ItemDeed,
  form: { title: string; submitLabel: string; inputs: readonly ReturnType<typeof reasonInput>[] },
) {
  const id = actionId('actions', deed, targetOf({ ...target, version: item.version }));
  return { kind: 'form' as const, form: { id, intro: itemName(item), ...form } };
}

export function extendForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  const today = parts.clock.today();
  return form(parts, argument, asker, 'extend', ({ id, dueOn }) => ({
    title: `Extend ${itemKey(id)}`,
    submitLabel: 'Extend',
    inputs: [
      dueInput(daysLater(isOverdue({ state: 'open', dueOn }, today) ? today : dueOn, MORE_TIME)),
      reasonInput('Reason', false),
    ],
  }));
}

export function handOverForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  return form(parts, argument, asker, 'hand-over', ({ id }) => ({
    title: `Hand over ${itemKey(id)}`,
    submitLabel: 'Hand over',
    inputs: [
      { kind: 'person', name: 'owner', label: 'Who does it from now on?', optional: false },
      reasonInput('Reason', true),
    ],
  }));
}

export function withdrawForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  return form(parts, argument, asker, 'withdraw', ({ id }) => ({
    title: `Withdraw ${itemKey(id)}`,
    submitLabel: 'Withdraw',
    inputs: [reasonInput('Why is it not needed?', false)],
  }));
}

export function reopenForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  return form(parts, argument, asker, 'reopen', ({ id }) => ({
    title: `Open ${itemKey(id)} again`,
    submitLabel: 'Open again',
    inputs: [dueInput(daysLater(parts.clock.today(), MORE_TIME)), reasonInput('What is left to do?', false)],
  }));
}

export function changeForm(parts: ActionsParts, argument: string, asker: Asker): Promise<Outcome> {
  return form(parts, argument, asker, 'change', ({ id, text, visibility }) => ({
    title: `Change ${itemKey(id)}`,
    submitLabel: 'Record',
    inputs: [
      {
        ...({ kind: 'text', name: 'text', label: 'What is to be done', multiline: true } as const),
        ...{ maxLength: MAX_TEXT, optional: false, initial: text },
      },
      visibilityInput(visibility, 'Its owner and whoever made it see it anyway.'),
      reasonInput('Reason', true),
    ],
  }));
}

/** What is wrong with a submitted form. @param today YYYY-MM-DD */
export function checkDeed(verb: string, values: FormValues, today: string): FormErrors {
  switch (verb) {
    case 'extend':
    case 'reopen':
      return { ...checkDue(values, today), ...checkReason(values, true) };
    case 'hand-over':
      return { ...(values['owner'] ? {} : { owner: 'Choose somebody.' }), ...checkReason(values, false) };
    case 'withdraw':
      return checkReason(values, true);
    case 'change':
      return {
        ...checkText(values, 'Say what is to be done.'),
        ...checkVisibility(values),
        ...checkReason(values, false),
      };
    default:
      return {};
  }
}

/** A submitted form about an item. */
export async function submitDeed(
  parts: ActionsParts,
  verb: ItemDeed,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await findItem(parts, argument, asker, verb);
  if ('refusal' in found) return say(found.refusal);
  const faults = Object.values(checkDeed(verb, values, parts.clock.today()));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const { item } = found;
  const { dueOn = '', reason = '', text = '', visibility = '', owner: userId = '' } = values;
  const because = reason || undefined;
  switch (verb) {
    case 'extend':
      return act(parts, found, asker, {
        run: (change) => extendItem(change, item, { dueOn, reason }),
        said: `is due ${writtenDay(dueOn)}, not ${writtenDay(item.dueOn)}`,
        reason,
      });
    case 'reopen':
      return act(parts, found, asker, {
        run: (change) => reopenItem(change, item, { dueOn, reason }),
        said: `is open again, and due ${writtenDay(dueOn)}`,
        reason,
      });
    case 'withdraw':
      return act(parts, found, asker, {
        run: (change) => withdrawItem(change, item, reason),
        said: 'is withdrawn',
        reason,
      });
    case 'change':
      if (!isRecordVisibility(visibility)) return say(GONE);
      return act(parts, found, asker, {
        run: (change) => changeItem(change, item, { text, visibility, reason: because }),
        said: 'is changed',
        reason: because,
      });
    case 'hand-over':
      return handOver(parts, found, asker, { userId, reason: because });
    default:
      return say(GONE);
  }
}

async function handOver(
  parts: ActionsParts,
  found: Found,
  asker: Asker,
  { userId, reason }: { readonly userId: string; readonly reason: string | undefined },
): Promise<Outcome> {
  const owner = await parts.people.identify({ ...asker.sender, userId });
  const name = literally(owner.displayName);
  const fault = whyNotOwner(owner);
  if (fault) return say(notice(`${fault} Nothing was changed.`));
  return act(parts, found, asker, {
    run: (change) => handOverItem(change, found.item, { owner: owner.id, reason }),
    said: `is ${name}'s now, not ${literally(found.item.owner.name)}'s`,
    reason,
  });
}

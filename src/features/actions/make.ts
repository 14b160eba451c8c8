import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Input } from '../../chat/reply.ts';
import { cleanText, literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { addItem } from '../../records/action-item/change-items.ts';
import { readItem } from '../../records/action-item/read-items.ts';
import { usualDueDate } from '../../records/action-item/reminder-stage.ts';
import { mayMakeItems } from '../../records/action-item/rights.ts';
import { parseDecisionKey } from '../../records/decision/decision.ts';
import { readDecision } from '../../records/decision/read-decisions.ts';
import { isRecordVisibility, type RecordVisibility } from '../../records/record-visibility.ts';
import { parseReference, REFERENCE_KINDS, type Reference, type ReferenceKind } from '../../records/reference.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { ActionsParts } from './actions.ts';
import {
  checkDue,
  checkReference,
  checkText,
  checkVisibility,
  dueInput,
  MAX_TEXT,
  usualVisibility,
  visibilityInput,
} from './forms.ts';
import { itemCard } from './item-card.ts';
import { ownerOf, whyNotOwner } from './owner.ts';
import { tellOne } from './telling.ts';
import { sourceInWords } from './words.ts';

export const MEMBERS_MAKE = notice(
  'Action items are made by members of the organisation, where nobody else reads along. Ask somebody who works there.',
);

/** Characters that the id of a form has room for; Slack takes 255. */
const MAX_CARRIED = 220;

/** Characters of where a conversation was. */
const MAX_REF = 300;

/** What a button says that an item follows from: `system AIS-3`, `answer 12`. @returns undefined for anything else */
export function parseSource(argument: string): Reference | undefined {
  const [, kind = '', ref = ''] = /^([a-z_]+) (.+)$/.exec(argument) ?? [];
  if (!(REFERENCE_KINDS as readonly string[]).includes(kind) || ref.length > MAX_REF) return undefined;
  return { kind: kind as ReferenceKind, ref };
}

/** Where somebody says something in a thread or channel that others read; nothing of direct conversations. */
export function threadOf({ conversation, address }: Asker): Reference | undefined {
  if (conversation.kind === 'direct') return undefined;
  const { platform, thread } = address;
  const ref = [platform, address.conversation, ...(thread === address.conversation ? [] : [thread])].join(' ');
  return ref.length > MAX_REF ? undefined : { kind: 'thread', ref };
}

/**
 * Asks what is to be done, by whom and by when.
 *
 * @param text what is known of it
 */
export async function makeForm(
  { db, clock }: ActionsParts,
  { text, source }: { readonly text: string; readonly source: Reference | undefined },
  asker: Asker,
): Promise<Outcome> {
  if (!mayMakeItems(asker.person) || asker.audience.guidanceOnly) return say(MEMBERS_MAKE);
  const visibility = await inheritedVisibility(db, source, asker);
  const key = source && parseReference(source.ref);
  const carried = source && !key ? `${source.kind} ${source.ref}` : '';
  const from: Input = {
    ...({ kind: 'text', name: 'source', label: 'What it follows from', multiline: false, maxLength: 20 } as const),
    ...{ hint: 'AIS-3, EV-48, GAP-2, DEC-4 ...', optional: true, ...(key ? { initial: key.ref } : {}) },
  };
  return say({
    kind: 'form',
    form: {
      id: formId(carried, text),
      title: 'Action item',
      intro:
        source && !key ? `It follows from ${sourceInWords(source)}.` : 'Something to do, with one owner and one day.',
      submitLabel: 'Record',
      inputs: [
        {
          ...({ kind: 'text', name: 'text', label: 'What is to be done', multiline: true } as const),
          ...{ maxLength: MAX_TEXT, optional: false, ...(text ? { initial: text.slice(0, MAX_TEXT) } : {}) },
        },
        {
          ...({ kind: 'person', name: 'owner', label: 'Who does it', optional: false } as const),
          initial: asker.sender.userId,
        },
        dueInput(usualDueDate(clock.today())),
        from,
        visibilityInput(visibility, 'Its owner and you see it anyway.'),
      ],
    },
  });
}

/** Where a platform cannot open the form at once, its button carries what is known, as far as there is room. */
function formId(source: string, text: string): string {
  const known = `${source}\n${text}`;
  const isShort = text !== '' && known.length <= MAX_CARRIED;
  return isShort ? actionId('actions', 'note', known) : actionId('actions', 'new', source);
}

/** What follows from something that few may see is proposed for as few. */
async function inheritedVisibility(
  db: ActionsParts['db'],
  source: Reference | undefined,
  { audience }: Asker,
): Promise<RecordVisibility> {
  const id = source?.kind === 'decision' ? parseDecisionKey(source.ref) : undefined;
  const decision = id === undefined ? undefined : await readDecision(db, id, audience);
  return decision?.visibility ?? usualVisibility(audience);
}

/** @param today YYYY-MM-DD */
export function checkMakeForm(values: FormValues, today: string): FormErrors {
  return {
    ...checkText(values, 'Say what is to be done.'),
    ...(values['owner'] ? {} : { owner: 'Choose who does it.' }),
    ...checkDue(values, today),
    ...checkReference(values, 'source'),
    ...checkVisibility(values),
  };
}

export async function submitMakeForm(
  parts: ActionsParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const { person, audience } = asker;
  if (!mayMakeItems(person) || audience.guidanceOnly) return say(MEMBERS_MAKE);
  const today = parts.clock.today();
  const faults = Object.values(checkMakeForm(values, today));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was recorded.`));
  const { text = '', owner: userId = '', dueOn = '', visibility = '', source = '' } = values;
  if (!isRecordVisibility(visibility)) return say(notice('Choose who may see it. Nothing was recorded.'));
  const owner = await parts.people.identify({ ...asker.sender, userId });
  const name = literally(owner.displayName);
  const fault = whyNotOwner(owner);
  if (fault) return say(notice(`${fault} Nothing was recorded.`));
  const from = parseReference(source) ?? parseSource(argument);
  return async (change, tell) => {
    const id = await addItem(change, { text: cleanText(text), owner: owner.id, dueOn, visibility, source: from });
    const item = await readItem(change.db, id, { ...audience, person: person.id });
    if (!item) throw new Error('An action item that was just recorded cannot be found.');
    const isOwn = owner.id === person.id;
    if (!isOwn) {
      const note = `${literally(person.displayName)} gave you an action item.`;
      tellOne(tell, item, owner.id, itemCard(item, ownerOf(item), { note, today }));
    }
    const note = isOwn ? 'Recorded, and yours.' : `Recorded, and *waiting for ${name}*.`;
    // In a channel that may not see it, it is not shown.
    const shown = await readItem(change.db, id, audience);
    return [shown ? itemCard(item, person, { note, today }) : notice(`${note} Its number is ACT-${id}.`)];
  };
}

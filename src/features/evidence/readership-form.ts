import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { changeReadership } from '../../records/evidence/change-evidence.ts';
import type { EvidenceVisibility } from '../../records/evidence/evidence.ts';
import { readReaders } from '../../records/evidence/read-evidence.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { changeable, changedMeanwhile, done, seenArgument } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { itemFor, showButton } from './read.ts';
import { itemName, VISIBILITY_NAMES } from './words.ts';

/** Readers that a form offers to take out. */
const MAX_READERS = 100;

/** Who may see an item; named people are let in and taken out one by one. */
export async function readershipForm(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const readers = item.visibility === 'named' ? await readReaders(parts.db, item) : [];
  const names = readers.length > 0 ? ` At present also: ${readers.map(({ name }) => literally(name)).join(', ')}.` : '';
  return say({
    kind: 'form',
    form: {
      id: actionId('evidence', 'readership', argument),
      title: `Who may see ${item.key}`,
      intro: `**${itemName(item)}** Its owner always may.${names} Whoever has read it has read it.`,
      submitLabel: 'Record',
      inputs: [
        {
          ...({ kind: 'select', name: 'visibility', label: 'Who may see it', optional: false } as const),
          options: Object.entries(VISIBILITY_NAMES).map(([value, label]) => ({ value, label })),
          initial: item.visibility,
        },
        { kind: 'person', name: 'add', label: 'Let somebody in', hint: 'For named people.', optional: true },
        ...(readers.length > 0
          ? [
              {
                ...({ kind: 'select', name: 'remove', label: 'Take somebody out', optional: true } as const),
                options: readers.slice(0, MAX_READERS).map(({ id, name }) => ({ value: id, label: name })),
              },
            ]
          : []),
      ],
    },
  });
}

export function checkReadershipForm({ visibility = '', add, remove }: FormValues): FormErrors {
  return {
    ...(Object.hasOwn(VISIBILITY_NAMES, visibility) ? {} : { visibility: 'Choose who may see it.' }),
    ...(add && visibility !== 'named'
      ? { add: 'People are named where it is for named people. Choose that above.' }
      : {}),
    ...(remove && visibility !== 'named' ? { remove: 'Then nobody is named any more. Leave this empty.' } : {}),
  };
}

export async function submitReadershipForm(
  parts: EvidenceParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkReadershipForm(values));
  if (faults.length > 0) return say(notice(`${faults.join(' ')} Nothing was changed.`));
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const visibility = values['visibility'] as EvidenceVisibility;
  const { add: userId, remove } = values;
  const added = userId ? await parts.people.identify({ ...asker.sender, userId }) : undefined;
  if (added && added.standing !== 'member') {
    const who = literally(added.displayName);
    return say(notice(`${who} is no member of the organisation. Nothing was changed.`, showButton(item)));
  }
  return async (change, tell) => {
    const now = await itemFor({ ...parts, db: change.db }, item.key, asker);
    if (!now || seenArgument(now) !== argument) return [changedMeanwhile(item)];
    const before = item.visibility === 'named' ? (await readReaders(change.db, item)).map(({ id }) => id) : [];
    const readers = [...before.filter((id) => id !== remove), ...(added ? [added.id] : [])];
    await changeReadership(change, item, { visibility, readers });
    const what = `**${itemName(item)}**`;
    if (added && !before.includes(added.id)) {
      const reply = notice(`${literally(asker.person.displayName)} lets you see ${what}.`, showButton(item));
      tell({ key: `${item.key}:reader:${change.at.toISOString()}:${added.id}`, person: added.id, reply });
    }
    const whom = VISIBILITY_NAMES[visibility].toLowerCase();
    return done(tell, item, asker, {
      key: `readership:${change.at.toISOString()}`,
      by: `changed who may see ${what}: ${whom}.`,
      done: `${what} is for: ${whom}.`,
    });
  };
}

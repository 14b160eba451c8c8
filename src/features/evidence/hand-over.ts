import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { FormErrors, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import type { Person } from '../../people/people.ts';
import { handOver } from '../../records/evidence/change-evidence.ts';
import { type EvidenceOwner, evidenceOwners, itemsToHandOver } from '../../records/evidence/evidence-ownership.ts';
import { type Asker, type Outcome, say, type Tell } from '../feature.ts';
import { changeable, changedMeanwhile, formOn } from './changeable.ts';
import type { EvidenceParts } from './evidence.ts';
import { readingOf, showButton } from './read.ts';
import { itemName } from './words.ts';

/** Owners that a form offers. */
const MAX_OWNERS = 100;

/** One item gets another owner. */
export function handOverForm(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  return formOn(parts, argument, asker, (item) => ({
    verb: 'hand-over',
    title: `Hand ${item.key} over`,
    intro: `**${itemName(item)}** Its owner keeps it current and says who may see it. Now: ${literally(item.owner.name)}.`,
    submitLabel: 'Hand it over',
    inputs: [{ kind: 'person', name: 'owner', label: 'New owner', optional: false }],
  }));
}

export function checkHandOverForm({ owner }: FormValues): FormErrors {
  return owner ? {} : { owner: 'Choose somebody.' };
}

export async function submitHandOverForm(
  parts: EvidenceParts,
  argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const found = await changeable(parts, argument, asker);
  if ('refusal' in found) return say(found.refusal);
  const { item } = found;
  const to = await newOwner(parts, values, asker);
  if ('refusal' in to) return say(to.refusal);
  const { owner } = to;
  return async (change, tell) => {
    if (owner.id === item.owner.id) return [notice(`${itemName(item)} is theirs already.`, showButton(item))];
    if (!(await handOver(change, item, owner.id))) return [changedMeanwhile(item)];
    const what = `**${itemName(item)}**`;
    const reply = notice(
      `${literally(asker.person.displayName)} made you the owner of ${what}: you keep it current.`,
      showButton(item),
    );
    const key = `${item.key}:owner:${change.at.toISOString()}`;
    if (owner.id !== asker.person.id) tell({ key: `${key}:${owner.id}`, person: owner.id, reply });
    if (item.owner.id !== asker.person.id) {
      const taken = notice(
        `${literally(asker.person.displayName)} handed ${what} over to ${literally(owner.displayName)}.`,
      );
      tell({ key: `${key}:${item.owner.id}`, person: item.owner.id, reply: taken });
    }
    return [notice(`Recorded: ${what} is ${literally(owner.displayName)}'s from now on.`, showButton(item))];
  };
}

/** All evidence of somebody, for the compliance lead; one's own, for everybody. */
export async function handOverAllForm(parts: EvidenceParts, _argument: string, asker: Asker): Promise<Outcome> {
  const { person } = asker;
  const all = await evidenceOwners(parts.db, readingOf(parts, asker), MAX_OWNERS);
  const owners = person.roles.has('compliance_lead') ? all : all.filter(({ id }) => id === person.id);
  if (owners.length === 0)
    return say(notice('You own no evidence. The compliance lead hands over what others leave behind.'));
  return say({
    kind: 'form',
    form: {
      id: actionId('evidence', 'hand-over-all'),
      title: 'Hand evidence over',
      intro: 'All evidence of somebody gets another owner at once. For single items, show them first.',
      submitLabel: 'Hand over',
      inputs: [
        {
          ...({ kind: 'select', name: 'from', label: 'Whose evidence', optional: false } as const),
          options: owners.map((owner) => ({ value: owner.id, label: inWords(owner) })),
        },
        { kind: 'person', name: 'owner', label: 'New owner', optional: false },
      ],
    },
  });
}

function inWords({ name, items, hasLeft }: EvidenceOwner): string {
  return `${name}: ${items === 1 ? '1 item' : `${items.toLocaleString('en')} items`}${hasLeft ? ', left' : ''}`;
}

export function checkHandOverAllForm(values: FormValues): FormErrors {
  return { ...(values['from'] ? {} : { from: 'Choose somebody.' }), ...checkHandOverForm(values) };
}

export async function submitHandOverAllForm(
  parts: EvidenceParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const { person } = asker;
  const from = (await evidenceOwners(parts.db, readingOf(parts, asker), MAX_OWNERS)).find(
    ({ id }) => id === values['from'],
  );
  if (!from || (from.id !== person.id && !person.roles.has('compliance_lead'))) {
    return say(notice('That is for its owner, and for the compliance lead. Nothing was changed.'));
  }
  const to = await newOwner(parts, values, asker);
  if ('refusal' in to) return say(to.refusal);
  const { owner } = to;
  return async (change, tell) => {
    // Whoever left can no longer hand over what is for named people alone.
    const items = await itemsToHandOver(change.db, from, readingOf(parts, asker));
    let count = 0;
    for (const item of items) if (await handOver(change, item, owner.id)) count += 1;
    if (count === 0) return [notice('There is nothing of theirs to hand over that you may see.')];
    const what = count === 1 ? '1 item of evidence' : `${count.toLocaleString('en')} items of evidence`;
    tellNewOwner(
      tell,
      owner,
      `${literally(asker.person.displayName)} made you the owner of ${what}.`,
      change.at,
      asker,
    );
    return [
      notice(
        `Recorded: ${what} of ${literally(from.name)} now ${count === 1 ? 'belongs' : 'belong'} to ${literally(owner.displayName)}.`,
        MINE,
      ),
    ];
  };
}

const MINE = { id: actionId('command', 'run', 'evidence'), label: 'Show evidence' };

function tellNewOwner(tell: Tell, owner: Person, text: string, at: Date, { person }: Asker): void {
  if (owner.id === person.id) return;
  const mine = { id: actionId('command', 'run', 'evidence mine'), label: 'Show what is mine' };
  tell({ key: `evidence:owner:${at.toISOString()}:${owner.id}`, person: owner.id, reply: notice(text, mine) });
}

async function newOwner(
  { people }: EvidenceParts,
  values: FormValues,
  { sender }: Asker,
): Promise<{ readonly owner: Person } | { readonly refusal: Reply }> {
  const userId = values['owner'];
  if (!userId) return { refusal: notice('Choose somebody. Nothing was changed.') };
  const owner = await people.identify({ ...sender, userId });
  if (owner.standing === 'member') return { owner };
  const who = literally(owner.displayName);
  return { refusal: notice(`${who} is no member of the organisation and cannot own evidence. Nothing was changed.`) };
}

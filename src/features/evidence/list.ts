import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, FormErrors, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { parseSystemKey, systemKey } from '../../records/ai-system/ai-system.ts';
import type { EvidenceItem } from '../../records/evidence/evidence.ts';
import { EVIDENCE_KINDS, KIND_NAMES } from '../../records/evidence/kinds.ts';
import { listEvidence } from '../../records/evidence/read-evidence.ts';
import { structure } from '../../standard/structure.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { readingOf, showButton } from './read.ts';
import {
  asArgument,
  filterOf,
  isRequirement,
  parseArgument,
  readWords,
  Selection,
  STATE_CHOICES,
  selectionInWords,
} from './selection.ts';
import { stateInWords } from './words.ts';

/** Items on one page. */
const PAGE = 15;

/** Items of a page that get a button. */
const MAX_BUTTONS = 3;

const ADD: Action = { id: actionId('evidence', 'add'), label: 'Add evidence ...', opensForm: true };
const FILTER: Action = { id: actionId('evidence', 'filter'), label: 'Filter ...', opensForm: true };
const COVERAGE: Action = { id: actionId('evidence', 'coverage'), label: 'Coverage' };

/** What stands behind `/aims evidence`, as words. */
export async function listByWords(parts: EvidenceParts, text: string, asker: Asker): Promise<Outcome> {
  const { selection, unknown } = readWords(text, asker.person.id);
  if (unknown.length === 0) return list(parts, selection, 0, asker);
  return say(
    notice(
      `I can't filter by *${literally(unknown.join(' '))}*. Try a number such as A.7.4 or 9.2, a kind such as *policy*, an AI ` +
        'system such as AIS-3, *current*, *stale*, *lapsing* or *mine*. To ask what is in the evidence, just ask.',
      FILTER,
    ),
  );
}

/** The next page of a list, by its button. */
export async function listFrom(parts: EvidenceParts, argument: string, asker: Asker): Promise<Outcome> {
  const { selection, from } = parseArgument(argument);
  return list(parts, selection, from, asker);
}

async function list(parts: EvidenceParts, selection: Selection, from: number, asker: Asker): Promise<Outcome> {
  const { db, clock } = parts;
  const { total, items } = await listEvidence(db, readingOf(parts, asker), filterOf(selection, clock.today()), {
    limit: PAGE,
    offset: from,
  });
  const words = selectionInWords(selection, await nameOf(parts, selection.owner));
  const filtered = words.length > 0 ? `: ${literally(words.join(', '))}` : '';
  if (total === 0) return say(nothing(filtered));
  const left = total - from - items.length;
  return say({
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${total.toLocaleString('en')} ${total === 1 ? 'item' : 'items'}${filtered}` },
      table(items),
      ...(left > 0 ? [{ kind: 'text' as const, text: `And ${left.toLocaleString('en')} more.` }] : []),
    ],
    actions: [
      ...items.slice(0, MAX_BUTTONS).map(showButton),
      ...(left > 0
        ? [{ id: actionId('evidence', 'list', asArgument(selection, from + PAGE)), label: 'Show more' }]
        : []),
      FILTER,
      COVERAGE,
      ADD,
    ],
  });
}

function nothing(filtered: string): Reply {
  return filtered
    ? notice(`No evidence that you may see here${filtered}.`, FILTER, COVERAGE)
    : notice(
        'There is no evidence yet that you may see here. Send me a file in a direct message, and I propose what it is evidence for.',
        COVERAGE,
        ADD,
      );
}

/** Few columns, for phones. */
function table(items: readonly EvidenceItem[]) {
  return {
    kind: 'table' as const,
    columns: ['Evidence', 'Kind', 'State', 'Owner'],
    rows: items.map((item) => [
      `${item.key} ${literally(item.title)}`,
      KIND_NAMES[item.kind],
      stateInWords(item),
      literally(item.owner.name),
    ]),
  };
}

async function nameOf({ db }: EvidenceParts, person: string | undefined): Promise<string | undefined> {
  if (person === undefined) return undefined;
  const row = await db.selectFrom('person').select('display_name').where('id', '=', person).executeTakeFirst();
  return row?.display_name ?? 'nobody';
}

/** Chooses what to see. */
export function filterForm(): Reply {
  return {
    kind: 'form',
    form: {
      id: actionId('evidence', 'filter'),
      title: 'Filter evidence',
      intro: 'Leave out what does not matter.',
      submitLabel: 'Show',
      inputs: [
        {
          ...({ kind: 'text', name: 'requirement', label: 'Clause or control', multiline: false } as const),
          ...{ maxLength: 20, optional: true, hint: 'For example 9.2, A.7.4, or A.7 for all controls in it.' },
        },
        {
          ...({ kind: 'select', name: 'kind', label: 'Kind', optional: true } as const),
          options: EVIDENCE_KINDS.map((value) => ({ value, label: KIND_NAMES[value] })),
        },
        {
          ...({ kind: 'text', name: 'system', label: 'AI system', multiline: false, maxLength: 20 } as const),
          ...{ optional: true, hint: 'For example AIS-3.' },
        },
        { kind: 'person', name: 'owner', label: 'Owner', optional: true },
        {
          ...({ kind: 'select', name: 'state', label: 'State', optional: true } as const),
          options: Object.entries(STATE_CHOICES).map(([value, label]) => ({ value, label })),
        },
      ],
    },
  };
}

export function checkFilterForm({ requirement = '', kind, system = '', state }: FormValues): FormErrors {
  return {
    ...(requirement.trim() && !isRequirement(requirement.trim().toUpperCase())
      ? { requirement: 'The standard has no such clause or control. Write a number such as 9.2 or A.7.4.' }
      : {}),
    ...(kind && !Selection.shape.kind.safeParse(kind).success ? { kind: 'Choose among what is offered.' } : {}),
    ...(system.trim() && parseSystemKey(system) === undefined ? { system: 'Write it like AIS-3.' } : {}),
    ...(state && !Selection.shape.state.safeParse(state).success ? { state: 'Choose among what is offered.' } : {}),
  };
}

export async function submitFilterForm(
  parts: EvidenceParts,
  _argument: string,
  values: FormValues,
  asker: Asker,
): Promise<Outcome> {
  const faults = Object.values(checkFilterForm(values));
  if (faults.length > 0) return say(notice(faults.join(' ')));
  const { requirement = '', kind, system = '', owner: userId, state } = values;
  const owner = userId ? await parts.people.identify({ ...asker.sender, userId }) : undefined;
  const number = parseSystemKey(system);
  const selection = Selection.parse({
    ...(requirement.trim() ? { requirement: structure.find(requirement.trim().toUpperCase())?.id } : {}),
    ...(kind ? { kind } : {}),
    ...(number !== undefined ? { system: systemKey(number) } : {}),
    ...(owner ? { owner: owner.id } : {}),
    ...(state ? { state } : {}),
  });
  return list(parts, selection, 0, asker);
}

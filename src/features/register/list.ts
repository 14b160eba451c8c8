import { actionId } from '../../chat/action-id.ts';
import type { Block, FormErrors, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { FormValues } from '../../chat/turn.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import {
  type AiSystem,
  STAGE_NAMES,
  STAGES,
  type Stage,
  SYSTEM_STATE_NAMES,
  SYSTEM_STATES,
  type SystemState,
  systemKey,
} from '../../records/ai-system/ai-system.ts';
import { FACTS } from '../../records/ai-system/facts.ts';
import { completenessInAll, listSystems, type SystemFilter } from '../../records/ai-system/read-systems.ts';
import { type AiRole, ROLES, TIERS, type Tier } from '../../records/ai-system/triage/proposal.ts';
import { ROLE_WORDS, TIER_NAMES } from '../proposal-words.ts';
import type { SystemQuery } from './query.ts';
import { showButton } from './refused.ts';

/** Systems in one list; Teams shows sixty rows. */
const MAX_LISTED = 40;

/** Systems of a list that get a button. */
const MAX_BUTTONS = 4;

const MAX_SAID = 120;

/** The systems of the register that a filter lets through. */
export async function systemList(db: Db, { filter, words }: SystemQuery): Promise<Reply> {
  const { total, systems } = await listSystems(db, filter, MAX_LISTED);
  const count = total === 1 ? '1 AI system' : `${total} AI systems`;
  const filtered = words.length > 0 ? `: ${literally(words.join(', '))}` : '';
  const complete = words.length > 0 ? undefined : await completenessInAll(db);
  const blocks: Block[] = [
    { kind: 'heading', text: total === 0 ? `No AI system${filtered}` : `${count}${filtered}` },
    ...(total === 0
      ? [
          {
            kind: 'text' as const,
            text:
              words.length > 0
                ? 'Nothing in the register says that. What nobody has answered yet is not counted.'
                : 'Nothing is registered yet. Registering a system takes some ten minutes of talking.',
          },
        ]
      : [table(systems, filter.personalData !== undefined)]),
    ...(complete !== undefined
      ? [
          {
            kind: 'text' as const,
            text: `The records of those submitted or approved are ${Math.floor(complete * 100)} % complete in all.`,
          },
        ]
      : []),
    ...(total > systems.length
      ? [{ kind: 'text' as const, text: `And ${total - systems.length} more: filter to see fewer.` }]
      : []),
  ];
  return {
    kind: 'notice',
    blocks,
    actions: [
      ...systems.slice(0, MAX_BUTTONS).map(({ id }) => showButton(id)),
      ...(total > 1 || words.length > 0
        ? [{ id: actionId('register', 'filter'), label: 'Filter ...', opensForm: true as const }]
        : []),
      { id: actionId('command', 'run', 'register'), label: 'Register a system' },
    ],
  };
}

/**
 * Few columns, for phones.
 *
 * @param withData shows what is said of the data, in the place of the state
 */
function table(systems: readonly AiSystem[], withData: boolean): Block {
  return {
    kind: 'table',
    columns: ['System', 'Owner', withData ? 'Data, in their words' : 'State', 'EU AI Act'],
    rows: systems.map((system) => [
      `${systemKey(system.id)} ${literally(system.content.name)}`,
      literally(system.owner?.name ?? 'nobody yet'),
      withData ? literally(shortened(system.content.texts.I6 ?? '', MAX_SAID)) : stateOf(system),
      TIER_NAMES[system.tier],
    ]),
  };
}

function stateOf({ stage, state, reviewOn }: AiSystem): string {
  const review = reviewOn && state === 'approved' ? `, review ${writtenDay(reviewOn)}` : '';
  const stateName = `${SYSTEM_STATE_NAMES[state].toLowerCase()}${review}`;
  if (state === 'retired') return SYSTEM_STATE_NAMES[state];
  return `${stage ? STAGE_NAMES[stage] : 'Stage not known'}; ${stateName}`;
}

/** Chooses what to see. */
export function filterForm(): Reply {
  const select = (name: string, label: string, options: readonly { value: string; label: string }[]) =>
    ({ kind: 'select', name, label, optional: true, options }) as const;
  return {
    kind: 'form',
    form: {
      id: actionId('register', 'filter'),
      title: 'Filter the register',
      intro: 'Leave out what does not matter.',
      submitLabel: 'Show',
      inputs: [
        select(
          'stage',
          'Stage',
          STAGES.map((value) => ({ value, label: STAGE_NAMES[value] })),
        ),
        select(
          'state',
          'State',
          SYSTEM_STATES.filter((value) => value !== 'discarded').map((value) => ({
            value,
            label: SYSTEM_STATE_NAMES[value],
          })),
        ),
        select(
          'tier',
          'EU AI Act',
          TIERS.map((value) => ({ value, label: TIER_NAMES[value] })),
        ),
        select(
          'role',
          'Our role',
          ROLES.map((value) => ({ value, label: ROLE_WORDS[value] })),
        ),
        select('data', 'Data about people', DATA_OPTIONS),
        { kind: 'person', name: 'owner', label: 'Owner', optional: true },
        select('due', 'Due', [
          { value: 'review', label: 'Its review is due' },
          { value: 'assessment', label: 'Its impact assessment is due' },
          { value: 'owner', label: 'It has no owner' },
        ]),
      ],
    },
  };
}

const DATA_OPTIONS = Object.entries(FACTS.personalData.options)
  .filter(([value]) => value !== 'none')
  .map(([value, label]) => ({ value, label }));

export function checkFilterForm({ stage, state, tier, role, data }: FormValues): FormErrors {
  const chosen = [
    ['stage', stage, STAGES],
    ['state', state, SYSTEM_STATES],
    ['tier', tier, TIERS],
    ['role', role, ROLES],
    ['data', data, DATA_OPTIONS.map(({ value }) => value)],
  ] as const;
  const wrong = chosen.filter(([, value, options]) => value && !(options as readonly string[]).includes(value));
  return Object.fromEntries(wrong.map(([name]) => [name, 'Choose among what is offered.']));
}

/** What was chosen. The values must be checked. @param owner the person chosen, as Steward knows them */
export function filterFrom(
  values: FormValues,
  owner: { readonly id: string; readonly displayName: string } | undefined,
  today: string,
): SystemQuery {
  const { stage, state, tier, role, data, due } = values;
  const parts: { readonly filter: SystemFilter; readonly words: string }[] = [
    ...(stage ? [{ filter: { stage: stage as Stage }, words: STAGE_NAMES[stage as Stage].toLowerCase() }] : []),
    ...(state
      ? [{ filter: { states: [state as SystemState] }, words: SYSTEM_STATE_NAMES[state as SystemState].toLowerCase() }]
      : []),
    ...(tier ? [{ filter: { tier: tier as Tier }, words: TIER_NAMES[tier as Tier] }] : []),
    ...(role ? [{ filter: { role: role as AiRole }, words: `we are ${ROLE_WORDS[role as AiRole]}` }] : []),
    ...(data
      ? [
          {
            filter: { personalData: [data] },
            words: (DATA_OPTIONS.find(({ value }) => value === data)?.label ?? data).toLowerCase(),
          },
        ]
      : []),
    ...(owner ? [{ filter: { owner: owner.id }, words: `of ${owner.displayName}` }] : []),
    ...(due === 'review' ? [{ filter: { reviewDueOn: today }, words: 'review due' }] : []),
    ...(due === 'assessment' ? [{ filter: { assessmentDue: true }, words: 'impact assessment due' }] : []),
    ...(due === 'owner' ? [{ filter: { owner: null }, words: 'without an owner' }] : []),
  ];
  return {
    filter: Object.assign({}, ...parts.map(({ filter }) => filter)) as SystemFilter,
    words: parts.map(({ words }) => words),
  };
}

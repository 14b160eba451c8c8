import { actionId } from '../../chat/action-id.ts';
import type { Action, Reply } from '../../chat/reply.ts';
import { literally } from '../../chat/text.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { listSystems } from '../../records/ai-system/read-systems.ts';
import {
  type Coverage,
  missingKinds,
  type RequirementCoverage,
  requirementCoverage,
  systemCoverage,
} from '../../records/evidence/coverage.ts';
import { type EvidenceKind, KIND_NAMES } from '../../records/evidence/kinds.ts';
import type { Asker } from '../feature.ts';
import type { EvidenceParts } from './evidence.ts';
import { readingOf } from './read.ts';

/** AI systems in one table; Teams shows sixty rows. */
const MAX_SYSTEMS = 40;

const SYSTEM_STATES = ['draft', 'submitted', 'sent_back', 'approved'] as const;

const PARTS: readonly Action[] = [
  { id: actionId('evidence', 'coverage', 'clauses'), label: 'Clauses' },
  { id: actionId('evidence', 'coverage', 'controls'), label: 'Controls' },
  { id: actionId('evidence', 'coverage', 'systems'), label: 'AI systems' },
  { id: actionId('evidence', 'missing'), label: 'What is missing' },
];

/** How much there is evidence for, of all that the reader may see. Counts, and no target: how much is enough nobody can count. */
export async function coverageCard(parts: EvidenceParts, argument: string, asker: Asker): Promise<Reply> {
  switch (argument) {
    case 'clauses':
    case 'controls':
      return requirementsCard(await requirementCoverage(parts.db, readingOf(parts, asker)), argument);
    case 'systems':
      return systemsCard(parts, asker);
    default:
      return overview(parts, asker);
  }
}

async function overview(parts: EvidenceParts, asker: Asker): Promise<Reply> {
  const requirements = await requirementCoverage(parts.db, readingOf(parts, asker));
  const { total, systems } = await coveredSystems(parts, asker);
  const row = (name: string, counted: readonly Coverage[]) => {
    const current = counted.filter((one) => one.current > 0).length;
    const stale = counted.filter((one) => one.current === 0 && one.stale > 0).length;
    return [name, String(current), String(stale), String(counted.length - current - stale)];
  };
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Evidence that you may see' },
      {
        kind: 'table',
        columns: ['', 'with current evidence', 'with stale alone', 'with none'],
        rows: [
          row('Clauses 4 to 10', requirements.filter(isClause)),
          row(
            'Controls of Annex A',
            requirements.filter((one) => !isClause(one)),
          ),
          row(total > systems.length ? `AI systems, the first ${systems.length}` : 'AI systems', systems),
        ],
      },
    ],
    actions: PARTS,
  };
}

function requirementsCard(all: readonly RequirementCoverage[], which: 'clauses' | 'controls'): Reply {
  const shown = all.filter((one) => isClause(one) === (which === 'clauses'));
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `Evidence that you may see, by ${which === 'clauses' ? 'clause' : 'control'}` },
      {
        kind: 'table',
        columns: [which === 'clauses' ? 'Clause' : 'Control', 'current', 'stale'],
        rows: shown.map(({ requirement: { id, title }, current, stale }) => [
          `${id} ${literally(title)}`,
          count(current),
          count(stale),
        ]),
      },
      { kind: 'text', text: `\`/aims evidence ${shown[0]?.requirement.id}\` lists what there is for one of them.` },
    ],
    actions: PARTS,
  };
}

async function systemsCard(parts: EvidenceParts, asker: Asker): Promise<Reply> {
  const { total, systems } = await coveredSystems(parts, asker);
  if (total === 0) return { kind: 'notice', blocks: [{ kind: 'text', text: NO_SYSTEMS }], actions: PARTS };
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'Evidence that you may see, by AI system' },
      {
        kind: 'table',
        columns: ['AI system', 'current', 'stale'],
        rows: systems.map(({ system, name, current, stale }) => [
          `${system} ${literally(name)}`,
          count(current),
          count(stale),
        ]),
      },
      {
        kind: 'text',
        text:
          total > systems.length
            ? `And ${total - systems.length} more. \`/aims evidence ${systems[0]?.system}\` lists what there is for one of them.`
            : `\`/aims evidence ${systems[0]?.system}\` lists what there is for one of them.`,
      },
    ],
    actions: PARTS,
  };
}

const NO_SYSTEMS = 'No AI system is registered yet. `/aims register` registers one.';

/** What there is nothing current for, as far as the reader may see. @param system one AI system alone: AIS-12 */
export async function missingCard(parts: EvidenceParts, asker: Asker, system?: string): Promise<Reply> {
  const reading = readingOf(parts, asker);
  if (system !== undefined) return missingOf(system, await missingKinds(parts.db, reading, system));
  const without = (await requirementCoverage(parts.db, reading)).filter(({ current }) => current === 0);
  const kinds = await missingKinds(parts.db, reading);
  const { systems } = await coveredSystems(parts, asker);
  const lines = (title: string, which: readonly RequirementCoverage[]) =>
    which.length === 0
      ? []
      : [
          `**${title} (${which.length})**: ${which.map(({ requirement, stale }) => mark(requirement.id, stale)).join(', ')}`,
        ];
  const bare = systems.filter(({ current }) => current === 0);
  const paragraphs = [
    ...(kinds.length > 0
      ? [
          `**Kinds that every AI management system has something to show of** (good practice): ${kinds.map((kind) => KIND_NAMES[kind].toLowerCase()).join(', ')}`,
        ]
      : []),
    ...lines('Clauses', without.filter(isClause)),
    ...lines(
      'Controls',
      without.filter((one) => !isClause(one)),
    ),
    ...(bare.length > 0
      ? [`**AI systems (${bare.length})**: ${bare.map(({ system, stale }) => mark(system, stale)).join(', ')}`]
      : []),
  ];
  const text =
    paragraphs.length > 0
      ? [...paragraphs, 'What is stale is marked so. A control that your organisation left out needs none.'].join(
          '\n\n',
        )
      : 'Of everything there is something current.';
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: 'No current evidence that you may see' },
      { kind: 'text', text },
    ],
    actions: PARTS.slice(0, -1),
  };
}

function missingOf(system: string, kinds: readonly EvidenceKind[]): Reply {
  const names = kinds.map((kind) => KIND_NAMES[kind].toLowerCase()).join(', ');
  const text = names
    ? `Of ${system} there is no current evidence of these kinds that you may see here: ${names}. Good practice is to have something to show of each.`
    : `Of ${system} there is something current of each kind that every AI system has something to show of.`;
  const list = { id: actionId('evidence', 'list', `system=${system}`), label: `Evidence on ${system}` };
  return { kind: 'notice', blocks: [{ kind: 'text', text }], actions: [list, ...PARTS.slice(-1)] };
}

function mark(id: string, stale: number): string {
  return stale > 0 ? `${id} (stale)` : id;
}

async function coveredSystems(parts: EvidenceParts, asker: Asker) {
  const { total, systems } = await listSystems(parts.db, { states: SYSTEM_STATES }, MAX_SYSTEMS);
  const names = new Map(systems.map(({ id, content }) => [systemKey(id), content.name]));
  const counted = await systemCoverage(parts.db, readingOf(parts, asker), [...names.keys()]);
  return { total, systems: counted.map((one) => ({ ...one, name: names.get(one.system) ?? '' })) };
}

function isClause({ requirement }: RequirementCoverage): boolean {
  return requirement.kind === 'clause';
}

function count(items: number): string {
  return items === 0 ? '·' : items.toLocaleString('en');
}

import type { EvidenceKind } from '../records/evidence/kinds.ts';
import { structure } from '../standard/structure.ts';
import { EXAMPLE_SYSTEMS } from './example-systems.ts';

/** What an item of the example organisation's evidence is. */
export interface ExampleItem {
  readonly title: string;
  readonly kind: EvidenceKind;
  readonly requirement: string;
  /** Its place in the list of systems; undefined where it is about none. */
  readonly system: number | undefined;
  /** For how many months it speaks. */
  readonly months: number;
}

/** Of every system. */
const OF_SYSTEMS: readonly Omit<ExampleItem, 'system'>[] = [
  { title: 'Test report', kind: 'test_report', requirement: 'A.6.2.4', months: 12 },
  { title: 'List of data and their quality', kind: 'record', requirement: 'A.7.4', months: 6 },
  { title: 'Sample of the event log', kind: 'log', requirement: 'A.6.2.8', months: 4 },
  { title: 'Look at results by a person', kind: 'oversight', requirement: 'A.9.3', months: 3 },
  { title: 'Annex on duties to the contract', kind: 'contract', requirement: 'A.10.2', months: 24 },
];

/** Of every third one. */
const OF_SOME: readonly Omit<ExampleItem, 'system'>[] = [
  { title: 'Comparison of groups', kind: 'bias_test', requirement: 'A.6.2.4', months: 6 },
];

/** Clauses and controls of which there is nothing yet. */
const UNCOVERED = new Set(['6.3', '10.1', 'A.2.4', 'A.4.5', 'A.5.5', 'A.8.5', 'A.10.4']);

const KIND_OF_CLAUSE: Readonly<Record<string, EvidenceKind>> = {
  '4': 'record',
  '5': 'policy',
  '6': 'plan',
  '7': 'training',
  '8': 'assessment',
  '9': 'minutes',
  '10': 'record',
};

/** Two hundred items: what there is of each system, then of the organisation. */
export function exampleItems(count: number): ExampleItem[] {
  const systems = EXAMPLE_SYSTEMS.slice(0, -4).flatMap((_, system) =>
    [...OF_SYSTEMS, ...(system % 3 === 0 ? OF_SOME : [])].map((item) => ({
      ...item,
      title: `${item.title}: ${EXAMPLE_SYSTEMS[system]?.name ?? ''}`,
      system,
    })),
  );
  const all = [...structure.auditableClauses, ...structure.controls].filter(({ id }) => !UNCOVERED.has(id));
  const organisation = all.map(({ id, title }) => ({
    title,
    kind: KIND_OF_CLAUSE[id.split('.')[0] ?? ''] ?? ('procedure' as const),
    requirement: id,
    system: undefined,
    months: id.startsWith('A.') ? 12 : 9,
  }));
  return [...systems, ...organisation].slice(0, count);
}

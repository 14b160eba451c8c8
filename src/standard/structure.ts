import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Item = z.object({ id: z.string(), title: z.string() });

const StructureFile = z.object({
  standard: z.string(),
  edition: z.string(),
  checked: z.iso.date(),
  note: z.string(),
  clauses: z.array(Item.extend({ auditable: z.boolean() })),
  areas: z.array(Item.extend({ controls: z.array(Item.extend({ guidance: z.string() })) })),
  objectives: z.array(Item),
  riskSources: z.array(Item),
  annexD: z.array(Item),
});

/** One numbered place in ISO/IEC 42001. */
export interface Requirement {
  /** As people cite it: 6.1.3, A.6.2.8, C.2.5. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'clause' | 'area' | 'control' | 'objective' | 'risk-source' | 'annex-d';
}

/** The numbers and titles of ISO/IEC 42001: what exists, and nothing else. */
export interface Structure {
  readonly standard: string;
  /** The 32 sub-clauses that are audited. */
  readonly auditableClauses: readonly Requirement[];
  /** The 38 controls of Annex A. */
  readonly controls: readonly Requirement[];
  readonly annexC: readonly Requirement[];
  readonly annexD: readonly Requirement[];
  /** Finds a place by its number; the guidance `B.6.2.8` counts as its control `A.6.2.8`. */
  find(id: string): Requirement | undefined;
}

/** Read once: the numbers of a published standard do not change while the program runs. */
export const structure: Structure = read(new URL('../../knowledge/structure.json', import.meta.url));

function read(file: URL): Structure {
  const data = StructureFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const of = (kind: Requirement['kind']) => (item: z.infer<typeof Item>) => ({ id: item.id, title: item.title, kind });
  const controls = data.areas.flatMap((area) => area.controls);
  const controlRequirements = controls.map(of('control'));
  const annexC = [...data.objectives.map(of('objective')), ...data.riskSources.map(of('risk-source'))];
  const annexD = data.annexD.map(of('annex-d'));
  const byId = new Map<string, Requirement>();
  const all = [
    ...data.clauses.map(of('clause')),
    ...data.areas.map(of('area')),
    ...controlRequirements,
    ...annexC,
    ...annexD,
  ];
  for (const requirement of all) byId.set(requirement.id, requirement);
  for (const control of controls) {
    const requirement = byId.get(control.id);
    if (requirement) byId.set(control.guidance, requirement);
  }
  return {
    standard: data.standard,
    auditableClauses: data.clauses.filter((clause) => clause.auditable).map(of('clause')),
    controls: controlRequirements,
    annexC,
    annexD,
    find: (id) => byId.get(id),
  };
}

/** The audited clauses and the controls at or below a number: of A.7 all of A.7.2 to A.7.6. The number itself is always one. */
export function requirementsWithin(id: string): string[] {
  const below = [...structure.auditableClauses, ...structure.controls].filter((one) => one.id.startsWith(`${id}.`));
  return [id, ...below.map((one) => one.id)];
}

import { z } from 'zod';
import { daysLater } from '../../clock.ts';
import { parseSystemKey, systemKey } from '../../records/ai-system/ai-system.ts';
import { EVIDENCE_KINDS, type EvidenceKind, KIND_NAMES } from '../../records/evidence/kinds.ts';
import type { EvidenceFilter } from '../../records/evidence/read-evidence.ts';
import { structure } from '../../standard/structure.ts';

export const STATE_CHOICES = {
  current: 'Current',
  stale: 'Stale',
  lapsing: 'Lapsing within 30 days',
  withdrawn: 'Withdrawn',
} as const;

/** From how many days before the end of its validity on an item is said to lapse. */
export const LAPSING = 30;

/** Which items a list shows, as its form gives it and its buttons carry it. */
export const Selection = z.object({
  kind: z.enum(EVIDENCE_KINDS).optional(),
  requirement: z
    .string()
    .refine((id) => isRequirement(id), 'The standard has no such number.')
    .optional(),
  system: z
    .string()
    .refine((id) => parseSystemKey(id) !== undefined, 'Write it like AIS-12.')
    .optional(),
  /** A person's id. */
  owner: z.uuid().optional(),
  state: z.enum(['current', 'stale', 'lapsing', 'withdrawn']).optional(),
});

export type Selection = z.infer<typeof Selection>;

/** Whether a number is of something that there can be evidence for: a clause, a control, or what stands above some of them. */
export function isRequirement(id: string): boolean {
  const kind = structure.find(id)?.kind;
  return kind === 'clause' || kind === 'area' || kind === 'control';
}

/** Everything that is not withdrawn, where nothing else is said. @param today YYYY-MM-DD */
export function filterOf({ kind, requirement, system, owner, state }: Selection, today: string): EvidenceFilter {
  return {
    ...(kind ? { kinds: [kind] } : {}),
    ...(requirement ? { requirements: [requirement] } : {}),
    ...(system ? { systems: [system] } : {}),
    ...(owner ? { owner } : {}),
    ...(state === 'lapsing'
      ? { lapsingBy: daysLater(today, LAPSING) }
      : { states: state ? [state] : (['current', 'stale'] as const) }),
  };
}

/** What is selected, in a few words. @param owner their name */
export function selectionInWords({ kind, requirement, system, state }: Selection, owner: string | undefined): string[] {
  return [
    ...(kind ? [KIND_NAMES[kind].toLowerCase()] : []),
    ...(requirement ? [requirement] : []),
    ...(system ? [system] : []),
    ...(owner ? [`of ${owner}`] : []),
    ...(state ? [STATE_CHOICES[state].toLowerCase()] : []),
  ];
}

/** For a button: `kind=policy&from=20`. */
export function asArgument(selection: Selection, from: number): string {
  const set = Object.entries(selection).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams([...set, ['from', String(from)]]).toString();
}

export function parseArgument(argument: string): { selection: Selection; from: number } {
  const { from, ...values } = Object.fromEntries(new URLSearchParams(argument));
  return {
    selection: Selection.catch({}).parse(values),
    from: z.coerce.number().int().min(0).max(1_000_000).catch(0).parse(from),
  };
}

/** Words behind `/aims evidence`: `A.7.4 stale`, `test reports AIS-3`, `mine`. @param asker their id */
export function readWords(text: string, asker: string): { selection: Selection; unknown: string[] } {
  const { kind, rest } = takeKind(text);
  const parts = rest
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => ({ word, means: readWord(word, asker) }));
  return {
    selection: Object.assign({}, kind && { kind }, ...parts.map(({ means }) => means)) as Selection,
    unknown: parts.filter(({ means }) => !means).map(({ word }) => word),
  };
}

function readWord(word: string, asker: string): Selection | undefined {
  const plain = word.toLowerCase();
  const number = word.toUpperCase();
  if (isRequirement(number)) return { requirement: structure.find(number)?.id ?? number };
  const system = parseSystemKey(word);
  if (system !== undefined) return { system: systemKey(system) };
  if (plain === 'mine') return { owner: asker };
  return Object.hasOwn(STATE_CHOICES, plain) ? { state: plain as keyof typeof STATE_CHOICES } : undefined;
}

const KIND_WORDS = EVIDENCE_KINDS.filter((kind) => kind !== 'other')
  .map((kind) => ({ kind, name: KIND_NAMES[kind].toLowerCase().replace(/ (action|record)$/, '( $1)?') }))
  .map(({ kind, name }) => ({ kind, pattern: new RegExp(`\\b${name.replace(/y$/, '(y|ies)')}s?\\b`, 'i') }));

function takeKind(text: string): { kind: EvidenceKind | undefined; rest: string } {
  const found = KIND_WORDS.find(({ pattern }) => pattern.test(text));
  return { kind: found?.kind, rest: found ? text.replace(found.pattern, ' ') : text };
}

/** Something on record that something else follows from or is about. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** What people call it: AIS-3, EV-48, GAP-2. For an answer its number, for a thread where it was: `slack C0GOV`. */
  readonly ref: string;
}

export const REFERENCE_KINDS = [
  'system',
  'evidence',
  'question',
  'reviewed_answer',
  'decision',
  'action_item',
  'kpi',
  'digest',
  'review',
  'answer',
  'thread',
] as const;

export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** The kinds that people name by a key. */
const PREFIXES: ReadonlyMap<string, ReferenceKind> = new Map([
  ['AIS', 'system'],
  ['EV', 'evidence'],
  ['GAP', 'question'],
  ['QA', 'reviewed_answer'],
  ['DEC', 'decision'],
  ['ACT', 'action_item'],
  ['KPI', 'kpi'],
]);

/** @returns undefined for what is no key of a record */
export function parseReference(text: string): Reference | undefined {
  const [, prefix = '', number] = /^([A-Z]{2,3})-([1-9]\d{0,14})$/.exec(text.trim().toUpperCase()) ?? [];
  const kind = PREFIXES.get(prefix);
  return kind && { kind, ref: `${prefix}-${number}` };
}

/** A reference as two columns keep it. */
export function referenceOf(kind: string | null, ref: string | null): Reference | undefined {
  return kind === null || ref === null ? undefined : { kind: kind as ReferenceKind, ref };
}

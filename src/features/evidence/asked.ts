import { z } from 'zod';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { type NamedSystem, systemsNamedIn } from '../../records/ai-system/system-names.ts';
import { structure } from '../../standard/structure.ts';
import { isRequirement } from './selection.ts';

/** A question that the tables of the evidence answer. */
export type Asked =
  /** What there is: words that `/aims evidence` understands. */
  | { readonly kind: 'list'; readonly words: string }
  /** Of what there is nothing current. */
  | { readonly kind: 'missing'; readonly system: string | undefined }
  /** What happened. @param since YYYY-MM-DD; undefined for the last audit */
  | { readonly kind: 'changes'; readonly since: string | undefined };

/** Asks what ought to be, which the guidance answers. */
const NORMATIVE =
  /\b(need|needs|needed|should|must|shall|expects?|wants?|requires?|convinc\w*|counts?|good|enough|sufficient|auditors?|mean|means|happens?|if|why|how (do|can|should|long|often))\b/i;

const HAVE = /\b((do|have|did) (we|you|i)|is there|are there|there is|exists?|on (file|record)|our)\b/i;
const EVIDENCE = /\b(evidence|proof|artefacts?|artifacts?)\b/i;
const SHOW = /^\W*(please )?(show|list|give)( me| us)?\b/i;
const STALE = /\b(stale|expired|lapsed|outdated|out of date|no longer valid)\b/i;
const LAPSING = /\b(lapsing|lapses?|expiring|expires?|about to (lapse|expire))\b/i;
const MISSING = /\b(missing|lacking|lacks?)\b/i;
const KINDS = /\b(required|mandatory)? ?kinds?\b/i;
const CHANGED = /^\W*(so )?what( has|'s| have| is)? (been )?(changed|new|different|happened|added)\b/i;
const AUDIT = /\bsince (the|our) (last|previous|latest) (\w+ )?audit\b/i;

/** More words tell of a story, or of several things. */
const MAX_WORDS = 14;

/** @returns undefined for a question that is for somebody else */
export function whatIsAsked(text: string, systems: readonly NamedSystem[]): Asked | undefined {
  const question = text.normalize('NFKC').replaceAll('’', "'").trim();
  const words = question.split(/\s+/).length;
  if (words > MAX_WORDS) return undefined;
  if (CHANGED.test(question)) return changes(question);
  if (NORMATIVE.test(question)) return undefined;
  const what = subjectOf(question, systems);
  if (MISSING.test(question)) {
    const isMeant = EVIDENCE.test(question) || KINDS.test(question);
    return isMeant ? { kind: 'missing', system: what.find((one) => one.startsWith('AIS-')) } : undefined;
  }
  const isShort = words <= 5 && /^\W*(what|which|anything|is anything)\b(?! (is|are) an? )/i.test(question);
  for (const [pattern, state] of [
    [STALE, 'stale'],
    [LAPSING, 'lapsing'],
  ] as const) {
    if (pattern.test(question) && (isShort || EVIDENCE.test(question)))
      return { kind: 'list', words: [...what, state].join(' ') };
  }
  const asksForIt = EVIDENCE.test(question) && (HAVE.test(question) || SHOW.test(question));
  return asksForIt && what.length > 0 ? { kind: 'list', words: what.join(' ') } : undefined;
}

/** The number of the standard and the AI system that a question is about. */
function subjectOf(question: string, systems: readonly NamedSystem[]): string[] {
  const numbers = question.match(/\b[A-D]\.\d{1,2}(\.\d{1,2}){0,2}\b|\b\d{1,2}(\.\d{1,2}){1,2}\b/gi) ?? [];
  const known = numbers.map((number) => structure.find(number.toUpperCase())?.id ?? '').filter(isRequirement);
  const [system, ...others] = known.length > 0 ? [] : systemsNamedIn(question, systems);
  return [...known.slice(0, 1), ...(system && others.length === 0 ? [systemKey(system.id)] : [])];
}

function changes(question: string): Asked | undefined {
  const since = dayIn(question);
  if (since && (EVIDENCE.test(question) || /\bsince\b/i.test(question))) return { kind: 'changes', since };
  return AUDIT.test(question) ? { kind: 'changes', since: undefined } : undefined;
}

/** The day in a text: 2026-03-01, or 1 March 2026. */
function dayIn(text: string): string | undefined {
  const iso = /\b\d{4}-\d\d-\d\d\b/.exec(text)?.[0];
  if (iso) return z.iso.date().safeParse(iso).data;
  const [written] = /\b\d{1,2}\.? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{4}\b/i.exec(text) ?? [];
  const moment = Date.parse(`${written?.replace('.', '')} UTC`);
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString().slice(0, 10);
}

import type { Db } from '../../../database/database.ts';
import type { DocumentPassage } from '../../../documents/document.ts';
import { GUIDANCE_ONLY } from '../../../people/audience.ts';
import { searchDocuments } from '../../../retrieval/search-documents.ts';
import { tokensOf } from '../../../retrieval/terms.ts';
import { structure } from '../../../standard/structure.ts';
import type { Mapping } from '../evidence.ts';
import { keywordsOf } from './keywords.ts';

/** A sign that a document is about a requirement. */
export interface Sign {
  readonly requirement: string;
  /** How sure it is: 1 for what search found best. */
  readonly weight: number;
  /** Where the sign stands. */
  readonly place: string;
}

/** A document is looked at in so many parts, and each by so many of its words. */
const PARTS = 4;
const KEYWORDS = 12;

/** How much of a document is looked at, in characters. */
const MAX_TEXT = 100_000;

/** Pages of the guidance that a part speaks for. */
const PAGES = 3;

/** What share of a part's words, by worth, the guidance must know for the part to say something about it. */
const LEAST_COVERAGE = 0.4;

/** From which probability on that it is about something else a part says nothing. */
const MOST_DOUBT = 0.05;

/** The words of a requirement's own title count as much as so many parts. */
const OWN_TITLE = 2;

/** Nothing is proposed on a single sign of search: one stray word finds something in every text. */
const LEAST_WEIGHT = 1.7;
const MOST = 4;

/** Words that stand in too many titles of the standard to tell one from another. */
const COMMON = ['ai', 'system', 'management', 'organization', 'organizational', 'general', 'process', 'other', 'use'];

/** Finds what a document is evidence for: the numbers that it names, and what its title and its parts are about. */
export async function proposeRequirements(
  db: Db,
  title: string,
  passages: readonly DocumentPassage[],
): Promise<Mapping[]> {
  const named = namedRequirements(title, passages);
  const signs = [...(await titleSigns(db, title)), ...(await searchSigns(db, title, 'its title'))];
  const parts = partsOf(passages);
  const keywords = await keywordsOf(
    db,
    parts.map(({ text }) => text),
    KEYWORDS,
  );
  for (const [index, { place }] of parts.entries()) {
    signs.push(...(await searchSigns(db, keywords[index] ?? '', place)));
  }
  const isNamed = new Set(named.map(({ id }) => id));
  return [...named, ...weighSigns(signs).filter(({ id }) => !isNamed.has(id))].slice(0, MOST);
}

/** Parts of about the same number of passages, and where each begins. */
function partsOf(passages: readonly DocumentPassage[]): { readonly place: string; readonly text: string }[] {
  const size = Math.max(1, Math.ceil(passages.length / PARTS));
  return Array.from({ length: Math.ceil(passages.length / size) }, (_, index) => {
    const part = passages.slice(index * size, (index + 1) * size);
    const place = [part[0]?.section, part[0]?.heading].filter(Boolean).join(', ');
    const text = part.map(({ heading, text }) => `${heading ?? ''} ${text}`).join('\n');
    return { place, text: text.slice(0, MAX_TEXT / PARTS) };
  });
}

/** Requirements whose own titles share words with a document's. */
async function titleSigns(db: Db, title: string): Promise<Sign[]> {
  const requirements = [...structure.auditableClauses, ...structure.controls];
  const [common, own, ...theirs] = await tokensOf(db, [
    COMMON.join(' '),
    title,
    ...requirements.map((one) => one.title),
  ]);
  const isCommon = new Set(common?.map(({ term }) => term));
  const words = new Set(own?.map(({ term }) => term));
  return requirements.flatMap(({ id }, index) => {
    const terms = [...new Set(theirs[index]?.map(({ term }) => term))].filter((term) => !isCommon.has(term));
    const share = terms.filter((term) => words.has(term)).length / (terms.length || 1);
    return share > 0 ? [{ requirement: id, weight: share * OWN_TITLE, place: 'its title' }] : [];
  });
}

/** Requirements whose pages of the guidance a text is most like. */
async function searchSigns(db: Db, text: string, place: string): Promise<Sign[]> {
  const { documents, fit } = await searchDocuments(db, text, GUIDANCE_ONLY, undefined);
  if (!fit || fit.coverage < LEAST_COVERAGE || fit.outOfScope > MOST_DOUBT) return [];
  const best = documents[0]?.score ?? 1;
  return documents.slice(0, PAGES).flatMap(({ key, score }) => {
    return isRequirement(key) ? [{ requirement: key, weight: (score / best) ** 2, place }] : [];
  });
}

/** Makes proposals of the signs, the surest first. */
export function weighSigns(signs: readonly Sign[]): Mapping[] {
  return [...Map.groupBy(signs, ({ requirement }) => requirement)]
    .map(([id, group]) => {
      const weight = group.reduce((sum, sign) => sum + sign.weight, 0);
      const [surest] = [...group].sort((a, b) => b.weight - a.weight);
      return { id, weight, reason: `${surest?.place} is close to "${structure.find(id)?.title ?? id}"` };
    })
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .map(({ id, reason }) => ({ id, reason }));
}

const CONTROL = /\b([AB]\.\d{1,2}(?:\.\d{1,2}){1,2})\b/g;
const CLAUSE = /\bclauses? (\d{1,2}(?:\.\d{1,2}){1,2})\b/gi;

/** Controls and clauses that a document names. Where it speaks of another standard alone, its numbers are that one's. */
export function namedRequirements(title: string, passages: readonly DocumentPassage[]): Mapping[] {
  const text = [title, ...passages.map((passage) => passage.text)].join('\n');
  if (!/42001/.test(text) && /\b(27001|27002|27701|9001)\b/.test(text)) return [];
  const numbers = [...text.matchAll(CONTROL), ...text.matchAll(CLAUSE)].map(([, number = '']) => number);
  const counts = new Map<string, number>();
  for (const number of numbers) {
    const id = structure.find(number)?.id;
    if (id && isRequirement(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST)
    .map(([id]) => ({ id, reason: `names ${id}` }));
}

const REQUIREMENTS = new Set([...structure.auditableClauses, ...structure.controls].map(({ id }) => id));

function isRequirement(id: string): boolean {
  return REQUIREMENTS.has(id);
}

import { type Requirement, structure } from '../../standard/structure.ts';

/** The numbers of ISO/IEC 42001 in a question. */
export interface NamedNumbers {
  /** Places that have a page, in the order in which they are named. A number with parts, such as 9.2 or A.5, stands for its parts. */
  readonly places: readonly Requirement[];
  /** Numbers that stand for several places. */
  readonly headings: readonly string[];
  /** Numbers that ISO/IEC 42001 does not have. */
  readonly invented: readonly string[];
}

const OTHER_STANDARDS = /\b(27001|27002|27701|9001|nist|rmf|measure|manage|govern|map|gdpr|art\.?|article)\b/i;
const ANNEX = /\b(annex|control)s?\b/i;
const LETTERED = /\b([A-D])[. ]?(\d{1,2}(?:\.\d{1,2}){0,2})\b(?!\s*%)/g;
const BARE = /(?<![\w.-])(\d{1,2}(?:\.\d{1,2}){1,2})(?![\w.]*\d|\s*(?:%|million|percent))/g;
const CLAUSE = /\b(?:clause|section|chapter|paragraph)s?\s+(\d{1,2}(?:\.\d{1,2}){0,2})\b/gi;

/** @returns nothing where the question names another standard, whose numbers they may be */
export function namedNumbers(question: string): NamedNumbers {
  const text = question
    .replace(/\bannex\s+(?=[A-D]\b)/gi, '')
    .replace(/\b[a-d](?=\.?\d)/g, (letter) => letter.toUpperCase());
  if (OTHER_STANDARDS.test(text) && !/\b42001\b/.test(text)) return { places: [], headings: [], invented: [] };
  const isAnnex = ANNEX.test(question);
  const lettered = [...text.matchAll(LETTERED)].map(
    ([, letter, digits]) => `${letter === 'B' ? 'A' : letter}.${digits}`,
  );
  const clauses = [...text.matchAll(CLAUSE)].map(([, number = '']) => number);
  const bare = [...text.replace(LETTERED, ' ').replace(CLAUSE, ' ').matchAll(BARE)].map(([, number = '']) =>
    isAnnex ? `A.${number}` : number,
  );
  const known = [
    ...new Set([...lettered, ...bare.filter((number) => isAnnex || partsOf(number).length > 0), ...clauses]),
  ];
  const existing = known.filter((number) => partsOf(number).length > 0 || isObjectiveLine(number));
  return {
    places: [...new Set(existing.flatMap(partsOf))],
    headings: existing.filter((number) => partsOf(number).length > 1),
    invented: known.filter((number) => !existing.includes(number) && !isOtherwiseKnown(number)),
  };
}

/** The places with a page that a number stands for: itself, or what is numbered below it. */
function partsOf(number: string): Requirement[] {
  const all = [...structure.auditableClauses, ...structure.controls, ...structure.annexC, ...structure.annexD];
  return all.filter(({ id }) => id === number || id.startsWith(`${number}.`));
}

/** In each area of Annex A the number that ends in .1 is its objective. */
function isObjectiveLine(number: string): boolean {
  return /^A\.(?:[2-9]|10|6\.[12])\.1$/.test(number) || /^[CD]\.\d$/.test(number);
}

/** Clauses 1 to 3 are there, and have no requirement. */
function isOtherwiseKnown(number: string): boolean {
  return /^[1-3]$/.test(number);
}

import type { DocumentPassage } from '../../../documents/document.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** Days as people write them; year, month and day are groups of these names. */
const WRITTEN = [
  /(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/i,
  new RegExp(`(?<day>\\d{1,2})(st|nd|rd|th)?\\.? (of )?(?<month>${MONTH}),? (?<year>\\d{4})`, 'i'),
  new RegExp(`(?<month>${MONTH}) (?<day>\\d{1,2})(st|nd|rd|th)?,? (?<year>\\d{4})`, 'i'),
  /(?<day>\d{1,2})\.\s?(?<month>\d{1,2})\.\s?(?<year>\d{4})/,
  /(?<first>\d{1,2})\/(?<second>\d{1,2})\/(?<year>\d{4})/,
];

const UNTIL =
  /\b(valid (until|till|to|through)|expir(es|y|ation)( date| on)?|next review( date| due| on)?|review (by|due|before)|to be reviewed (by|before)|ends? on|end date)\b/gi;
const FROM =
  /\b(effective( date| from| as of| since)?|valid (from|since)|in force (from|since)|approved( on| by the board on)?|approval date|issued( on)?|date of issue|adopted( on)?|dated?|test(ed)? on|held on)\b/gi;

/** How far behind its words a date ends at most, in characters. */
const NEAR = 40;

/** Where a text says so itself, in characters: the first pages, and the end. */
const BEGINNING = 6_000;
const END = 1_500;

export interface ProposedDates {
  readonly effectiveOn?: string;
  readonly validUntil?: string;
}

/** Since when and until when a document says of itself that it holds, YYYY-MM-DD. */
export function proposeDates(passages: readonly DocumentPassage[]): ProposedDates {
  const text = passages.map((passage) => passage.text).join('\n');
  const told = text.length <= BEGINNING + END ? text : `${text.slice(0, BEGINNING)}\n${text.slice(-END)}`;
  const validUntil = dayBehind(told, UNTIL);
  const effectiveOn = dayBehind(told, FROM);
  // Two that contradict each other tell nothing of the end.
  const until = validUntil && (!effectiveOn || effectiveOn <= validUntil) ? validUntil : undefined;
  return { ...(effectiveOn ? { effectiveOn } : {}), ...(until ? { validUntil: until } : {}) };
}

function dayBehind(text: string, words: RegExp): string | undefined {
  for (const match of text.matchAll(words)) {
    const end = match.index + match[0].length;
    const day = firstDay(text.slice(end, end + NEAR).replace(/\s+/g, ' '));
    if (day) return day;
  }
  return undefined;
}

/** The first day that is written in a text, YYYY-MM-DD; undefined also where it could be two days. */
export function firstDay(text: string): string | undefined {
  const found = WRITTEN.map((pattern) => pattern.exec(text)).filter((match) => match !== null);
  const [first] = found.sort((a, b) => a.index - b.index);
  return first?.groups && asDay(first.groups);
}

function asDay({ year, month, day, first, second }: Readonly<Record<string, string | undefined>>): string | undefined {
  if (first !== undefined && second !== undefined) {
    // 3/4/2026 is in March or in April; 13/4 and 4/13 can be one day only.
    if (Number(first) > 12) return isoDay(year, second, first);
    if (Number(second) > 12 || first === second) return isoDay(year, first, second);
    return undefined;
  }
  const named = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase());
  return isoDay(year, named >= 0 ? String(named + 1) : month, day);
}

function isoDay(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  const iso = `${year}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return exists && Number(year) >= 1990 && Number(year) < 2100 ? iso : undefined;
}

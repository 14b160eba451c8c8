import { ofLanguage, type Words } from './number-words.ts';

/** A number as people write it: 12, 6.1.3, 10,000, 10.000, 10 000, 0,5. */
const NUMBER = "\\d{1,3}(?: \\d{3})+(?!\\d)|\\d(?:[\\d.,'’]*\\d)?";

/** How often something is done, in a word: an interval that a text must give before an answer may. */
const INTERVALS: readonly (readonly [RegExp, string])[] = [
  [
    /(?<!\p{L})(?:annual|yearly|(?:every|each|per|an?) year|(?:jedes|pro) jahr|par an|al año|per jaar|jährlich|annuel|anual|annuale|jaarlijks)/giu,
    'year',
  ],
  [/(?:quarterly|(?:every|each|per|an?) quarter|vierteljährlich|trimest|quartal)/giu, 'quarter'],
  [/(?<!\p{L})(?:monthly|(?:every|each|per|an?) month|monatlich|mensu|mensile|maandelijks)/giu, 'month'],
  [/(?<!\p{L})(?:weekly|(?:every|each|per|an?) week|wöchentlich|hebdomadaire|semanal|settimanal|wekelijks)/giu, 'week'],
  [/(?<!\p{L})(?:daily|(?:every|each|per|an?) day|täglich|quotidien|diario|dagelijks)/giu, 'day'],
];

const PERCENT = '%|percent|per cent|prozent|pour cent|por ciento|por cento|per cento|procent';
const CURRENCIES: Readonly<Record<string, string>> = { '€': 'EUR', euro: 'EUR', $: 'USD', dollar: 'USD', '£': 'GBP' };
const CURRENCY = 'EUR|USD|GBP|CHF|[€$£]|euros?|dollars?';
const SCALE = 'mill?i[oó]\\p{L}*|mio\\.?|mln|miljoen|milhões';

/** Something in a text that can be looked up in another one. */
interface Finder {
  readonly pattern: RegExp;
  /** The facts of a match, the most specific first. A claim is the first one; a source vouches for all of them. */
  readonly facts: (match: RegExpMatchArray) => readonly string[];
}

/** What a sentence claims that can be looked up: ids, addresses, dates, amounts, numbers and intervals. */
export function claimsIn(sentence: string, language: string): ReadonlySet<string> {
  return find(sentence, language, ([first]) => (first === undefined ? [] : [first]));
}

/** All that a source vouches for, in the terms of `claimsIn`: the 2 August 2026 is also in August 2026. */
export function factsIn(source: string, language: string): ReadonlySet<string> {
  return find(source, language, (facts) => facts);
}

function find(
  text: string,
  language: string,
  choose: (facts: readonly string[]) => readonly string[],
): ReadonlySet<string> {
  const words = ofLanguage(language);
  let rest = inAsciiDigits(text.normalize('NFKC'));
  const found = new Set<string>();
  for (const [index, { pattern, facts }] of findersFor(language, words).entries()) {
    // Addresses and ids go first, so that no word within them is taken for a number.
    if (index === WORDLESS.length) rest = spellOut(rest, words);
    rest = rest.replace(pattern, (...match) => {
      for (const fact of choose(facts(match as unknown as RegExpMatchArray))) found.add(fact);
      return ' ';
    });
  }
  for (const [pattern, interval] of INTERVALS) if (rest.search(pattern) >= 0) found.add(`every ${interval}`);
  return found;
}

/** Of the web or of e-mail; names of files look like it too. */
const ADDRESS = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\p{L}+|(?<![\p{L}\d])(?:[\p{L}\d-]+\.)+\p{L}{2,}(?![\p{L}\d])/giu;
const FILE_NAME = /^[^/@]+\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|md|txt|json|ya?ml|html?|png|jpe?g|py|js|ts|ipynb)$/i;

/** Whether a sentence leads somewhere outside, whoever wrote that: a document may hold the address of an attacker. */
export function leadsOutside(sentence: string): boolean {
  return [...sentence.normalize('NFKC').matchAll(ADDRESS)].some(([address]) => !FILE_NAME.test(address));
}

/** Found before number words are turned into digits. */
const WORDLESS: readonly Finder[] = [
  {
    pattern: ADDRESS,
    facts: ([address]) => [address.toLowerCase().replace(/[\p{P}]+$/u, '')],
  },
  // What everything here is about needs no source.
  { pattern: /ISO(?:\/IEC)?\s*42001(?::2023)?/gi, facts: () => [] },
  { pattern: /(?<![\p{L}\d])[A-D]\.\d+(?:\.\d+)*/giu, facts: ([id]) => [id.toUpperCase()] },
  { pattern: /(?<![\p{L}\d])\p{Lu}{2,5}-\d+/gu, facts: ([id]) => [id] },
];

const remembered = new Map<string, readonly Finder[]>();

function findersFor(language: string, words: Words): readonly Finder[] {
  const known = remembered.get(language);
  if (known) return known;
  const finders = [...WORDLESS, ...dates(words), ...amounts(words)];
  remembered.set(language, finders);
  return finders;
}

function dates({ months }: Words): Finder[] {
  const month = `(${alternatives([...months.keys()])})\\.?`;
  const of = '\\s+(?:de\\s+|del\\s+)?';
  const day = '(?<!\\d)(\\d{1,2})(?:\\.|st|nd|rd|th|er|º)?';
  const monthOf = (name = '') => months.get(name.toLowerCase()) ?? 0;
  return [
    { pattern: /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/g, facts: ([, y, m, d]) => dateFacts(y, Number(m), d) },
    {
      pattern: /(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/g,
      facts: ([, y, m, d]) => dateFacts(y, Number(m), d),
    },
    { pattern: /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/g, facts: ([, d, m, y]) => dateFacts(y, Number(m), d) },
    {
      pattern: new RegExp(`${day}${of}${month}(?:,?${of}(\\d{4}))?(?![\\p{L}\\d])`, 'giu'),
      facts: ([, d, m, y]) => dateFacts(y, monthOf(m), d),
    },
    {
      pattern: new RegExp(`(?<!\\p{L})${month}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?(?![\\p{L}\\d])`, 'giu'),
      facts: ([, m, d, y]) => dateFacts(y, monthOf(m), d),
    },
    {
      pattern: new RegExp(`(?<!\\p{L})${month}${of}(\\d{4})(?!\\d)`, 'giu'),
      facts: ([, m, y]) => dateFacts(y, monthOf(m), undefined),
    },
  ];
}

function dateFacts(year: string | undefined, month: number, day: string | undefined): string[] {
  const inYear = year ? [`month ${year}-${month}`, year] : [];
  if (!day) return inYear;
  const dayOfMonth = `day ${month}-${Number(day)}`;
  return year ? [`date ${year}-${month}-${Number(day)}`, dayOfMonth, ...inYear] : [dayOfMonth];
}

function amounts({ units }: Words): Finder[] {
  const unit = `(${alternatives([...units.keys()])})\\p{L}{0,2}`;
  const scaled = (number = '', scale: string | undefined) => {
    const value = canonical(number);
    return scale ? [String(Number(value) * 1_000_000), value] : [value];
  };
  const money = (currency: string, number: string | undefined, scale: string | undefined) => {
    const values = scaled(number, scale);
    const code = CURRENCIES[currency.toLowerCase().replace(/s$/, '')] ?? currency.toUpperCase();
    return [`${code} ${values[0]}`, ...values];
  };
  return [
    {
      pattern: new RegExp(`(${CURRENCY})\\s*(${NUMBER})(?:\\s*(${SCALE}))?`, 'giu'),
      facts: ([, currency = '', number, scale]) => money(currency, number, scale),
    },
    {
      pattern: new RegExp(`(${NUMBER})(?:\\s*(${SCALE}))?\\s*(${CURRENCY})(?!\\p{L})`, 'giu'),
      facts: ([, number, scale, currency = '']) => money(currency, number, scale),
    },
    {
      pattern: new RegExp(`(${NUMBER})\\s*(?:${PERCENT})(?!\\p{L})`, 'giu'),
      facts: ([, number = '']) => [`${canonical(number)} %`, canonical(number)],
    },
    {
      pattern: new RegExp(`(${NUMBER})[\\s-]+${unit}(?!\\p{L})`, 'giu'),
      facts: ([, number = '', name = '']) => [
        `${canonical(number)} ${units.get(name.toLowerCase())}`,
        canonical(number),
      ],
    },
    {
      pattern: new RegExp(`(${NUMBER})(?:\\s*(${SCALE}))?`, 'giu'),
      facts: ([, number, scale]) => scaled(number, scale),
    },
  ];
}

/** `10,000`, `10.000` and `10 000` are one number; `6.1.3` stays what it is. */
function canonical(number: string): string {
  const plain = number.replace(/['’ ]/g, '');
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(plain)) return plain.replace(/[.,]/g, '');
  return plain.replace(/^(\d+),(\d+)$/, '$1.$2').replace(/^0+(?=\d)/, '');
}

/** Turns `three` and `twenty-one` into digits, also within `six-month`. */
function spellOut(text: string, { numbers }: Words): string {
  return text.replace(/\p{L}+(?:-\p{L}+)*/gu, (word) => {
    const whole = numbers.get(word.toLowerCase());
    if (whole !== undefined) return String(whole);
    return word
      .split('-')
      .map((part) => numbers.get(part.toLowerCase()) ?? part)
      .join('-');
  });
}

/** Digits of every script stand in runs of ten, from zero to nine. */
function inAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
    return String(value);
  });
}

/** The longest first, so that none hides another that begins with it. */
function alternatives(words: readonly string[]): string {
  return words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('|');
}

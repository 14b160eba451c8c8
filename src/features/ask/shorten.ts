/** A sentence, or an item of a list, in Markdown. */
interface Unit {
  readonly text: string;
  readonly isItem: boolean;
  /** The paragraph that it stands in; each item is one of its own. */
  readonly paragraph: number;
}

const ITEM = /^\s*(?:[-*]|\d+\.)\s/;

const SENTENCE_END = /(?<=[.!?]["”)]?)\s+(?=[A-Z"“(*])/;

/** Sentences that begin so are understood with the one before only. */
const LEANING = /^(?:it|its|they|them|their|this|these|those|that|there|then|so|but|and|such|both|each|neither)\b/i;

/** Of a list that is cut short, at least so many items are worth showing. */
const MIN_ITEMS = 2;

/**
 * The first sentences of a text. Of each item of a list stands its first sentence, and a list of which nearly nothing would be left
 * is left out.
 *
 * @param limit sentences and items at most
 */
export function firstSentences(markdown: string, limit: number): string {
  return shorten(unitsOf(markdown), limit);
}

/** As `firstSentences`, but a text that is longer begins with the sentence that has most of the given words. */
export function bestSentences(markdown: string, limit: number, words: ReadonlySet<string>): string {
  const units = unitsOf(markdown);
  if (units.length <= limit || units.some(({ isItem }) => isItem)) return shorten(units, limit);
  const counts = units.map(({ text }) => [...wordsOf(text)].filter((word) => words.has(word)).length);
  const best = counts.indexOf(Math.max(...counts));
  const start = best > 0 && LEANING.test(units[best]?.text ?? '') ? best - 1 : best;
  return shorten(units.slice(start), limit);
}

export function hasList(markdown: string): boolean {
  return unitsOf(markdown).some(({ isItem }) => isItem);
}

/** The words of a text by which it is told apart from others, as stems of a kind. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}.]{4,}/gu) ?? []).map((word) => word.slice(0, STEM)));
}

const STEM = 6;

function shorten(units: readonly Unit[], limit: number): string {
  // Instead of the last item, there would be a sentence that one is missing.
  const kept = units.length === limit + 1 && units.at(-1)?.isItem ? units : units.slice(0, limit);
  const left = units.length - kept.length;
  const leadIn = left > 0 ? kept.findLastIndex(({ text, isItem }) => !isItem && text.endsWith(':')) : -1;
  if (leadIn > 0 && leadIn >= kept.length - MIN_ITEMS) return render(kept.slice(0, leadIn));
  const items = units.slice(kept.length).filter(({ isItem }) => isItem).length;
  const more = kept.at(-1)?.isItem && items > 0 ? `\n\n${items} more on the page.` : '';
  return `${render(kept)}${more}`;
}

function unitsOf(markdown: string): Unit[] {
  return markdown.split(/\n+/).flatMap((line, paragraph): Unit[] => {
    if (!line.trim()) return [];
    const sentences = line.trim().split(SENTENCE_END);
    if (ITEM.test(line)) return [{ text: firstOf(line.trimEnd()), isItem: true, paragraph }];
    return sentences.map((text) => ({ text, isItem: false, paragraph }));
  });
}

/** The first sentence of an item, and the next one where the first is no more than a name. */
function firstOf(item: string): string {
  const marker = ITEM.exec(item)?.[0] ?? '';
  const [first = '', second] = item.slice(marker.length).split(SENTENCE_END);
  const isName = second !== undefined && first.split(' ').length < SHORT;
  return `${marker}${isName ? `${first} ${second}` : first}`;
}

/** A sentence of fewer words says little by itself. */
const SHORT = 6;

function render(units: readonly Unit[]): string {
  let text = '';
  let before: Unit | undefined;
  for (const unit of units) {
    const isTogether = before?.isItem && unit.isItem;
    if (before) text += unit.paragraph === before.paragraph ? ' ' : isTogether ? '\n' : '\n\n';
    text += unit.text;
    before = unit;
  }
  return text;
}

/**
 * Whole words and word beginnings, as a pattern. A blank stands for one or more blanks or hyphens, `_` for up to five words in
 * between.
 *
 * @param lists with commas between the words: `cv, recruit*, open source, (rank*|rate*) _ people`
 */
export function words(...lists: readonly string[]): RegExp {
  const all = lists.flatMap((list) => list.split(', '));
  const alternatives = all.map((one) =>
    one
      .replace(/[.+?^${}[\]\\]/g, '\\$&')
      .replaceAll('(', '(?:')
      .replace(/\*/g, "[\\p{L}'’]*")
      .replace(/ _ /g, '(?:\\W+[\\p{L}\\p{N}]+){0,5}\\W+')
      .replace(/ /g, '[\\s-]+'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** A negation and up to three words between it and what it negates. */
const NEGATED = /(?:\b(?:no|not|never|without|nobody|none|neither|nor)\b|n['’]t\b)(?:\s+[\p{L}\p{N}'’-]+){0,3}\s*$/iu;

/** Whether a text says one of these words, other than to deny it. */
export function mentions(text: string, pattern: RegExp): boolean {
  for (const match of text.matchAll(pattern)) {
    const before =
      text
        .slice(0, match.index)
        .split(/[.;:!?\n,]|\bbut\b|\band\b/i)
        .at(-1) ?? '';
    if (!NEGATED.test(before)) return true;
  }
  return false;
}

/** Whether a text has one of these words at all. */
export function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}

/** Escapes that Slack need not understand, because what they escape is made harmless by itself. */
const NEEDLESS_ESCAPE = /\\([().\-+:!|@#{}~])/g;

const JOINER = '\u2060';

/**
 * Markdown that neither mentions nor links in Slack. Whatever is appended to a text leaves the beginning of the result as it is,
 * since a stream takes nothing back.
 */
export function harmless(markdown: string): string {
  return markdown
    .replace(NEEDLESS_ESCAPE, '$1')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<=\])(?=[([:])|(?<=@)|(?<=:)(?=\/)|(?<=[a-z0-9-]\.)(?=[a-z])/gi, JOINER);
}

/**
 * Whether a citation is what an expected id means. Numbers are compared as they are, but an Annex B number stands on its
 * control's page. `EXT:` names a subject, which is met by the page on it, whatever its id.
 */
export function cites(anchor: string, citation: { readonly id: string; readonly title: string }): boolean {
  const subject = /^EXT:(.*)$/s.exec(anchor)?.[1];
  if (subject === undefined) return citation.id === anchor.trim().replace(/^B\./, 'A.');
  const page = plain(`${citation.id} ${citation.title}`);
  const words = plain(subject);
  const name = words.split(' ').find((word) => word.length > 3);
  return page.includes(words) || (name !== undefined && page.split(' ').includes(name));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

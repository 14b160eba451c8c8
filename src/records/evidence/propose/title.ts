import type { DocumentPassage } from '../../../documents/document.ts';

export const MAX_TITLE = 120;

/** Places that are no headings. */
const PLACE = /^(Page|Slide|Rows|Lines|Sheet) |^Beginning$/;

/** The first heading of a document; without one, its file's name as people would say it. */
export function proposeTitle(fileName: string, passages: readonly DocumentPassage[]): string {
  const [first] = passages;
  const heading = [first?.section, first?.heading?.split(' > ')[0]].find((text) => text && !PLACE.test(text));
  return heading && /\p{L}{3}/u.test(heading) && heading.length <= MAX_TITLE ? heading : titleOfName(fileName);
}

function titleOfName(fileName: string): string {
  const words = fileName
    .replace(/\.[^.\s]{1,10}$/, '')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[_+]+|(?<!\d)-|-(?!\d)/g, ' ')
    .replace(/\b(final|copy|draft|v\d+(\.\d+)*)\b|\(\d+\)/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE)
    .toWellFormed();
  return words ? words.charAt(0).toUpperCase() + words.slice(1) : fileName;
}

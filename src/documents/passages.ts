import type { DocumentPassage, TextBlock } from './document.ts';

/** How long a passage gets at most, in characters: a few paragraphs, so that it can be understood, and cited, by itself. */
const MAX_PASSAGE = 1_200;

/** Kept of a document, in characters and in passages. */
export const MAX_TEXT = 2_000_000;
export const MAX_PASSAGES = 3_000;

/** Makes passages of the paragraphs that stand under the same heading. */
export function passagesOf(blocks: readonly TextBlock[]): { passages: DocumentPassage[]; isTextCut: boolean } {
  const passages: DocumentPassage[] = [];
  let length = 0;
  for (const block of blocks) {
    for (const text of pieces(clean(block.text))) {
      length += text.length;
      if (length > MAX_TEXT) return { passages, isTextCut: true };
      const last = passages.at(-1);
      if (
        last &&
        last.section === block.section &&
        last.heading === block.heading &&
        last.text.length + text.length + 2 <= MAX_PASSAGE
      ) {
        passages[passages.length - 1] = { ...last, text: `${last.text}\n\n${text}` };
      } else if (passages.length === MAX_PASSAGES) {
        return { passages, isTextCut: true };
      } else {
        passages.push({ section: label(block.section), heading: block.heading && label(block.heading), text });
      }
    }
  }
  return { passages, isTextCut: false };
}

/** A long paragraph in parts, each ending with a sentence or at least a word where there is one. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > MAX_PASSAGE) {
    const head = rest.slice(0, MAX_PASSAGE);
    const sentence = head.search(/[.!?;]\s(?=[^.!?;]*$)/) + 1;
    const word = head.search(/\s\S*$/);
    const cut = sentence > MAX_PASSAGE / 3 ? sentence : word > 0 ? word : MAX_PASSAGE;
    parts.push(head.slice(0, cut).toWellFormed().trim());
    rest = rest.slice(cut).trim();
  }
  return [...parts, rest].filter(Boolean);
}

/** Well-formed text without the characters that no database keeps or that turn the reading direction. */
function clean(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, ' ')
      .trim()
  );
}

function label(text: string): string {
  return clean(text).replace(/\s+/g, ' ').slice(0, 200).toWellFormed();
}

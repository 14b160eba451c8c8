import { getDocumentProxy } from 'unpdf';
import { type TextBlock, UnreadableDocument } from './document.ts';

/** A line of at most so many characters may be a heading. */
const MAX_HEADING = 120;
/** Letters larger than those of the text by this factor make one. */
const HEADING_SIZE = 1.15;

interface Line {
  readonly page: number;
  readonly text: string;
  /** The height of its letters, in points. */
  readonly size: number;
  /** Follows the line before without a gap. */
  readonly continues: boolean;
}

/** The paragraphs of each page. Lines in larger letters than most of the text are headings, as in a reader's eyes. */
export async function parsePdf(bytes: Uint8Array, maxText: number): Promise<TextBlock[]> {
  const lines = await readLines(bytes, maxText);
  const bodySize = usualSize(lines);
  const blocks: TextBlock[] = [];
  let heading: string | undefined;
  let paragraph: Line[] = [];
  const end = () => {
    const [first] = paragraph;
    const text = joinLines(paragraph.map((line) => line.text));
    paragraph = [];
    if (first && text) blocks.push({ section: `Page ${first.page}`, heading, text });
  };
  for (const line of lines) {
    if (line.size > bodySize * HEADING_SIZE && line.text.length <= MAX_HEADING) {
      end();
      heading = line.text;
      continue;
    }
    if (!line.continues || paragraph[0]?.page !== line.page) end();
    paragraph.push(line);
  }
  end();
  // A page of nothing but large letters, such as a title page, is text too.
  return blocks.length > 0
    ? blocks
    : lines.map(({ page, text }) => ({ section: `Page ${page}`, heading: undefined, text }));
}

async function readLines(bytes: Uint8Array, maxText: number): Promise<Line[]> {
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    const lines: Line[] = [];
    let length = 0;
    for (let number = 1; number <= pdf.numPages && length <= maxText; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      for (const line of linesOf(items as TextItem[], number)) {
        lines.push(line);
        length += line.text.length;
      }
      page.cleanup();
    }
    return lines;
  } catch (cause) {
    const isEncrypted = cause instanceof Error && cause.name === 'PasswordException';
    throw new UnreadableDocument(isEncrypted ? 'encrypted' : 'damaged', { cause });
  }
}

interface TextItem {
  readonly str?: string;
  readonly hasEOL: boolean;
  readonly height: number;
  readonly transform: readonly number[];
}

function linesOf(items: readonly TextItem[], page: number): Line[] {
  const lines: Line[] = [];
  let text = '';
  let size = 0;
  let y: number | undefined;
  let previousY: number | undefined;
  const end = () => {
    const clean = text.replace(/\s+/g, ' ').trim();
    if (clean) {
      const gap = previousY === undefined || y === undefined ? Number.POSITIVE_INFINITY : Math.abs(previousY - y);
      lines.push({ page, text: clean, size, continues: gap < size * 1.7 });
      previousY = y;
    }
    text = '';
    size = 0;
    y = undefined;
  };
  for (const item of items) {
    if (item.str === undefined) continue;
    text += item.str;
    if (item.str.trim()) {
      size = Math.max(size, item.height);
      y ??= item.transform[5];
    }
    if (item.hasEOL) end();
  }
  end();
  return lines;
}

/** The size of the letters in which most of the text stands. */
function usualSize(lines: readonly Line[]): number {
  const lengths = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    lengths.set(rounded, (lengths.get(rounded) ?? 0) + text.length);
  }
  const [usual] = [...lengths].sort(([, a], [, b]) => b - a);
  return usual?.[0] ?? 0;
}

/** A word that was broken at the end of a line is one again. */
function joinLines(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/(\p{Ll})-\n(?=\p{Ll})/gu, '$1')
    .replaceAll('\n', ' ');
}

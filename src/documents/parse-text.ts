import { decodeText } from './decode-text.ts';
import type { TextBlock } from './document.ts';

/** Lines that are cited together. */
const LINES = 40;

export function parseText(bytes: Uint8Array): TextBlock[] {
  const lines = (decodeText(bytes) ?? '').split(/\r\n?|\n/);
  const blocks: TextBlock[] = [];
  for (let first = 0; first < lines.length; first += LINES) {
    const part = lines.slice(first, first + LINES);
    const section = `Lines ${first + 1}-${first + part.length}`;
    const paragraphs = part.join('\n').split(/\n\s*\n/);
    for (const paragraph of paragraphs) {
      const text = paragraph.trim();
      if (text) blocks.push({ section, heading: undefined, text });
    }
  }
  return blocks;
}

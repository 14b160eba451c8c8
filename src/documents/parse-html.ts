import { Parser } from 'htmlparser2';
import { decodeText } from './decode-text.ts';
import type { TextBlock } from './document.ts';

/** Where text stands before the first heading. */
const BEGINNING = 'Beginning';

/** Elements whose text is nobody's to read. */
const UNREAD = new Set(['title', 'script', 'style', 'template', 'noscript', 'svg', 'math', 'head']);

/** Elements that end a paragraph. */
const BLOCKS = new Set(
  'p div li ul ol dl dt dd table tr section article header footer main aside nav blockquote pre figure figcaption form hr br'.split(
    ' ',
  ),
);

export function parseHtml(bytes: Uint8Array): TextBlock[] {
  return htmlBlocks(decodeText(bytes) ?? '');
}

/** The paragraphs of HTML under their headings. No entity but HTML's own is known, so none can be defined to grow. */
export function htmlBlocks(html: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let headings: string[] = [];
  let text = '';
  let level: number | undefined;
  let unread = 0;
  const end = () => {
    const paragraph = text.replace(/\s+/g, ' ').trim();
    text = '';
    if (!paragraph) return;
    const [section = BEGINNING, ...below] = headings.filter(Boolean);
    blocks.push({ section, heading: below.join(' > ') || undefined, text: paragraph });
  };
  const parser = new Parser({
    onopentag(name) {
      if (UNREAD.has(name)) unread += 1;
      else if (/^h[1-6]$/.test(name)) {
        end();
        level = Number(name[1]);
      } else if (BLOCKS.has(name)) end();
      else if (name === 'td' || name === 'th') text += text.trim() ? ' | ' : '';
    },
    ontext(part) {
      if (unread === 0) text += part;
    },
    onclosetag(name) {
      if (UNREAD.has(name)) unread -= 1;
      else if (/^h[1-6]$/.test(name) && level !== undefined) {
        const heading = text.replace(/\s+/g, ' ').trim().slice(0, 200);
        text = '';
        headings = [...Array.from({ length: level - 1 }, (_, index) => headings[index] ?? ''), heading];
        level = undefined;
      } else if (BLOCKS.has(name)) end();
    },
  });
  parser.write(html);
  parser.end();
  end();
  return blocks;
}

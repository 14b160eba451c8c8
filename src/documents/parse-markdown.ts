import MarkdownIt from 'markdown-it';
import { decodeText } from './decode-text.ts';
import type { TextBlock } from './document.ts';
import { htmlBlocks } from './parse-html.ts';

const markdown = new MarkdownIt({ html: false });

export function parseMarkdown(bytes: Uint8Array): TextBlock[] {
  // Front matter tells programs something, not readers.
  const text = (decodeText(bytes) ?? '').replace(/^---\n[\s\S]*?\n---\n/, '');
  return htmlBlocks(markdown.render(text));
}

import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types';
import MarkdownIt, { type Token } from 'markdown-it';

type Style = { bold?: true; italic?: true; code?: true };

// Links and images are not read as such, and rich text says literally what stands in it: nothing can mention or link anybody.
const markdown = new MarkdownIt({ html: false, linkify: false }).disable(['link', 'image', 'autolink', 'html_inline']);

/** Markdown as a rich text block; none where there is no text. */
export function richText(text: string): RichTextBlock[] {
  const elements = blockElements(markdown.parse(text, {}));
  return elements.length > 0 ? [{ type: 'rich_text', elements }] : [];
}

function blockElements(tokens: readonly Token[]): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [];
  const lists: { ordered: boolean }[] = [];
  let heading = false;
  for (const token of tokens) {
    if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      lists.push({ ordered: token.type === 'ordered_list_open' });
    } else if (token.type.endsWith('_list_close')) {
      lists.pop();
    } else if (token.type === 'heading_open' || token.type === 'heading_close') {
      heading = token.type === 'heading_open';
    } else if (token.type === 'inline') {
      addInline(elements, sectionOf(token, heading), lists);
    } else if (token.type === 'fence' || token.type === 'code_block') {
      elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: token.content || ' ' }] });
    }
  }
  return elements;
}

function addInline(
  elements: RichTextBlockElement[],
  section: RichTextSection,
  lists: readonly { ordered: boolean }[],
): void {
  if (section.elements.length === 0) return;
  const list = lists.at(-1);
  const previous = elements.at(-1);
  if (!list) {
    // Paragraphs of rich text stand close together; an empty line keeps them apart.
    if (previous?.type === 'rich_text_section') previous.elements.push({ type: 'text', text: '\n\n' });
    elements.push(section);
    return;
  }
  const style = list.ordered ? 'ordered' : 'bullet';
  const indent = lists.length - 1;
  if (previous?.type === 'rich_text_list' && previous.style === style && previous.indent === indent) {
    previous.elements.push(section);
  } else {
    elements.push({ type: 'rich_text_list', style, indent, elements: [section] });
  }
}

function sectionOf({ children }: Token, bold: boolean): RichTextSection {
  const elements: RichTextElement[] = [];
  const style: Style = bold ? { bold: true } : {};
  for (const child of children ?? []) {
    if (child.type === 'strong_open') style.bold = true;
    else if (child.type === 'strong_close') delete style.bold;
    else if (child.type === 'em_open') style.italic = true;
    else if (child.type === 'em_close') delete style.italic;
    else {
      const text = child.type === 'softbreak' ? ' ' : child.type === 'hardbreak' ? '\n' : child.content;
      if (text === '') continue;
      const full: Style = child.type === 'code_inline' ? { ...style, code: true } : { ...style };
      elements.push({ type: 'text', text, ...(Object.keys(full).length > 0 ? { style: full } : {}) });
    }
  }
  return { type: 'rich_text_section', elements };
}

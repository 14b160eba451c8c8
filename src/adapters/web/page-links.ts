import type { Token } from 'markdown-it';
import { isShortName, safeMarkdown } from './render.ts';

/** The titles of the pages that can be opened, by their ids. */
export type PageTitles = ReadonlyMap<string, string>;

/** What may name a page: a number such as A.6.2.6 or 9.1, or a short name such as kpi-catalogue. */
const NAMES = /(?<![\w./-])(?:[A-D]\.\d+(?:\.\d+)*|\d+\.\d+(?:\.\d+)*|[a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w/-]|\.\d)/g;

/** Other texts count in the same way, so beside their names a number may be theirs. */
const OTHER_NUMBERING = /\b(?:2700[12]|27701|9001|42005|NIST|Article|Regulation)\b|Art\./;

const markdown = safeMarkdown();
markdown.renderer.rules['page_link'] = (tokens, index) => {
  const { content, meta } = tokens[index] as Token;
  const { escapeHtml } = markdown.utils;
  const { id, title } = meta as { id: string; title: string };
  return `<button type="button" class="link" data-page="${escapeHtml(id)}" title="${escapeHtml(title)}">${escapeHtml(content)}</button>`;
};

/** Renders a passage; the names of other pages in it become buttons that open them. */
export function renderWithLinks(text: string, titles: PageTitles): string {
  const tokens = markdown.parse(text, {});
  let table = false;
  for (const token of tokens) {
    if (token.type === 'table_open') table = true;
    if (token.type === 'table_close') table = false;
    // In a table the other text may be named at the head of the column alone.
    const isAmbiguous = OTHER_NUMBERING.test(table ? text : token.content);
    if (token.type === 'inline' && !isAmbiguous) {
      token.children = (token.children ?? []).flatMap((child) => withLinks(child, titles));
    }
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

function withLinks(token: Token, titles: PageTitles): Token[] {
  if (token.type !== 'text') return [token];
  const parts: Token[] = [];
  let end = 0;
  for (const { 0: id, index } of token.content.matchAll(NAMES)) {
    const title = titles.get(id);
    if (title === undefined) continue;
    const content = isShortName(id) ? title : id;
    parts.push(part(token, 'text', token.content.slice(end, index)));
    parts.push(Object.assign(part(token, 'page_link', content), { meta: { id, title } }));
    end = index + id.length;
  }
  return [...parts, part(token, 'text', token.content.slice(end))];
}

function part(whole: Token, type: string, content: string): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(whole)), whole, { type, content });
}

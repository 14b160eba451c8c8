import MarkdownIt from 'markdown-it';
import type { Action, Block, Form, Reply } from '../../chat/reply.ts';
import { replyAsText } from '../../chat/text.ts';

/** A reply as the page shows it. */
export interface WebReply {
  /** Safe to insert: made by this module from escaped text. */
  readonly html: string;
  /** For screen readers' announcements. */
  readonly text: string;
  readonly citations: readonly { readonly id: string; readonly title: string }[];
  readonly actions: readonly Action[];
  readonly form: Form | undefined;
}

// Raw HTML is escaped and links are not made: what a person or a document says is shown, never obeyed.
const markdown = new MarkdownIt({ html: false, linkify: false }).disable(['link', 'image', 'autolink']);

export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

export function renderReply(reply: Reply): WebReply {
  const text = replyAsText(reply);
  switch (reply.kind) {
    case 'answer': {
      const html = markCitations(renderMarkdown(reply.text), reply.citations);
      return { html, text, citations: reply.citations, actions: reply.actions, form: undefined };
    }
    case 'notice':
      return {
        html: reply.blocks.map(renderBlock).join('\n'),
        text,
        citations: [],
        actions: reply.actions,
        form: undefined,
      };
    case 'form':
      return { html: renderMarkdown(reply.form.intro), text, citations: [], actions: [], form: reply.form };
  }
}

/** Turns `[1]` into a button that opens the first source. */
function markCitations(html: string, citations: readonly { readonly id: string }[]): string {
  return html.replace(/\[(\d{1,2})\]/g, (mark, number: string) => {
    const citation = citations[Number(number) - 1];
    if (!citation) return mark;
    const id = markdown.utils.escapeHtml(citation.id);
    return `<button type="button" class="cite" data-page="${id}" aria-label="Source ${number}: ${id}">${number}</button>`;
  });
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h3>${markdown.renderInline(block.text)}</h3>`;
    case 'text':
      return renderMarkdown(block.text);
    case 'facts': {
      const facts = block.facts.map(
        ({ label, value }) => `<dt>${markdown.renderInline(label)}</dt><dd>${markdown.renderInline(value)}</dd>`,
      );
      return `<dl>${facts.join('')}</dl>`;
    }
    case 'table': {
      const row = (cells: readonly string[], tag: string) =>
        `<tr>${cells.map((cell) => `<${tag}>${markdown.renderInline(cell)}</${tag}>`).join('')}</tr>`;
      const body = block.rows.map((cells) => row(cells, 'td')).join('');
      return `<div class="scroll"><table><thead>${row(block.columns, 'th')}</thead><tbody>${body}</tbody></table></div>`;
    }
  }
}

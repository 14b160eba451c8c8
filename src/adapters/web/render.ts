import markdownIt, { type MarkdownIt } from 'markdown-it';
import { feedbackButtons } from '../../chat/feedback.ts';
import type { Action, Block, Citation, Form, Reply } from '../../chat/reply.ts';
import { replyAsText } from '../../chat/text.ts';
import { chartFigure } from './chart-figure.ts';

/** A reply as the page shows it. */
export interface WebReply {
  /** Safe to insert: made by this module from escaped text. */
  readonly html: string;
  /** For screen readers' announcements. */
  readonly text: string;
  readonly citations: readonly WebCitation[];
  readonly actions: readonly Action[];
  readonly form: Form | undefined;
  /** The message takes the place of an earlier one of that name. */
  readonly card: string | undefined;
}

export interface WebCitation {
  readonly id: string;
  /** As a reader is told it: see `pageName`. */
  readonly name: string;
  /** The cited passage, as safe to insert as the reply's HTML. */
  readonly excerpt: string;
}

// Raw HTML is escaped and links are not made: what a person or a document says is shown, never obeyed.
export function safeMarkdown(): MarkdownIt {
  return markdownIt({ html: false, linkify: false }).disable(['link', 'image', 'autolink']);
}

const markdown = safeMarkdown();

export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

export function renderReply(reply: Reply): WebReply {
  const text = replyAsText(reply);
  switch (reply.kind) {
    case 'answer': {
      const html = markCitations(renderMarkdown(reply.text), reply.citations);
      const citations = reply.citations.map(({ id, title, excerpt }) => ({
        id,
        name: pageName(id, title),
        excerpt: renderMarkdown(excerpt),
      }));
      return {
        html,
        text,
        citations,
        actions: [...feedbackButtons(reply), ...reply.actions],
        form: undefined,
        card: undefined,
      };
    }
    case 'notice':
      return {
        html: reply.blocks.map(renderBlock).join('\n'),
        text,
        citations: [],
        actions: reply.actions,
        form: undefined,
        card: reply.card,
      };
    case 'form':
      return {
        html: renderMarkdown(reply.form.intro),
        text,
        citations: [],
        actions: [],
        form: reply.form,
        card: undefined,
      };
  }
}

/** People know a page by its number and title; a short name such as kpi-catalogue tells them nothing. */
export function pageName(id: string, title: string): string {
  return isShortName(id) ? title : `${id} ${title}`;
}

export function isShortName(id: string): boolean {
  return /^[a-z]/.test(id);
}

/** Turns `[1]` into a button that opens the first source where it is cited. */
function markCitations(html: string, citations: readonly Citation[]): string {
  return html.replace(/ ?\[(\d{1,2})\]/g, (mark, number: string) => {
    const citation = citations[Number(number) - 1];
    if (!citation) return mark;
    const { escapeHtml } = markdown.utils;
    const name = escapeHtml(pageName(citation.id, citation.title));
    const attributes = `data-page="${escapeHtml(citation.id)}" data-source="${number}" aria-label="Source ${number}: ${name}"`;
    // A mark does not begin a line: it belongs to what stands before it.
    return `&nbsp;<button type="button" class="cite" ${attributes}>${number}</button>`;
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
    case 'chart':
      return chartFigure(block);
    case 'mentions': {
      const { escapeHtml } = markdown.utils;
      const lines = block.lines.map(
        ({ name, text }) => `<li><strong>${escapeHtml(name)}</strong>: ${markdown.renderInline(text)}</li>`,
      );
      return `<ul>${lines.join('')}</ul>`;
    }
  }
}

import type { Block, ChartBlock, Reply } from './reply.ts';
import { sparkline } from './sparkline.ts';

/** The longest message Steward reads, in characters. */
export const MAX_MESSAGE_LENGTH = 4_000;

/**
 * Makes text from a person safe to keep: well-formed Unicode, no control characters but line breaks and tabs, no characters
 * that reverse the reading direction of what follows.
 */
export function cleanText(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
      .trim()
  );
}

/** Escapes Markdown, so that a text is shown as it stands. */
export function literally(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&@:]/g, '\\$&');
}

/**
 * Text that a person typed over several lines, as Markdown that shows it as typed: lines, paragraphs and lists stay, all else
 * is literal. Numbers such as A.6.2.8 and 2026-11-24 stay as they are, for whoever looks for them in the Markdown.
 */
export function typedText(text: string): string {
  const lines = text.split(/[\n\u2028\u2029]/).flatMap((line) => {
    const [, mark = '', rest = ''] = /^\s*((?:[-*\u2022]|\d{1,3}[.)])\s+)?(.*)$/.exec(line) ?? [];
    if (rest.trim() === '') return [];
    const item = mark && (/^\d/.test(mark) ? `${Number.parseInt(mark, 10)}. ` : '- ');
    return [
      { isItem: item !== '', markdown: item + literally(rest.trim()).replace(/(?<=[A-Z\d])\\([.:-])(?=\d)/g, '$1') },
    ];
  });
  return lines
    .map(({ isItem, markdown }, index) => (isItem && lines[index - 1]?.isItem ? `\n${markdown}` : `\n\n${markdown}`))
    .join('')
    .trim();
}

/** The beginning of a text, in so many characters, on one line. */
export function shortened(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit
    ? line
    : `${line
        .slice(0, limit - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}

/** Undoes `literally` and drops Markdown's marks: what a screen reader or a notification should say. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/(?<!\\)(\*\*|\*|`)/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&@:])/g, '$1')
    .trim();
}

/** The whole reply as plain text: the fallback of every platform, and what the command line prints. */
export function replyAsText(reply: Reply): string {
  switch (reply.kind) {
    case 'answer':
      return [plainText(reply.text), ...reply.citations.map((c, i) => `[${i + 1}] ${c.id} ${c.title}`)].join('\n');
    case 'notice':
      return reply.blocks.map(blockAsText).join('\n\n');
    case 'form':
      return [reply.form.title, plainText(reply.form.intro)].filter(Boolean).join('\n\n');
  }
}

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return plainText(block.text);
    case 'facts':
      return block.facts.map((fact) => `${plainText(fact.label)}: ${plainText(fact.value)}`).join('\n');
    case 'table':
      return [block.columns, ...block.rows].map((row) => row.map(plainText).join(' | ')).join('\n');
    case 'chart':
      return chartAsText(block);
    case 'mentions':
      return block.lines.map(({ name, text }) => `- ${name}: ${plainText(text)}`).join('\n');
  }
}

/** For whoever cannot see it. */
export function chartAsText({ title, series, unit }: ChartBlock): string {
  const lines = series.map(
    ({ name, values }) => `${name} ${sparkline(values)} ${values[0]}${unit} to ${values.at(-1)}${unit}`,
  );
  return [title, ...lines].join('\n');
}

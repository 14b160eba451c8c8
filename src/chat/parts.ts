import type { AnswerReply, Block, Mention, NoticeReply, Reply } from './reply.ts';
import { chartAsText, literally } from './text.ts';

/** What one message of a platform holds. */
export interface PartLimits {
  /** Of Markdown, in all blocks together. */
  readonly characters: number;
  readonly blocks: number;
  /** Of a table, without its head. */
  readonly rows: number;
  /** A table with more is written as text. */
  readonly columns: number;
  /** Characters of a heading; a longer one is written as text. */
  readonly heading: number;
  readonly actions: number;
  readonly citations: number;
}

/**
 * Splits a reply into ones that each fit into a message, so that nothing is lost. A reply that fits is its only part; so is a
 * form. Marks of emphasis that span a place where a long paragraph is split are shown as they stand.
 */
export function partsOf(reply: Reply, limits: PartLimits): readonly Reply[] {
  switch (reply.kind) {
    case 'form':
      return [reply];
    case 'answer':
      return answerParts(reply, limits);
    case 'notice':
      return noticeParts(reply, limits);
  }
}

function answerParts(answer: AnswerReply, limits: PartLimits): readonly Reply[] {
  const [text, rest] = splitText(answer.text, limits.characters);
  const sources = answer.citations
    .slice(limits.citations)
    .map(({ id, title }, index) => `\\[${limits.citations + index + 1}\\] ${literally(`${id} ${title}`)}`);
  const actions = answer.actions.slice(limits.actions);
  const blocks = [rest, sources.join('\n\n')].filter(Boolean).map((left): Block => ({ kind: 'text', text: left }));
  return [
    {
      ...answer,
      text,
      citations: answer.citations.slice(0, limits.citations),
      actions: answer.actions.slice(0, limits.actions),
    },
    ...(blocks.length + actions.length > 0 ? noticeParts({ kind: 'notice', blocks, actions }, limits) : []),
  ];
}

function noticeParts(notice: NoticeReply, limits: PartLimits): readonly NoticeReply[] {
  const pages = pagesOf(notice.blocks, limits);
  const count = Math.max(pages.length, Math.ceil(notice.actions.length / limits.actions), 1);
  return Array.from({ length: count }, (_, index) => {
    const blocks = pages[index] ?? [{ kind: 'text', text: 'More to choose from:' }];
    const actions = notice.actions.slice(index * limits.actions, (index + 1) * limits.actions);
    const page: NoticeReply = { kind: 'notice', blocks: pages.length === 0 && index === 0 ? [] : blocks, actions };
    return index === 0 && notice.card !== undefined ? { ...page, card: notice.card } : page;
  });
}

function pagesOf(blocks: readonly Block[], limits: PartLimits): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  let room = limits.characters;
  const queue = blocks.flatMap((block) => splittable(block, limits));
  for (let block = queue.shift(); block; block = queue.shift()) {
    const [fitting, rest] = split(block, room, limits, page.length === 0);
    if (fitting) {
      page.push(fitting);
      room -= lengthOf(fitting);
    }
    if (rest.length === 0 && page.length < limits.blocks) continue;
    queue.unshift(...rest);
    pages.push(page);
    page = [];
    room = limits.characters;
  }
  return page.length > 0 ? [...pages, page] : pages;
}

/** What no message can show as it is, as text. */
function splittable(block: Block, { heading, columns }: PartLimits): Block[] {
  if (block.kind === 'heading' && block.text.length > heading) return [bold(block.text)];
  if (block.kind === 'table' && block.columns.length > columns) return block.rows.map((row) => rowAsText(block, row));
  return [block];
}

type Split = readonly [fitting: Block | undefined, rest: readonly Block[]];

/** @param isFirst nothing stands before the block in its message, so at least a piece of it has to go in */
function split(block: Block, room: number, limits: PartLimits, isFirst: boolean): Split {
  const fits = lengthOf(block) <= room && (block.kind !== 'table' || block.rows.length <= limits.rows);
  if (fits) return [block, []];
  switch (block.kind) {
    case 'heading':
      return isFirst ? split(bold(block.text), room, limits, true) : [undefined, [block]];
    case 'text': {
      if (!isFirst && room < limits.characters / 4) return [undefined, [block]];
      const [text, rest] = splitText(block.text, room);
      return [{ kind: 'text', text }, [{ kind: 'text', text: rest }]];
    }
    case 'facts': {
      const count = fittingCount(
        block.facts.map(({ label, value }) => label.length + value.length + 8),
        room,
      );
      if (count > 0) {
        return [{ ...block, facts: block.facts.slice(0, count) }, [{ ...block, facts: block.facts.slice(count) }]];
      }
      if (!isFirst) return [undefined, [block]];
      const [fact, ...facts] = block.facts;
      const text = `**${fact?.label ?? ''}:** ${fact?.value ?? ''}`;
      return before(split({ kind: 'text', text }, room, limits, true), facts.length > 0 ? [{ ...block, facts }] : []);
    }
    case 'table': {
      const left = room - lengthOfCells(block.columns);
      const count = Math.min(fittingCount(block.rows.map(lengthOfCells), left), limits.rows);
      if (count > 0) {
        return [{ ...block, rows: block.rows.slice(0, count) }, [{ ...block, rows: block.rows.slice(count) }]];
      }
      if (!isFirst) return [undefined, [block]];
      const [row = [], ...rows] = block.rows;
      return before(split(rowAsText(block, row), room, limits, true), rows.length > 0 ? [{ ...block, rows }] : []);
    }
    case 'chart':
      if (!isFirst) return [undefined, [block]];
      return split({ kind: 'text', text: literally(chartAsText(block)) }, room, limits, true);
    case 'mentions': {
      const count = fittingCount(block.lines.map(lengthOfMention), room);
      if (count > 0) {
        return [{ ...block, lines: block.lines.slice(0, count) }, [{ ...block, lines: block.lines.slice(count) }]];
      }
      if (!isFirst) return [undefined, [block]];
      const [line, ...lines] = block.lines;
      const text = `- **${literally(line?.name ?? '')}:** ${line?.text ?? ''}`;
      return before(split({ kind: 'text', text }, room, limits, true), lines.length > 0 ? [{ ...block, lines }] : []);
    }
  }
}

function before([fitting, rest]: Split, more: readonly Block[]): Split {
  return [fitting, [...rest, ...more]];
}

function bold(text: string): Block {
  return { kind: 'text', text: `**${text}**` };
}

function rowAsText({ columns }: Extract<Block, { kind: 'table' }>, row: readonly string[]): Block {
  return { kind: 'text', text: row.map((cell, index) => `**${columns[index] ?? ''}:** ${cell}`).join('\n\n') };
}

/** How many of so many lengths, from the first on, have room. */
function fittingCount(lengths: readonly number[], room: number): number {
  let left = room;
  const end = lengths.findIndex((length) => {
    left -= length;
    return left < 0;
  });
  return end < 0 ? lengths.length : end;
}

function lengthOf(block: Block): number {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return block.text.length;
    case 'facts':
      return block.facts.reduce((sum, { label, value }) => sum + label.length + value.length + 8, 0);
    case 'table':
      return [block.columns, ...block.rows].reduce((sum, cells) => sum + lengthOfCells(cells), 0);
    case 'chart':
      return (
        block.title.length +
        (block.series.length + 1) * lengthOfCells(block.labels) +
        lengthOfCells(block.series.map(({ name }) => name))
      );
    case 'mentions':
      return block.lines.reduce((sum, line) => sum + lengthOfMention(line), 0);
  }
}

/** Twice the name, and somebody's id: a platform may have to be told who that is. */
function lengthOfMention({ name, text }: Mention): number {
  return 2 * name.length + text.length + 100;
}

function lengthOfCells(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.length + 4, 0);
}

/** Splits where a paragraph, a line or a word ends, and only where there is none within a word. */
function splitText(text: string, room: number): readonly [head: string, rest: string] {
  if (text.length <= room) return [text, ''];
  const head = text.slice(0, room);
  const least = room / 2;
  const [end = room] = ['\n\n', '\n', ' '].map((mark) => head.lastIndexOf(mark)).filter((index) => index > least);
  const whole = end === room ? wholeCharacters(head) : head.slice(0, end);
  return [whole, text.slice(whole.length).trimStart()];
}

/** Without half of a character or of an escape at the end. */
function wholeCharacters(text: string): string {
  const whole = text.replace(/(?<!\\)(?:\\\\)*\\$/, (escapes) => escapes.slice(0, -1)).replace(/[\ud800-\udbff]$/, '');
  return whole === '' ? text : whole;
}

import type { ActionsBlock, Button, KnownBlock, PlainTextElement, RichTextBlock, TableBlock } from '@slack/types';
import { feedbackButtons } from '../../chat/feedback.ts';
import type { Action, Block, Reply } from '../../chat/reply.ts';
import { literally, plainText, replyAsText } from '../../chat/text.ts';
import type { Address } from '../../chat/turn.ts';
import { OPENS_FORM } from './action-names.ts';
import { richText } from './rich-text.ts';

const MAX_BLOCKS = 50;
const MAX_HEADER = 150;
const MAX_BUTTON = 75;
const MAX_BUTTONS_A_BLOCK = 25;
const MAX_VALUE = 2_000;
const MAX_ROWS = 100;
const MAX_COLUMNS = 20;
/** Characters of a whole message. Slack allows 12,000; the rest is for buttons and marks. */
const MAX_TEXT = 10_000;
/** Characters of an answer, so that its sources have room behind it. */
const MAX_ANSWER = 7_000;
/** Characters of the line that notifications show. */
const MAX_FALLBACK = 3_000;

export interface SlackMessage {
  /** For notifications and screen readers. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A reply as a message, within Slack's limits. */
export function renderMessage(reply: Reply, address: Address): SlackMessage {
  return { text: cut(escapeEntities(replyAsText(reply)), MAX_FALLBACK), blocks: renderBlocks(reply, address) };
}

export function renderBlocks(reply: Reply, address: Address): KnownBlock[] {
  const { content, actions } = parts(reply);
  const buttons = actionBlocks(actions, address);
  const fitting = withinLimits(content, MAX_BLOCKS - buttons.length - 1);
  return [...fitting, ...buttons];
}

function parts(reply: Reply): { content: KnownBlock[]; actions: readonly Action[] } {
  switch (reply.kind) {
    case 'answer': {
      const sources = reply.citations.map(
        ({ id, title }, index) => `\\[${index + 1}\\] ${literally(`${id} ${title}`)}`,
      );
      return {
        content: [
          ...richText(cut(reply.text, MAX_ANSWER)),
          ...(sources.length > 0 ? richText(`*Sources*\n\n${sources.join('\\\n')}`) : []),
        ],
        actions: [...feedbackButtons(reply), ...reply.actions],
      };
    }
    case 'notice':
      return { content: oneTable(reply.blocks.flatMap(renderBlock)), actions: reply.actions };
    case 'form': {
      const { id, title, intro } = reply.form;
      return {
        content: richText(`**${literally(title)}**\n\n${intro}`),
        actions: [{ id, label: 'Open form', style: 'primary', opensForm: true }],
      };
    }
  }
}

function renderBlock(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'header', text: plain(plainText(block.text), MAX_HEADER) }];
    case 'text':
      return richText(cut(block.text, MAX_TEXT));
    case 'facts':
      return richText(block.facts.map(({ label, value }) => `**${label}:** ${value}`).join('\\\n'));
    case 'table':
      return [table(block)];
  }
}

function table({ columns, rows }: Extract<Block, { kind: 'table' }>): TableBlock {
  const row = (cells: readonly string[]) =>
    cells.slice(0, MAX_COLUMNS).map((cell) => ({ type: 'raw_text' as const, text: plainText(cell) || ' ' }));
  return { type: 'table', rows: [columns, ...rows].slice(0, MAX_ROWS).map(row) };
}

/** A message holds one table; further ones are written as lines. */
function oneTable(blocks: readonly KnownBlock[]): KnownBlock[] {
  const first = blocks.findIndex(({ type }) => type === 'table');
  return blocks.flatMap((block, index) => (block.type === 'table' && index !== first ? tableAsText(block) : [block]));
}

function tableAsText({ rows }: TableBlock): RichTextBlock[] {
  const lines = rows.map((cells) =>
    cells.map((cell) => ('text' in cell ? literally(String(cell.text)) : '')).join(' \\| '),
  );
  return richText(lines.join('\\\n'));
}

/** Drops what does not fit, and says so. */
function withinLimits(blocks: readonly KnownBlock[], maxBlocks: number): KnownBlock[] {
  const fitting: KnownBlock[] = [];
  let room = MAX_TEXT;
  for (const block of blocks) {
    const shortened = shorten(block, room);
    if (shortened) fitting.push(shortened);
    room -= textLength(block);
    if (room < 0 || fitting.length === maxBlocks) break;
  }
  const isWhole = room >= 0 && fitting.length === blocks.length && blocks.every((block) => !isCutTable(block));
  return isWhole
    ? fitting
    : [
        ...fitting,
        { type: 'context', elements: [plain('Shortened here: ask about a part of it to see the rest.', 100)] },
      ];
}

function isCutTable(block: KnownBlock): boolean {
  return block.type === 'table' && block.rows.length === MAX_ROWS;
}

/** As many rows of a table as have room; undefined for a block that has none. */
function shorten(block: KnownBlock, room: number): KnownBlock | undefined {
  if (textLength(block) <= room) return block;
  if (block.type !== 'table') return undefined;
  let left = room;
  const rows = block.rows.filter((row) => {
    left -= textLength(row);
    return left >= 0;
  });
  return { ...block, rows };
}

/** The characters of every text in a block. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
}

function actionBlocks(actions: readonly Action[], { route }: Address): ActionsBlock[] {
  const buttons = actions
    .slice(0, MAX_BUTTONS_A_BLOCK)
    .flatMap((action, index) => (action.id.length > MAX_VALUE ? [] : [button(action, index)]));
  if (buttons.length === 0) return [];
  // Comes back with the press, so that the reply to it is known to be read by others.
  const block_id = route['sharedOutside'] === 'yes' ? 'shared-outside' : 'actions';
  return [{ type: 'actions', block_id, elements: buttons }];
}

function button({ id, label, style, opensForm }: Action, index: number): Button {
  return {
    type: 'button',
    action_id: `${opensForm ? OPENS_FORM : 'act'}-${index}`,
    text: plain(label, MAX_BUTTON),
    value: id,
    ...(style ? { style } : {}),
  };
}

export function plain(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: cut(text, limit) || ' ', emoji: false };
}

/** Cuts a text to so many characters, not within one that needs two code units. */
export function cut(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text
        .slice(0, limit - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;
}

/** Slack reads these three as the beginnings of mentions and links. */
function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

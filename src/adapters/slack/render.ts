import type {
  ActionsBlock,
  Button,
  ContextActionsBlock,
  ContextBlock,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextSection,
  TableBlock,
} from '@slack/types';
import { type PartLimits, partsOf } from '../../chat/parts.ts';
import type { Action, AnswerReply, Block, ChartBlock, Feedback, MentionsBlock, Reply } from '../../chat/reply.ts';
import { literally, plainText, replyAsText } from '../../chat/text.ts';
import type { Address } from '../../chat/turn.ts';
import { asBlockId, FEEDBACK, markOf, OPENS_WINDOW } from './action-names.ts';
import { richText } from './rich-text.ts';

/** Characters of a source, of which a context block holds ten. */
const MAX_SOURCE = 200;
const MAX_SOURCES_A_BLOCK = 10;
const MAX_BUTTON = 75;
const MAX_BUTTONS_A_BLOCK = 25;
const MAX_VALUE = 2_000;
const MAX_HEADER = 150;
const CHART = 'data_visualization';
const MAX_CHARTS = 2;
const MAX_CHART_TITLE = 50;
const MAX_CHART_LABEL = 20;
/** Characters of the line that notifications show. */
const MAX_FALLBACK = 3_000;

/**
 * A message of Slack's: 50 blocks and 12,000 characters, of which sources and buttons need some; a table with 100 rows and 20
 * columns.
 */
const LIMITS: PartLimits = {
  characters: 7_500,
  blocks: 44,
  rows: 99,
  columns: 20,
  heading: MAX_HEADER,
  // One more shows the rest.
  actions: MAX_BUTTONS_A_BLOCK - 1,
  citations: MAX_SOURCES_A_BLOCK,
};

export interface SlackMessage {
  /** For notifications and screen readers. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** A reply as ones that each fit into a message. */
export function slackParts(reply: Reply): readonly Reply[] {
  return partsOf(reply, LIMITS);
}

/** One part of a reply as a message. */
export function renderMessage(part: Reply, address: Address): SlackMessage {
  return { text: cut(escapeEntities(replyAsText(part)), MAX_FALLBACK) || '…', blocks: renderBlocks(part, address) };
}

/** One part of a reply. */
export function renderBlocks(part: Reply, { route }: Pick<Address, 'route'>): KnownBlock[] {
  const card = part.kind === 'notice' ? part.card : undefined;
  const mark = asBlockId({ sharedOutside: route['sharedOutside'] === 'yes', card });
  switch (part.kind) {
    case 'answer':
      return [
        ...richText(part.text),
        ...sources(part),
        ...(part.feedback ? [feedbackBlock(part.feedback, mark)] : []),
        ...actionBlocks(part.actions, mark),
      ];
    case 'notice':
      return [...fewCharts(oneTable(part.blocks.flatMap(renderBlock))), ...actionBlocks(part.actions, mark)];
    case 'form': {
      const { id, title, intro } = part.form;
      const open: Action = { id, label: 'Open form', style: 'primary', opensForm: true };
      return [
        ...richText(`**${literally(cut(title, MAX_HEADER))}**\n\n${cut(intro, LIMITS.characters)}`),
        ...actionBlocks([open], mark),
      ];
    }
  }
}

function sources({ citations }: AnswerReply): ContextBlock[] {
  if (citations.length === 0) return [];
  const elements = citations.map(({ id, title }, index) => plain(`[${index + 1}] ${id} ${title}`, MAX_SOURCE));
  return [{ type: 'context', elements }];
}

function renderBlock(block: Block): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return [{ type: 'header', text: plain(plainText(block.text), MAX_HEADER) }];
    case 'text':
      return richText(block.text);
    case 'facts':
      return richText(block.facts.map(({ label, value }) => `**${label}:** ${value}`).join('\\\n'));
    case 'table':
      return [table(block)];
    case 'chart':
      return [chart(block)];
    case 'mentions':
      return [mentionList(block)];
  }
}

/** A chart of Slack's own, of which the types know nothing yet. */
function chart({ title, labels, series, unit }: ChartBlock): KnownBlock {
  const categories = labels.map((label) => cut(label, MAX_CHART_LABEL) || ' ');
  const names = series.map(({ name }) => cut(name, MAX_CHART_LABEL) || ' ');
  const block = {
    type: CHART,
    title: cut(title, MAX_CHART_TITLE) || ' ',
    chart: {
      type: 'line',
      series: series.map(({ name, values }, index) => ({
        name: names.indexOf(names[index] ?? '') === index ? names[index] : `${cut(name, MAX_CHART_LABEL - 2)} ${index}`,
        data: values.map((value, index) => ({ label: categories[index] ?? ' ', value })),
      })),
      axis_config: { categories, ...(unit ? { y_label: cut(unit.trim(), MAX_CHART_TITLE) } : {}) },
    },
  };
  return block as unknown as KnownBlock;
}

function mentionList({ lines }: MentionsBlock): RichTextBlock {
  const elements = lines.map(({ name, user, text }): RichTextSection => {
    const said = richText(text)[0]?.elements[0];
    const rest =
      said?.type === 'rich_text_section' ? said.elements : [{ type: 'text' as const, text: plainText(text) || ' ' }];
    const who = user?.platform === 'slack' ? { type: 'user' as const, user_id: user.userId } : bold(name);
    return { type: 'rich_text_section', elements: [who, { type: 'text', text: ': ' }, ...rest] };
  });
  return { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', indent: 0, elements }] };
}

function bold(text: string) {
  return { type: 'text' as const, text: text || ' ', style: { bold: true } };
}

function table({ columns, rows }: Extract<Block, { kind: 'table' }>): TableBlock {
  const row = (cells: readonly string[]) =>
    cells.map((cell) => ({ type: 'raw_text' as const, text: plainText(cell) || ' ' }));
  return { type: 'table', rows: [columns, ...rows].map(row) };
}

/** A message holds one table; further ones are written as lines. */
function oneTable(blocks: readonly KnownBlock[]): KnownBlock[] {
  const first = blocks.findIndex(({ type }) => type === 'table');
  return blocks.flatMap((block, index) => (block.type === 'table' && index !== first ? tableAsText(block) : [block]));
}

/** A message holds two charts; what a further one shows stands in a table too. */
function fewCharts(blocks: readonly KnownBlock[]): KnownBlock[] {
  const isChart = ({ type }: { readonly type: string }) => type === CHART;
  const charts = blocks.filter(isChart);
  return blocks.filter((block) => !isChart(block) || charts.indexOf(block) < MAX_CHARTS);
}

/** For places and workspaces in which Slack has no charts. A table says the same. */
export function withoutCharts(part: Reply): Reply {
  if (part.kind !== 'notice') return part;
  return { ...part, blocks: part.blocks.filter(({ kind }) => kind !== 'chart') };
}

export function hasCharts(part: Reply): boolean {
  return part.kind === 'notice' && part.blocks.some(({ kind }) => kind === 'chart');
}

function tableAsText({ rows }: TableBlock): RichTextBlock[] {
  const lines = rows.map((cells) =>
    cells.map((cell) => ('text' in cell ? literally(String(cell.text)) : '')).join(' \\| '),
  );
  return richText(lines.join('\\\n'));
}

function feedbackBlock({ helpful, unhelpful }: Feedback, mark: string): ContextActionsBlock {
  return {
    type: 'context_actions',
    block_id: markOf(mark, 'feedback'),
    elements: [
      {
        type: 'feedback_buttons',
        action_id: FEEDBACK,
        positive_button: { text: plain('Helpful', MAX_BUTTON), value: helpful },
        negative_button: { text: plain('Not helpful', MAX_BUTTON), value: `${OPENS_WINDOW} ${unhelpful}` },
      },
    ],
  };
}

function actionBlocks(actions: readonly Action[], mark: string): ActionsBlock[] {
  const buttons = actions.flatMap((action, index) => (action.id.length > MAX_VALUE ? [] : [button(action, index)]));
  return Array.from({ length: Math.ceil(buttons.length / MAX_BUTTONS_A_BLOCK) }, (_, index) => ({
    type: 'actions',
    block_id: index === 0 ? mark : markOf(mark, String(index)),
    elements: buttons.slice(index * MAX_BUTTONS_A_BLOCK, (index + 1) * MAX_BUTTONS_A_BLOCK),
  }));
}

function button({ id, label, style, opensForm, opensPage, link }: Action, index: number): Button {
  return {
    type: 'button',
    action_id: `${opensForm || opensPage ? OPENS_WINDOW : 'act'}-${index}`,
    text: plain(label, MAX_BUTTON),
    // Slack tells of a link that is followed, too: without a value that means nothing.
    ...(link === undefined ? { value: id } : { url: link }),
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

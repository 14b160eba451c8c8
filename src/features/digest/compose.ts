import { actionId } from '../../chat/action-id.ts';
import type { Action, Block, ChartBlock, Mention, NoticeReply } from '../../chat/reply.ts';
import { sparkline } from '../../chat/sparkline.ts';
import { literally } from '../../chat/text.ts';
import type { Sender } from '../../chat/turn.ts';
import { writtenDay } from '../../clock.ts';
import { itemKey } from '../../records/action-item/action-item.ts';
import { systemKey } from '../../records/ai-system/ai-system.ts';
import { type DigestContent, digestCard } from '../../records/digest/digest.ts';
import { weekNumber } from '../../records/digest/schedule.ts';
import { decisionMark, itemMark } from '../../records/digest/settled.ts';
import type { KpiLine, OverdueLine, Situation, WitnessedHead } from '../../records/digest/situation.ts';
import { gapKey } from '../../records/knowledge-gap.ts';
import { changeInWords, valueInWords } from '../kpi-words.ts';
import { assignButton, brief, counted, cutOff, days, daysBetween, decideButton } from './words.ts';

/** What is made from a digest's content: the digest itself, or all of it. */
export interface Composed {
  /** The digest's number; undefined for a preview, which has no buttons of its own. */
  readonly id: number | undefined;
  /** 2026-W48 */
  readonly period: string;
  readonly content: DigestContent;
  /** The accounts of people on the platform it goes to, by their ids, so that owners are told of what is theirs. */
  readonly accounts: ReadonlyMap<string, Sender>;
}

/** How much of each list fits on one screen. */
const SCREEN = { kpis: 6, decisions: 3, owners: 3, systems: 3, lapsing: 3, questions: 2, dates: 3, settled: 4 };
const EVERYTHING: typeof SCREEN = {
  kpis: 40,
  decisions: 40,
  owners: 40,
  systems: 40,
  lapsing: 40,
  questions: 40,
  dates: 40,
  settled: 40,
};

/** Items of one owner that a digest names. */
const ITEMS_OF_OWNER = 2;

/** Buttons of a digest at most: what Teams shows at once. */
const MAX_BUTTONS = 6;

/** The digest on one screen. The rest is behind *Show all*. */
export function composeDigest(composed: Composed): NoticeReply {
  const { id, content } = composed;
  const card = id === undefined ? {} : { card: digestCard(id) };
  return {
    kind: 'notice',
    ...card,
    blocks: [...opening(composed), ...sections(composed, SCREEN), ...ending(content.situation.head)],
    actions: buttons(composed),
  };
}

/** Everything, in messages with the buttons of what they are about. Nobody is told of it again. */
export function composeAll(whole: Composed): NoticeReply[] {
  const composed = { ...whole, accounts: new Map<string, Sender>() };
  const { situation, settled } = composed.content;
  const overdue = situation.overdue.first.filter((item) => !settled.includes(itemMark(item)));
  const decisions = openDecisions(composed.content);
  const messages: [Block[], Action[]][] = [
    [
      [...opening(composed), ...kpiBlocks(situation, EVERYTHING)],
      toLookAt(situation.kpis)
        .filter(({ isMet }) => isMet === false)
        .map(whyButton),
    ],
    [
      [...decisionBlocks(composed, EVERYTHING), ...overdueBlocks(composed, EVERYTHING)],
      [...decisions.flatMap((line) => [decideButton(line), assignButton(line)]), ...overdue.flatMap(itemButtons)],
    ],
    [
      [
        ...systemBlocks(situation, EVERYTHING),
        ...lapsingBlocks(situation, EVERYTHING),
        ...questionBlocks(situation, EVERYTHING),
        ...dateBlocks(situation, EVERYTHING),
        ...settledBlocks(composed.content, EVERYTHING),
        ...ending(situation.head),
        { kind: 'text', text: `Signature of that head (Ed25519, base64): \`${situation.head.signature}\`` },
      ],
      [
        {
          id: actionId('actions', 'new', `digest week ${weekNumber(composed.period)}`),
          label: 'Note an action item',
          opensForm: true,
        },
        { id: actionId('actions', 'decide'), label: 'Record a decision', opensForm: true },
        ...situation.lapsing.first.map(({ key }) => openButton('evidence', key, key)),
        ...situation.questions.first.map(questionButton),
      ],
    ],
  ];
  return messages
    .filter(([blocks]) => blocks.length > 0)
    .map(([blocks, actions]) => ({ kind: 'notice', blocks, actions: actions.slice(0, 4 * MAX_BUTTONS) }));
}

function opening({ period, content }: Composed): Block[] {
  const { headline, comment, late, situation } = content;
  return [
    { kind: 'heading', text: `AI governance, week ${weekNumber(period)}` },
    { kind: 'text', text: [`**${literally(headline)}**`, comment ? literally(comment) : ''].filter(Boolean).join(' ') },
    ...(late ? [{ kind: 'text' as const, text: lateNote(late) }] : []),
    ...(situation.isForEveryone
      ? [
          {
            kind: 'text' as const,
            text: 'This channel sees what everyone may see. With `/aims audience committee` it gets the KPIs and the rest.',
          },
        ]
      : []),
  ];
}

function lateNote({ weeksMissed }: { readonly weeksMissed: number }): string {
  const missed = weeksMissed > 0 ? ` ${counted(weeksMissed, 'week')} before it had none.` : '';
  return `*Posted late: I could not post it when it was due.${missed}*`;
}

function sections(composed: Composed, most: typeof SCREEN): Block[] {
  const { content } = composed;
  const { situation } = content;
  return [
    ...kpiBlocks(situation, most),
    ...decisionBlocks(composed, most),
    ...overdueBlocks(composed, most),
    ...systemBlocks(situation, most),
    ...lapsingBlocks(situation, most),
    ...questionBlocks(situation, most),
    ...dateBlocks(situation, most),
    ...settledBlocks(content, most),
  ];
}

function kpiBlocks({ kpis, day }: Situation, { kpis: most }: typeof SCREEN): Block[] {
  const shown = toLookAt(kpis).slice(0, most);
  if (shown.length === 0) return [];
  const chart = chartOf(shown, day);
  return [
    {
      kind: 'table',
      columns: ['KPI', 'now', 'target', 'since last week', 'lately'],
      rows: shown.map((kpi) => [
        literally(kpi.name),
        kpi.value === null ? 'not measured yet' : valueInWords(kpi.unit, kpi.value),
        kpi.target === null ? '' : `${valueInWords(kpi.unit, kpi.target)}${kpi.isMet === false ? ', missed' : ''}`,
        kpi.change === null ? '' : changeInWords(kpi.unit, kpi.change),
        trendLine(kpi.weeks),
      ]),
    },
    ...(chart ? [chart] : []),
  ];
}

/** Weeks that stand in a table's cell; the chart shows all of them. */
const WEEKS_IN_CELL = 8;

/** @returns nothing where there is no course to see yet */
function trendLine(weeks: readonly (number | null)[]): string {
  const last = weeks.slice(-WEEKS_IN_CELL);
  const begun = last.slice(last.findIndex((value) => value !== null));
  return begun.filter((value) => value !== null).length > 1 ? sparkline(begun) : '';
}

/** What misses its target comes first, and what is not measured last. */
function toLookAt(kpis: readonly KpiLine[]): KpiLine[] {
  const rank = ({ value, isMet }: KpiLine) => (value === null ? 2 : isMet === false ? 0 : 1);
  return kpis.toSorted((a, b) => rank(a) - rank(b));
}

const MAX_LINES = 4;
const FEWEST_WEEKS = 3;

/** The shares among them over the weeks in which all of these were measured. */
function chartOf(kpis: readonly KpiLine[], day: string): ChartBlock | undefined {
  const lines = kpis
    .filter(({ unit }) => unit === 'share')
    .map(({ name, weeks }) => ({ name, values: lastMeasured(weeks) }))
    .filter(({ values }) => values.length >= FEWEST_WEEKS)
    .slice(0, MAX_LINES);
  if (lines.length === 0) return undefined;
  const weeks = Math.min(...lines.map(({ values }) => values.length));
  return {
    kind: 'chart',
    title: 'Where the shares are going',
    labels: Array.from({ length: weeks }, (_, index) => dayBefore(day, 7 * (weeks - 1 - index))),
    series: lines.map(({ name, values }) => ({
      name,
      values: values.slice(-weeks).map((value) => Math.round(value * 100)),
    })),
    unit: ' %',
  };
}

/** The last values, up to where one is missing. */
function lastMeasured(weeks: readonly (number | null)[]): number[] {
  const gap = weeks.lastIndexOf(null);
  return weeks.slice(gap + 1).filter((value) => value !== null);
}

function dayBefore(day: string, count: number): string {
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - count * 24 * 60 * 60 * 1000).toISOString();
  return writtenDay(before.slice(0, 10)).replace(/ \d{4}$/, '');
}

function openDecisions({ situation, settled }: DigestContent) {
  return situation.decisions.first.filter((line) => !settled.includes(decisionMark(line)));
}

function decisionBlocks({ content }: Composed, most: typeof SCREEN): Block[] {
  const { situation } = content;
  const open = openDecisions(content);
  const gone = situation.decisions.first.length - open.length;
  const { shown, more } = cutOff(open, situation.decisions.total - gone, most.decisions);
  if (shown.length === 0) return [];
  const names = shown.map(
    ({ id, name, since }) => `${systemKey(id)} ${brief(name)} (${days(daysBetween(since, situation.day))})`,
  );
  return [line('Waiting for a decision', names, more)];
}

function overdueBlocks({ content, accounts }: Composed, most: typeof SCREEN): Block[] {
  const { situation, settled } = content;
  const open = situation.overdue.first.filter((item) => !settled.includes(itemMark(item)));
  if (open.length === 0) return [];
  const total = situation.overdue.total - (situation.overdue.first.length - open.length);
  const byOwner = [...Map.groupBy(open, ({ owner }) => owner.id).values()];
  const { shown } = cutOff(byOwner, byOwner.length, most.owners);
  const lines = shown.map((items) => mention(items, situation.day, accounts, most === EVERYTHING));
  const named = shown.reduce((sum, items) => sum + items.length, 0);
  return [
    { kind: 'text', text: `**Late** (${total})` },
    { kind: 'mentions', lines },
    ...(total > named ? [{ kind: 'text' as const, text: `and ${total - named} more` }] : []),
  ];
}

function mention(
  items: readonly OverdueLine[],
  day: string,
  accounts: ReadonlyMap<string, Sender>,
  isAll: boolean,
): Mention {
  const owner = items[0]?.owner ?? { id: '', name: '' };
  const { shown, more } = cutOff(items, items.length, isAll ? items.length : ITEMS_OF_OWNER);
  const texts = shown.map(({ text, dueOn }) => `${brief(text)} (${days(daysBetween(dueOn, day))})`);
  const user = accounts.get(owner.id);
  return {
    name: owner.name,
    ...(user ? { user } : {}),
    text: `${texts.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  };
}

function systemBlocks({ systems }: Situation, most: typeof SCREEN): Block[] {
  return [
    ['New', systems.added] as const,
    ['Changed', systems.changed] as const,
    ['Retired', systems.retired] as const,
  ].flatMap(([label, { first, total }]) => {
    const { shown, more } = cutOff(first, total, most.systems);
    if (shown.length === 0) return [];
    return [
      line(
        label,
        shown.map(({ id, name }) => `${systemKey(id)} ${brief(name)}`),
        more,
      ),
    ];
  });
}

function lapsingBlocks({ lapsing, day }: Situation, most: typeof SCREEN): Block[] {
  const { shown, more } = cutOff(lapsing.first, lapsing.total, most.lapsing);
  if (shown.length === 0) return [];
  const names = shown.map(
    ({ key, title, validUntil }) => `${key} ${brief(title)} (${validUntil <= day ? 'today' : writtenDay(validUntil)})`,
  );
  return [line('Evidence about to lapse', names, more)];
}

function questionBlocks({ questions }: Situation, most: typeof SCREEN): Block[] {
  const { shown, more } = cutOff(questions.first, questions.total, most.questions);
  if (shown.length === 0) return [];
  const asked = shown.map(({ id, question }) => `${gapKey(id)} ${brief(question)}`);
  return [line('I could not answer', asked, more)];
}

function dateBlocks({ dates }: Situation, most: typeof SCREEN): Block[] {
  const { shown, more } = cutOff(dates.first, dates.total, most.dates);
  if (shown.length === 0) return [];
  return [
    line(
      'Next',
      shown.map(({ day, what }) => `${writtenDay(day)} ${what}`),
      more,
    ),
  ];
}

function settledBlocks({ situation, settled }: DigestContent, most: typeof SCREEN): Block[] {
  const done = [
    ...situation.decisions.first
      .filter((one) => settled.includes(decisionMark(one)))
      .map(({ id, name }) => `${systemKey(id)} ${brief(name)}`),
    ...situation.overdue.first
      .filter((one) => settled.includes(itemMark(one)))
      .map(({ id, text }) => `${itemKey(id)} ${brief(text)}`),
  ];
  const { shown, more } = cutOff(done, done.length, most.settled);
  return shown.length === 0 ? [] : [line('Done since', shown, more)];
}

function line(label: string, parts: readonly string[], more: number): Block {
  return { kind: 'text', text: `**${label}:** ${parts.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}` };
}

function ending({ sequence, hash, key }: WitnessedHead): Block[] {
  const entry = sequence.toLocaleString('en');
  return [{ kind: 'text', text: `Event log: entry ${entry} · \`${hash}\` · signed with key \`${key}\`` }];
}

function buttons(composed: Composed): Action[] {
  const { id, content } = composed;
  const { overdue, questions } = content.situation;
  const late = overdue.first.filter((item) => !content.settled.includes(itemMark(item)));
  const own: Action[] =
    id === undefined
      ? []
      : [
          { id: actionId('digest', 'all', String(id)), label: 'Show all' },
          { id: actionId('digest', 'mine', String(id)), label: 'Send me my part' },
        ];
  const moving = [
    ...openDecisions(content).slice(0, 2).map(decideButton),
    ...late.slice(0, 1).flatMap(itemButtons),
    ...questions.first.slice(0, 1).map(questionButton),
  ];
  return [...moving.slice(0, MAX_BUTTONS - own.length), ...own];
}

export function itemButtons(item: OverdueLine): Action[] {
  const id = String(item.id);
  return [
    { id: actionId('actions', 'remind', id), label: `Remind ${item.owner.name}: ${itemKey(item.id)}` },
    { id: actionId('actions', 'extend', id), label: `Extend ${itemKey(item.id)} ...`, opensForm: true },
  ];
}

function questionButton({ id }: { readonly id: number }): Action {
  return { id: actionId('questions', 'answer', String(id)), label: `Answer ${gapKey(id)}`, opensForm: true };
}

function whyButton({ id, name }: KpiLine): Action {
  return { id: actionId('kpi', 'show', id), label: `Why: ${name}` };
}

function openButton(feature: string, argument: string, name: string): Action {
  return { id: actionId(feature, 'show', argument), label: `Open ${name}` };
}

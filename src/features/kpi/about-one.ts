import { actionId } from '../../chat/action-id.ts';
import { notice } from '../../chat/notice.ts';
import type { Action, Block, NoticeReply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import { type BehindRecord, recordsBehind } from '../../records/kpi/behind.ts';
import type { Kpi } from '../../records/kpi/catalogue.ts';
import type { Figure, Snapshot } from '../../records/kpi/kpi.ts';
import { parseQuarter, quarterBefore, quarterOf } from '../../records/kpi/quarter.ts';
import { lastSnapshot, readSnapshot } from '../../records/kpi/snapshots.ts';
import type { Standing } from '../../records/kpi/standing.ts';
import { structure } from '../../standard/structure.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { valueInWords } from '../kpi-words.ts';
import type { KpiParts } from './kpi.ts';
import { NOT_FOR_YOU, standingsFor } from './overview.ts';
import { isLead, mayEnter } from './rights.ts';
import {
  ALL_BUTTON,
  changeOf,
  enterButton,
  figureInWords,
  judgedChange,
  ownerInWords,
  targetInWords,
} from './words.ts';

/** Records that are listed, and those that get a button. */
const MAX_LISTED = 20;
const MAX_BUTTONS = 3;

const MAX_TITLE = 80;

/** A KPI with what is behind it. @param argument its id; with `.2026-Q3` behind it, how it was at that quarter's end */
export async function showOne(parts: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  const [id = '', when = ''] = argument.split('.');
  const standing = (await standingsFor(parts, asker)).find(({ kpi }) => kpi.id === id);
  if (!standing) return say(NOT_FOR_YOU);
  if (when === '') return say(await card(parts, standing, standing.current, asker));
  const quarter = parseQuarter(when, parts.clock.today());
  const snapshot = quarter && (await lastSnapshot(parts.db, standing.kpi.id, quarter.from, quarter.to));
  if (!snapshot) {
    return say(
      notice(`I have no value of **${standing.kpi.name}** from ${quarter?.key ?? 'then'}.`, {
        id: actionId('kpi', 'show', id),
        label: 'As it is now',
      }),
    );
  }
  return say(await card(parts, standing, snapshot, asker));
}

/** A KPI as it was in one snapshot. @param argument the snapshot's number */
export async function showSnapshot(parts: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  const snapshot = /^\d{1,15}$/.test(argument) ? await readSnapshot(parts.db, Number(argument)) : undefined;
  const standing = (await standingsFor(parts, asker)).find(({ kpi }) => kpi.id === snapshot?.kpi);
  if (!snapshot || !standing) return say(NOT_FOR_YOU);
  return say(await card(parts, standing, snapshot, asker));
}

/** @param figure the current one, or a snapshot */
export async function card(
  { db, clock }: KpiParts,
  standing: Standing,
  figure: Figure | Snapshot,
  asker: Asker,
): Promise<NoticeReply> {
  const { kpi } = standing;
  const isPast = 'takenOn' in figure;
  const viewer = { audience: asker.audience, isLead: isLead(asker.person) && asker.audience.person !== undefined };
  const { seen, hidden } = await recordsBehind(db, figure.records, viewer);
  const toShow = figure.value === undefined ? [] : inOrder(kpi, seen);
  return {
    kind: 'notice',
    blocks: [
      { kind: 'heading', text: `${kpi.name}: ${figureInWords(kpi, figure)}` },
      ...(isPast ? [{ kind: 'text' as const, text: `As it was on ${writtenDay(figure.takenOn)}.` }] : []),
      { kind: 'facts', facts: isPast ? pastFacts(kpi, figure) : currentFacts(standing) },
      ...behindBlocks(kpi, figure, toShow, hidden),
      ...(isPast ? [] : historyBlocks(standing)),
    ],
    actions: [
      ...toShow.slice(0, MAX_BUTTONS).flatMap(openButton),
      ...(mayEnter(asker, standing) && !isPast ? [enterButton(kpi)] : []),
      ...(isLead(asker.person) && !isPast
        ? [{ id: actionId('kpi', 'change', kpi.id), label: 'Owner, target ...', opensForm: true as const }]
        : []),
      pastButton(kpi, clock.today(), isPast),
      ALL_BUTTON,
    ],
  };
}

function pastButton({ id }: Kpi, today: string, isPast: boolean): Action {
  if (isPast) return { id: actionId('kpi', 'show', id), label: 'As it is now' };
  const { key } = quarterBefore(quarterOf(today));
  return { id: actionId('kpi', 'show', `${id}.${key}`), label: `In ${key}` };
}

function currentFacts(standing: Standing) {
  const { kpi, settings, current, previous, trend } = standing;
  const target = targetInWords(kpi, settings.target);
  const proposed = settings.areProposed ? ', proposed by me' : '';
  return [
    ...figureFacts(kpi, current),
    { label: 'Target', value: target ? `${target}${proposed}` : 'none' },
    ...(previous && standing.change !== undefined
      ? [{ label: `Since ${writtenDay(previous.takenOn)}`, value: `${changeOf(standing)}${judgedChange(standing)}` }]
      : []),
    ...(trend ? [{ label: 'Trend', value: `${trend}, over up to twelve weeks` }] : []),
    { label: 'Owner', value: ownerInWords(settings) },
    { label: 'If it is missed', value: kpi.whenMissed },
  ];
}

function pastFacts(kpi: Kpi, snapshot: Snapshot) {
  return [
    ...figureFacts(kpi, snapshot),
    { label: 'Target then', value: targetInWords(kpi, snapshot.target) || 'none' },
  ];
}

function figureFacts(kpi: Kpi, { of, formula, measuredOn }: Figure) {
  const { version, words } = kpi.formula;
  return [
    ...(of ? [{ label: 'Counted', value: `${of.part} of ${of.whole}` }] : []),
    {
      label: 'Formula',
      value:
        formula === version ? `${words} (version ${version})` : `version ${formula}; by now it is version ${version}`,
    },
    { label: 'From', value: kpi.from },
    ...(kpi.source === 'entered' && of ? [{ label: 'Counted for', value: writtenDay(measuredOn) }] : []),
  ];
}

/** What keeps a value from being better comes first; the largest of others. */
function inOrder({ aggregate, direction }: Kpi, seen: readonly BehindRecord[]): BehindRecord[] {
  const wanted = direction === 'down' ? 0 : 1;
  if (aggregate === 'share') return seen.filter(({ value }) => value !== wanted);
  return seen.toSorted((a, b) => b.value - a.value);
}

function behindBlocks(kpi: Kpi, figure: Figure, shown: readonly BehindRecord[], hidden: number): Block[] {
  if (figure.value === undefined) {
    const next =
      kpi.source === 'entered'
        ? 'Nobody has entered a value yet.'
        : 'There was nothing to measure, so that there is no value; that is not zero.';
    return [{ kind: 'text', text: next }];
  }
  const lines = shown.slice(0, MAX_LISTED).map((record) => `- ${lineOf(kpi, record)}`);
  const more = shown.length - lines.length;
  return [
    ...(lines.length > 0 ? [{ kind: 'text' as const, text: `**${headOf(kpi)}**\n\n${lines.join('\n')}` }] : []),
    ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more.` }] : []),
    ...(hidden > 0
      ? [
          {
            kind: 'text' as const,
            text: `${hidden} of the ${figure.records.length} records behind it ${hidden === 1 ? 'is' : 'are'} not for everybody who reads this.`,
          },
        ]
      : []),
  ];
}

function headOf({ aggregate, direction }: Kpi): string {
  if (aggregate === 'entered') return 'Entered by';
  if (aggregate !== 'share') return 'Behind it';
  return direction === 'down' ? 'These count' : 'Missing to 100 %';
}

function lineOf({ unit, aggregate }: Kpi, { id, title, value }: BehindRecord): string {
  const name = `${id.startsWith('answer:') ? '' : `${id} `}${literally(shortened(title, MAX_TITLE))}`;
  return aggregate === 'median' ? `${name}: ${valueInWords(unit, value)}` : name;
}

function historyBlocks({ kpi, history }: Standing): Block[] {
  if (history.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['Week until', 'Value', 'Target then'],
      rows: history
        .toReversed()
        .map((snapshot) => [
          writtenDay(snapshot.takenOn),
          `${figureInWords(kpi, snapshot)}${snapshot.formula === kpi.formula.version ? '' : ` (formula ${snapshot.formula})`}`,
          targetInWords(kpi, snapshot.target),
        ]),
    },
  ];
}

/** Leads to a record, in the feature that shows it. */
function openButton({ id }: BehindRecord): Action[] {
  const number = id.replace(/^[A-Z]+-/, '');
  if (id.startsWith('AIS-')) return [{ id: actionId('register', 'show', number), label: `Show ${id}` }];
  if (id.startsWith('EV-')) return [{ id: actionId('evidence', 'show', id), label: `Show ${id}` }];
  if (id.startsWith('ACT-')) return [{ id: actionId('command', 'run', `actions ${id}`), label: `Show ${id}` }];
  if (id.startsWith('GAP-')) return [{ id: actionId('command', 'run', `questions ${id}`), label: `Show ${id}` }];
  if (structure.find(id)) return [{ id: actionId('command', 'run', `evidence ${id}`), label: `Evidence for ${id}` }];
  return [];
}

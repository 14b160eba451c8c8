import type { DownloadFile, FileMaker, FileReader } from '../../downloads/downloads.ts';
import { type ActionItem, itemKey } from '../../records/action-item/action-item.ts';
import { listItems } from '../../records/action-item/read-items.ts';
import { type Decision, decisionKey } from '../../records/decision/decision.ts';
import { listDecisions } from '../../records/decision/read-decisions.ts';
import { csvOf, type Table, xlsxOf } from '../../records/table-file.ts';
import type { Asker, Outcome } from '../feature.ts';
import { offerFiles } from '../offer-files.ts';
import type { ActionsParts } from './actions.ts';

/** The kinds of files that `Downloads` knows them by. */
export const ACTION_ITEMS_FILE = 'action-items';
export const DECISIONS_FILE = 'decisions';

/** More than any organisation has. */
const ALL = 100_000;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** All action items that the reader may see, in the format that the argument names. */
export function itemsFile({ db, clock }: Pick<ActionsParts, 'db' | 'clock'>): FileMaker {
  return fileOf(ACTION_ITEMS_FILE, clock, async ({ audience }) => {
    const { items } = await listItems(db, audience, {}, ALL);
    return [ITEM_HEADINGS, ...items.map(itemRow)];
  });
}

/** All decisions that the reader may see. */
export function decisionsFile({ db, clock }: Pick<ActionsParts, 'db' | 'clock'>): FileMaker {
  return fileOf(DECISIONS_FILE, clock, async ({ audience }) => {
    const { decisions } = await listDecisions(db, audience, {}, ALL);
    return [DECISION_HEADINGS, ...decisions.map(decisionRow)];
  });
}

function fileOf(kind: string, clock: ActionsParts['clock'], read: (reader: FileReader) => Promise<Table>): FileMaker {
  return async (reader, format): Promise<DownloadFile | undefined> => {
    if (reader.audience.guidanceOnly) return undefined;
    const name = `${kind}-${clock.today()}.${format}`;
    const table = await read(reader);
    switch (format) {
      case 'xlsx':
        return { name, mediaType: XLSX, content: await xlsxOf({ [kind]: table }) };
      case 'csv':
        return { name, mediaType: 'text/csv; charset=utf-8', content: Buffer.from(csvOf(table)) };
      default:
        return undefined;
    }
  };
}

const ITEM_HEADINGS = [
  ...['Key', 'What', 'Owner', 'Due', 'State', 'Follows from', 'Made by', 'Made on', 'Closed by', 'Closed on'],
  'Who may see it',
];

function itemRow(item: ActionItem): string[] {
  const { id, text, owner, dueOn, state, source, createdBy, createdAt, closedBy, closedAt, visibility } = item;
  return [
    ...[itemKey(id), text, owner.name, dueOn, state, source ? `${source.kind} ${source.ref}` : ''],
    ...[createdBy?.name ?? '', dayOf(createdAt), closedBy?.name ?? '', closedAt ? dayOf(closedAt) : '', visibility],
  ];
}

const DECISION_HEADINGS = [
  ...['Key', 'What was decided', 'Outcome', 'About', 'Decided on', 'Took part', 'Others', 'Reason', 'Recorded by'],
  ...['Recorded on', 'Taken back on', 'Taken back because', 'Who may see it'],
];

function decisionRow(decision: Decision): string[] {
  const { id, text, outcome, about, decidedOn, participants, others, reason, recordedBy, recordedAt, withdrawn } =
    decision;
  return [
    ...[decisionKey(id), text, outcome, about ? `${about.kind} ${about.ref}` : '', decidedOn],
    ...[participants.map(({ name }) => name).join('; '), others ?? '', reason ?? '', recordedBy?.name ?? ''],
    ...[dayOf(recordedAt), withdrawn ? dayOf(withdrawn.at) : '', withdrawn?.because ?? '', decision.visibility],
  ];
}

/** Moments are given as days, in UTC. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** `/aims actions export`, `/aims decisions export` */
export function offerFile({ downloads }: ActionsParts, kind: string, what: string, asker: Asker): Outcome {
  const files = ['xlsx', 'csv'].map((argument) => ({ kind, argument, label: argument.toUpperCase() }));
  return offerFiles(downloads, asker, what, files);
}

import { actionId } from '../../chat/action-id.ts';
import { FileUnavailable } from '../../chat/channel.ts';
import { notice } from '../../chat/notice.ts';
import type { Block, NoticeReply, Reply } from '../../chat/reply.ts';
import { literally, shortened } from '../../chat/text.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { parseSystemKey } from '../../records/ai-system/ai-system.ts';
import { applyImport, type ImportPlan, planImport, type RowFault } from '../../records/ai-system/exchange/import.ts';
import { readTable } from '../../records/ai-system/exchange/read-table.ts';
import {
  awaitImport,
  dropImport,
  isImportAwaited,
  keepImport,
  takeImport,
} from '../../records/ai-system/exchange/waiting-import.ts';
import { readSystem } from '../../records/ai-system/read-systems.ts';
import { UnusableFile } from '../../unusable-file.ts';
import { type Asker, type GivenFiles, type Outcome, say, type Tell } from '../feature.ts';
import { fetchFile } from '../fetch-file.ts';
import { reviewersOf } from '../review-card.ts';
import type { RegisterParts } from './register.ts';

/** Of a table, in bytes and in rows: more than any organisation has, and no load for anybody. */
const MAX_BYTES = 5 * 1024 * 1024;
const MAX_ROWS = 1_000;

/** Rows of a report that are shown. */
const MAX_SHOWN = 25;
const MAX_FAULT = 300;

const LEAD_ONLY = notice(
  'Tables are imported by the compliance lead or the deputy. `/aims register` registers a single system.',
);

const EXPORT_FIRST = { id: actionId('command', 'run', 'systems export'), label: 'Get the register as a file' };

function mayImport({ person }: Asker): boolean {
  return person.roles.has('compliance_lead');
}

/** `/aims systems import`: the next file is the table. */
export function askForTable(asker: Asker): Outcome {
  if (!mayImport(asker)) return say(LEAD_ONLY);
  if (asker.conversation.kind !== 'direct') {
    return say(notice('Write `/aims systems import` to me in a direct message, and send me the table there.'));
  }
  return async (change) => {
    await awaitImport(change, asker.person.id);
    return [
      notice(
        'Send me the table now, as XLSX or CSV, with the columns that an export has; its second sheet explains them. I show what it ' +
          'would do before anything is changed. Rows with a key change the system that they name.',
        EXPORT_FIRST,
        { id: actionId('register', 'import-drop'), label: 'Not now' },
      ),
    ];
  };
}

/** Whether files are a table for the register: it was asked for, or is said to be one. */
export async function awaitsTable({ db, clock }: RegisterParts, given: GivenFiles, asker: Asker): Promise<boolean> {
  if (asker.conversation.kind !== 'direct' || !mayImport(asker)) return false;
  const isTable = given.files.some(({ name }) => /\.(xlsx|csv)$/i.test(name));
  if (isTable && /^\W*(aims )?(systems )?import\b/i.test(given.text)) return true;
  return isImportAwaited(db, asker.person.id, clock.now());
}

/** Shows what a table would do. Nothing is changed until its person says so. */
export async function takeTable(parts: RegisterParts, { files }: GivenFiles, asker: Asker): Promise<Outcome> {
  const [file] = files;
  if (!file || files.length > 1) return say(notice('Send me one table at a time.'));
  const name = shortened(file.name, 100);
  try {
    const bytes = await asker.whileWaiting(() => fetchFile(parts.channels, asker.address.platform, file, MAX_BYTES));
    const rows = await readTable(file.name, bytes);
    if (rows.length > MAX_ROWS) throw new UnusableFile(`It has ${rows.length} rows; I take ${MAX_ROWS} at a time.`);
    const plan = await planImport(parts.db, rows);
    if (plan.bad.length > 0 || plan.rows.every(({ isUnchanged }) => isUnchanged)) {
      return say(report(name, plan, []));
    }
    return async (change) => {
      const id = await keepImport(change, asker.person.id, { fileName: name, rows });
      return [
        report(name, plan, [
          { id: actionId('register', 'import-do', id), label: 'Import', style: 'primary' },
          { id: actionId('register', 'import-drop'), label: 'Leave it' },
        ]),
      ];
    };
  } catch (error) {
    if (!(error instanceof FileUnavailable || error instanceof UnusableFile)) throw error;
    return say(
      notice(`I can't import *${literally(name)}*. ${literally(error.message)} Nothing was changed.`, EXPORT_FIRST),
    );
  }
}

/** Does what was shown, if it is still right. @param id names what was shown */
export async function importIt(parts: RegisterParts, id: string, asker: Asker): Promise<Outcome> {
  if (!mayImport(asker)) return say(LEAD_ONLY);
  return async (change, tell) => {
    const waiting = await takeImport(change.db, asker.person.id, id);
    if (!waiting) return [notice('That table was imported, replaced or dropped already. Nothing more was changed.')];
    const { fileName, rows } = waiting;
    // The register may have changed since it was shown.
    const plan = await planImport(change.db, rows);
    if (plan.bad.length > 0) {
      await awaitImport(change, asker.person.id);
      return [report(fileName, plan, [])];
    }
    const { added, changed } = await applyImport(change, plan, asker.person.id, `Imported from ${fileName}`);
    await tellReviewers(parts, change, tell, added, asker);
    const review = added.length > 0 ? ' What is new waits for review by somebody else than you.' : '';
    return [
      notice(
        `**Recorded: ${counts(plan)}** from *${literally(fileName)}*. Added: ${added.join(', ') || 'none'}. ` +
          `Changed: ${changed.join(', ') || 'none'}.${review}`,
        { id: actionId('command', 'run', 'systems'), label: 'Show the register' },
      ),
    ];
  };
}

/** Drops what waits. */
export function leaveImport(asker: Asker): Outcome {
  return async (change) => {
    await dropImport(change.db, asker.person.id);
    return [notice('Nothing was imported. `/aims systems import` begins anew.')];
  };
}

/** Tells whoever may decide on what is new, once each. */
async function tellReviewers(
  { clock }: RegisterParts,
  change: Change,
  tell: Tell,
  added: readonly string[],
  { person }: Asker,
): Promise<void> {
  const waiting = new Map<string, string[]>();
  for (const key of added) {
    const system = await readSystem(change.db, parseSystemKey(key) ?? 0);
    const { people } = system ? await reviewersOf(change.db, clock, system, person.isExample) : { people: [] };
    for (const { id } of people) waiting.set(id, [...(waiting.get(id) ?? []), key]);
  }
  for (const [id, keys] of waiting) {
    tell({
      key: `register-import:${keys.join(' ')}:${id}`,
      person: id,
      reply: notice(
        `${literally(person.displayName)} imported AI systems that wait for your decision: ${keys.join(', ')}.`,
        { id: actionId('command', 'run', 'systems waiting for review'), label: 'Show them' },
      ),
    });
  }
}

/** What a table would do, or what is wrong with it. */
function report(name: string, plan: ImportPlan, actions: NoticeReply['actions']): Reply {
  const { bad, warnings } = plan;
  const what = `*${literally(name)}*`;
  const text =
    bad.length > 0
      ? `${what} has ${bad.length === 1 ? '1 fault' : `${bad.length} faults`}. Nothing was changed: mend them and send it again.`
      : actions.length > 0
        ? `${what} would do this: ${counts(plan)}. Nothing is changed yet.`
        : `${what} says what the register says already. Nothing was changed.`;
  return {
    kind: 'notice',
    blocks: [
      { kind: 'text', text },
      ...faultTable('What is wrong', bad),
      ...(bad.length === 0 ? faultTable('To look at', warnings) : []),
    ],
    actions: bad.length > 0 ? [EXPORT_FIRST] : actions,
  };
}

function faultTable(title: string, faults: readonly RowFault[]): Block[] {
  if (faults.length === 0) return [];
  const rows = faults
    .slice(0, MAX_SHOWN)
    .map(({ row, fault }) => [String(row), literally(shortened(fault, MAX_FAULT))]);
  const more = faults.length - rows.length;
  return [
    { kind: 'table', columns: ['Row', title], rows },
    ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more.` }] : []),
  ];
}

/** `2 new, 1 to change, 3 unchanged` */
function counts({ rows }: ImportPlan): string {
  const added = rows.filter(({ system }) => !system).length;
  const unchanged = rows.filter(({ isUnchanged }) => isUnchanged).length;
  return `${added} new, ${rows.length - added - unchanged} changed, ${unchanged} unchanged`;
}

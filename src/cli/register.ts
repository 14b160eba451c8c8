import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { configFromEnvironment } from '../config.ts';
import { type Db, openDatabase } from '../database/database.ts';
import { governedChange } from '../event-log/governed-change.ts';
import { applyImport, planImport, type RowFault } from '../records/ai-system/exchange/import.ts';
import { readTable } from '../records/ai-system/exchange/read-table.ts';
import { asCsv, asJson, asXlsx } from '../records/ai-system/exchange/write-table.ts';
import { listSystems } from '../records/ai-system/read-systems.ts';
import { readNamedFile, UnusableFile } from '../unusable-file.ts';

/** More systems than any organisation has. */
const ALL = 100_000;

/** Writes the register to a file, whose ending tells the format. */
export async function exportRegister(file: string): Promise<void> {
  await withDatabase(async (db) => {
    const { systems } = await listSystems(db, {}, ALL);
    const [, ending = ''] = /\.([a-z]+)$/i.exec(file) ?? [];
    switch (ending.toLowerCase()) {
      case 'csv':
        await writeFile(file, asCsv(systems));
        break;
      case 'xlsx':
        await writeFile(file, await asXlsx(systems));
        break;
      case 'json':
        await writeFile(file, asJson(systems));
        break;
      default:
        throw new UnusableFile(`Name a file that ends in .csv, .xlsx or .json; ${file} does not.`);
    }
    console.log(`${counted(systems.length, 'AI system')} written to ${file}.`);
  });
}

/** Reads systems from a CSV or XLSX file. Where a row is bad, nothing is changed and the exit code is 1. */
export async function importRegister(file: string, options: { by: string; dryRun?: boolean }): Promise<void> {
  await withDatabase(async (db) => {
    const person = await personByEmail(db, options.by);
    const plan = await planImport(db, await readTable(file, await readNamedFile(file)));
    for (const { row, fault } of plan.warnings) console.log(`Row ${row}, to look at: ${fault}`);
    if (plan.bad.length > 0) {
      console.error(plan.bad.map(faultLine).join('\n'));
      console.error(`${counted(plan.bad.length, 'fault')}. Nothing was changed.`);
      process.exitCode = 1;
      return;
    }
    const isNew = plan.rows.filter(({ system }) => !system).length;
    const unchanged = plan.rows.filter(({ isUnchanged }) => isUnchanged).length;
    const changes = plan.rows.length - isNew - unchanged;
    const summary = `${isNew} new, ${changes} to change, ${unchanged} unchanged`;
    if (options.dryRun) {
      console.log(`${summary}. Nothing was changed: this was a dry run.`);
      return;
    }
    const actor = { kind: 'person', person, via: 'command-line', authenticated: false } as const;
    const { added, changed } = await governedChange(db, actor, (change) =>
      applyImport(change, plan, person, `Imported from ${basename(file)}`),
    );
    console.log(`${summary}. Added: ${added.join(', ') || 'none'}. Changed: ${changed.join(', ') || 'none'}.`);
    if (added.length > 0) console.log('What is new waits for review: /aims systems waiting for review');
  });
}

function faultLine({ row, fault }: RowFault): string {
  return `Row ${row}: ${fault}`;
}

/** @throws UnusableFile where nobody has that address */
async function personByEmail(db: Db, email: string): Promise<string> {
  const row = await db.selectFrom('person').select('id').where('email', '=', email.toLowerCase()).executeTakeFirst();
  if (!row) throw new UnusableFile(`Steward knows nobody with the address ${email}. They have to write to it first.`);
  return row.id;
}

async function withDatabase(work: (db: Db) => Promise<void>): Promise<void> {
  const database = await openDatabase(configFromEnvironment().database, () => {});
  try {
    await work(database.db);
  } finally {
    await database.close();
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

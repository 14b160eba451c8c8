import { csvOf, xlsxOf } from '../../table-file.ts';
import { type AiSystem, systemKey } from '../ai-system.ts';
import { COLUMNS } from './columns.ts';

/** The register as CSV, in UTF-8. What a spreadsheet would take for a formula is text. */
export function asCsv(systems: readonly AiSystem[]): string {
  return csvOf(rowsOf(systems));
}

/** The register as a workbook, with a sheet that explains the columns. Every cell is text, so that none is a formula. */
export function asXlsx(systems: readonly AiSystem[]): Promise<Buffer> {
  return xlsxOf({
    Register: rowsOf(systems),
    Columns: [['Column', 'Meaning'], ...COLUMNS.map(({ heading, meaning }) => [heading, meaning])],
  });
}

/** The register as JSON: what is said, what rules propose, and what holds. */
export function asJson(systems: readonly AiSystem[]): string {
  const records = systems.map(({ id, content, owner, submittedBy, reviewer, createdBy, ...rest }) => ({
    key: systemKey(id),
    ...content,
    ...rest,
    owner: owner?.name ?? null,
    submittedBy: submittedBy?.name ?? null,
    reviewer: reviewer?.name ?? null,
    createdBy: createdBy?.name ?? null,
  }));
  return `${JSON.stringify({ systems: records }, undefined, 2)}\n`;
}

function rowsOf(systems: readonly AiSystem[]): string[][] {
  return [COLUMNS.map(({ heading }) => heading), ...systems.map((system) => COLUMNS.map(({ of }) => of(system)))];
}

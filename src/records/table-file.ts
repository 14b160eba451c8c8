import { stringify } from 'csv-stringify/sync';
import writeWorkbook from 'write-excel-file/node';

/** What Excel takes in one cell, in characters. */
const MAX_CELL = 32_000;

/** Rows of cells, the headings first. */
export type Table = readonly (readonly string[])[];

/** A table as CSV, in UTF-8. What a spreadsheet would take for a formula is text. */
export function csvOf(table: Table): string {
  return stringify(
    table.map((row) => [...row]),
    { escape_formulas: true, bom: true },
  );
}

/** Tables as a workbook, by the names of its sheets. Every cell is text, so that none is a formula. */
export function xlsxOf(sheets: Readonly<Record<string, Table>>): Promise<Buffer> {
  return writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) => row.map((value) => ({ value: value.slice(0, MAX_CELL), type: String }))),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
}

import { CsvError, parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { refuseZipBomb } from '../../../documents/zip.ts';
import { UnusableFile } from '../../../unusable-file.ts';
import { COLUMNS, NAME } from './columns.ts';

/** One row of a file, by heading. Empty cells are left out. */
export interface TableRow {
  /** As a spreadsheet counts it. */
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
}

type Cell = string | number | boolean | Date | null;

/**
 * Reads a table of AI systems.
 *
 * @param name of the file; its ending tells the format
 * @throws UnusableFile where it is no such table
 */
export async function readTable(name: string, bytes: Uint8Array): Promise<TableRow[]> {
  const rows = /\.xlsx$/i.test(name) ? await workbookRows(name, bytes) : csvRows(name, bytes);
  const [headings = [], ...rest] = rows;
  if (!headings.includes(NAME)) {
    throw new UnusableFile(
      `${name} has no column "${NAME}" in its first row. "register export" writes a file with all columns.`,
    );
  }
  const known = new Set(COLUMNS.map(({ heading }) => heading));
  const strange = headings.filter((heading) => heading !== '' && !known.has(heading));
  if (strange.length > 0) {
    throw new UnusableFile(`${name} has columns that the register does not have: ${strange.slice(0, 5).join(', ')}.`);
  }
  return rest.flatMap((row, index) => {
    const cells = headings.flatMap((heading, column) => {
      const text = row[column] ?? '';
      return heading && text ? [[heading, text] as const] : [];
    });
    return cells.length > 0 ? [{ number: index + 2, cells: Object.fromEntries(cells) }] : [];
  });
}

function csvRows(name: string, bytes: Uint8Array): string[][] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const delimiter = text.slice(0, text.indexOf('\n')).includes(';') ? ';' : ',';
    const rows = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: false }) as string[][];
    return rows.map((row) => row.map(unescaped));
  } catch (cause) {
    if (cause instanceof CsvError) {
      throw new UnusableFile(`${name} is no CSV that can be read: ${cause.message}`, { cause });
    }
    if (cause instanceof TypeError) throw new UnusableFile(`${name} is not in UTF-8. Save it as CSV UTF-8.`, { cause });
    throw cause;
  }
}

async function workbookRows(name: string, bytes: Uint8Array): Promise<string[][]> {
  try {
    refuseZipBomb(bytes);
    const sheets = (await readWorkbook(Buffer.from(bytes))) as { sheet: string; data: Cell[][] }[];
    return (sheets[0]?.data ?? []).map((row) => row.map(asText));
  } catch (cause) {
    throw new UnusableFile(`${name} is no workbook that can be read. Save it as XLSX, without a password.`, { cause });
  }
}

function asText(cell: Cell): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}

/** Takes away the mark that keeps a spreadsheet from taking text for a formula. */
function unescaped(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '').trim();
}

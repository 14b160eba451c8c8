import readWorkbook from 'read-excel-file/node';
import type { TextBlock } from './document.ts';

/** Rows that are cited together. */
const ROWS = 20;

type Cell = string | number | boolean | Date | null;

/** Each row as its cells under the names of their columns. */
export async function parseXlsx(bytes: Uint8Array): Promise<TextBlock[]> {
  const sheets = (await readWorkbook(Buffer.from(bytes))) as { sheet: string; data: Cell[][] }[];
  return sheets.flatMap(({ sheet, data }) => {
    const [header = [], ...rest] = data;
    const names = header.every((cell) => cell === null || typeof cell === 'string') ? header.map(asText) : undefined;
    const rows = names ? rest : data;
    const first = names ? 2 : 1;
    const titles = names?.some(Boolean) && rest.length === 0 ? [names.filter(Boolean).join('; ')] : [];
    const lines = [...titles, ...rows.map((row) => rowText(row, names ?? []))];
    return lines.flatMap((text, index) => {
      const from = Math.floor(index / ROWS) * ROWS + first;
      const heading = `Rows ${from}-${Math.min(from + ROWS - 1, first + lines.length - 1)}`;
      return text ? [{ section: `Sheet ${sheet}`, heading, text }] : [];
    });
  });
}

function rowText(row: readonly Cell[], names: readonly string[]): string {
  return row
    .map((cell, column) => [names[column], asText(cell)] as const)
    .filter(([, text]) => text)
    .map(([name, text]) => (name ? `${name}: ${text}` : text))
    .join('; ');
}

function asText(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().replace(/T00:00:00.000Z$/, '');
  return String(cell).replace(/\s+/g, ' ').trim();
}

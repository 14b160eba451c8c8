import writeWorkbook from 'write-excel-file/node';
import { structure } from '../../standard/structure.ts';
import { KIND_NAMES } from '../evidence/kinds.ts';
import type { IndexText } from './index-html.ts';
import { type PackageItem, pathOf } from './package-items.ts';

/** What Excel takes in one cell, in characters. */
const MAX_CELL = 32_000;

/** The index as a workbook. Every cell is text, so that none is a formula. */
export async function indexXlsx(items: readonly PackageItem[], { madeAt, scope, head }: IndexText): Promise<Buffer> {
  const sheets = {
    Items: [
      [
        'Item',
        'Title',
        'Kind',
        'State',
        'Withdrawn because',
        'Effective',
        'Valid until',
        'Owner',
        'Requirements',
        'AI systems',
      ],
      ...items.map(({ item }) => [
        item.key,
        item.title,
        KIND_NAMES[item.kind],
        item.state,
        item.withdrawnBecause ?? '',
        item.effectiveOn ?? '',
        item.validUntil ?? '',
        item.owner.name,
        item.requirements.map(({ id, reason }) => `${id}: ${reason}`).join('\n'),
        item.systems.map(({ id, reason }) => `${id}: ${reason}`).join('\n'),
      ]),
    ],
    Versions: [
      ['Item', 'Version', 'Since', 'Until', 'Effective', 'Valid until', 'File', 'Path', 'Bytes', 'SHA-256'],
      ...items.flatMap(({ versions }) =>
        versions.map((version) => [
          version.key,
          `v${version.number}`,
          version.versionAt.toISOString(),
          version.supersededAt?.toISOString() ?? '',
          version.effectiveOn ?? '',
          version.validUntil ?? '',
          version.file.name,
          pathOf(version),
          String(version.file.size),
          version.file.sha256,
        ]),
      ),
    ],
    Requirements: [
      ['Requirement', 'Title', 'Current', 'Stale', 'Items'],
      ...[...structure.auditableClauses, ...structure.controls].map(({ id, title }) => {
        const fitting = items.filter(({ item }) => item.requirements.some((one) => one.id === id));
        const inState = (state: string) => String(fitting.filter(({ item }) => item.state === state).length);
        return [id, title, inState('current'), inState('stale'), fitting.map(({ item }) => item.key).join(', ')];
      }),
    ],
    About: [['Made on', madeAt.toISOString()], ...scope.map((line) => ['Scope', line]), ['Event log', head]],
  };
  const data = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    stickyRowsCount: sheet === 'About' ? 0 : 1,
    data: rows.map((row, index) =>
      row.map((value) => ({
        value: value.slice(0, MAX_CELL).toWellFormed(),
        type: String,
        ...(index === 0 && sheet !== 'About' ? { fontWeight: 'bold' as const } : {}),
      })),
    ),
  }));
  return writeWorkbook(data).toBuffer();
}

import { stringify } from 'csv-stringify/sync';
import writeWorkbook from 'write-excel-file/node';
import { literally } from '../../chat/text.ts';
import { knownKpi } from './catalogue.ts';
import type { Snapshot } from './kpi.ts';
import { type KpiReview, reviewKey } from './reviews.ts';

const HEADINGS = [
  'Review',
  'Occasion',
  'Called on',
  'Held on',
  'Participants',
  'Outcome',
  'Recorded by',
  'KPI',
  'Value',
  'Part',
  'Whole',
  'Unit',
  'Target',
  'Formula',
  'Formula version',
  'Measured on',
] as const;

/** What Excel takes in one cell, in characters. */
const MAX_CELL = 32_000;

/** Reviews as CSV, a line for each KPI. What a spreadsheet would take for a formula is text. */
export function reviewsAsCsv(reviews: readonly KpiReview[]): string {
  return stringify([HEADINGS, ...rowsOf(reviews)], { escape_formulas: true, bom: true });
}

/** The same as a workbook. Every cell is text, so that none is a formula. */
export function reviewsAsXlsx(reviews: readonly KpiReview[]): Promise<Buffer> {
  const rows = [[...HEADINGS], ...rowsOf(reviews)];
  const data = rows.map((row) => row.map((value) => ({ value: value.slice(0, MAX_CELL), type: String })));
  return writeWorkbook([{ sheet: 'KPI reviews', data, stickyRowsCount: 1 }]).toBuffer();
}

/** The same to be read. */
export function reviewsAsMarkdown(reviews: readonly KpiReview[]): string {
  const parts = reviews.map((review) => {
    const { result } = review;
    const facts = [
      `Called on ${review.calledOn}${review.calledBy ? ` by ${literally(review.calledBy.name)}` : ''}.`,
      ...(result
        ? [
            `Held on ${result.heldOn}, with ${literally(participantsOf(review))}.`,
            `Recorded by ${literally(result.recordedBy?.name ?? '')}.`,
          ]
        : ['Nothing is recorded of it yet.']),
    ];
    const rows = review.snapshots.map(
      (snapshot) =>
        `| ${knownKpi(snapshot.kpi).name} | ${valueIn(snapshot)} | ${target(snapshot)} | ${snapshot.formula} |`,
    );
    return [
      `## ${reviewKey(review.id)}: ${literally(occasionOf(review))}`,
      facts.join(' '),
      ...(result ? [literally(result.outcome)] : []),
      ['| KPI | Value | Target | Formula |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ].join('\n\n');
  });
  return `${['# Reviews of the KPIs', ...parts].join('\n\n')}\n`;
}

/** `the quarter 2026-Q3`, or what happened. */
export function occasionOf({ quarter, event }: KpiReview): string {
  return quarter ? `the quarter ${quarter}` : (event ?? '');
}

/** As plain text. */
export function participantsOf({ result }: KpiReview): string {
  const names = result?.participants.map(({ name }) => name) ?? [];
  return [...names, ...(result?.others ? [result.others] : [])].join(', ');
}

function rowsOf(reviews: readonly KpiReview[]): string[][] {
  return reviews.flatMap((review) =>
    review.snapshots.map((snapshot) => {
      const { name, unit, formula } = knownKpi(snapshot.kpi);
      return [
        reviewKey(review.id),
        occasionOf(review),
        review.calledOn,
        review.result?.heldOn ?? '',
        participantsOf(review),
        review.result?.outcome ?? '',
        review.result?.recordedBy?.name ?? '',
        name,
        snapshot.value === undefined ? 'not measured' : String(snapshot.value),
        snapshot.of ? String(snapshot.of.part) : '',
        snapshot.of ? String(snapshot.of.whole) : '',
        unit,
        target(snapshot),
        // Of an earlier version the words are not those of today.
        snapshot.formula === formula.version ? formula.words : '',
        String(snapshot.formula),
        snapshot.measuredOn,
      ];
    }),
  );
}

function valueIn({ value, of }: Snapshot): string {
  if (value === undefined) return 'not measured';
  return of ? `${of.part} of ${of.whole}` : String(Math.round(value * 100) / 100);
}

function target({ target: aim }: Snapshot): string {
  return aim === undefined ? '' : String(aim);
}

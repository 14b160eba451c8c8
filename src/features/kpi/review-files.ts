import type { FileMaker } from '../../downloads/downloads.ts';
import { listReviews } from '../../records/kpi/reviews.ts';
import { reviewsAsCsv, reviewsAsMarkdown, reviewsAsXlsx } from '../../records/kpi/write-reviews.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { offerFiles } from '../offer-files.ts';
import type { KpiParts } from './kpi.ts';
import { NOT_FOR_YOU } from './overview.ts';
import { seesAll } from './rights.ts';

/** The kind of file that `Downloads` knows it by. */
export const KPI_REVIEWS_FILE = 'kpi-reviews';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Makes the reviews of a year, or of all years, as a file for the committee. The argument is `xlsx`, or `xlsx.2026`. */
export function kpiReviewsFile({ db }: Pick<KpiParts, 'db'>): FileMaker {
  return async ({ audience }, argument) => {
    if (!seesAll({ audience })) return undefined;
    const [format = '', year = ''] = argument.split('.');
    const reviews = await listReviews(db, `${year || '0001'}-01-01`, `${year || '9999'}-12-31`);
    const name = `kpi-reviews${year ? `-${year}` : ''}.${format}`;
    switch (format) {
      case 'xlsx':
        return { name, mediaType: XLSX, content: await reviewsAsXlsx(reviews) };
      case 'csv':
        return { name, mediaType: 'text/csv; charset=utf-8', content: Buffer.from(reviewsAsCsv(reviews)) };
      case 'md':
        return { name, mediaType: 'text/markdown; charset=utf-8', content: Buffer.from(reviewsAsMarkdown(reviews)) };
      default:
        return undefined;
    }
  };
}

/** `/aims kpi export`, with or without a year. */
export async function offerReviews({ downloads }: KpiParts, argument: string, asker: Asker): Promise<Outcome> {
  if (!seesAll(asker)) return say(NOT_FOR_YOU);
  const [year] = /\b(?:19|20)\d{2}\b/.exec(argument) ?? [];
  const files = ['xlsx', 'csv', 'md'].map((format) => ({
    kind: KPI_REVIEWS_FILE,
    argument: year ? `${format}.${year}` : format,
    label: format === 'md' ? 'Markdown' : format.toUpperCase(),
  }));
  const which = year ? `of ${year}` : 'of all years';
  return offerFiles(
    downloads,
    asker,
    `The reviews of the KPIs ${which}: occasion, participants, outcome and figures.`,
    files,
  );
}

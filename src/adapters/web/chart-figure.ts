import markdownIt from 'markdown-it';
import type { ChartBlock } from '../../chat/reply.ts';
import { chartAsText } from '../../chat/text.ts';

const { escapeHtml } = markdownIt().utils;

/** In the units of the drawing, which is as wide as the page lets it be. */
const WIDTH = 480;
const HEIGHT = 120;
const MARGIN = 8;

/** A chart as a drawing with its legend, in HTML. The page's style sheet gives each line its colour. */
export function chartFigure(chart: ChartBlock): string {
  const { title, labels, series, unit } = chart;
  const all = series.flatMap(({ values }) => values);
  const [least, greatest] = [Math.min(...all), Math.max(...all)];
  const x = (index: number) => MARGIN + (index / Math.max(labels.length - 1, 1)) * (WIDTH - 2 * MARGIN);
  const y = (value: number) =>
    HEIGHT - MARGIN - ((value - least) / Math.max(greatest - least, 1e-9)) * (HEIGHT - 2 * MARGIN);
  const lines = series.map(({ values }, line) => {
    const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline class="line-${line}" points="${points.join(' ')}" />`;
  });
  const legend = series.map(({ name, values }, line) => {
    const span = `${values[0]}${unit} to ${values.at(-1)}${unit}`;
    return `<li class="line-${line}">${escapeHtml(`${name}: ${span}`)}</li>`;
  });
  const span = `${labels[0] ?? ''} to ${labels.at(-1) ?? ''}`;
  return (
    `<figure class="chart"><figcaption>${escapeHtml(`${title}, ${span}`)}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(chartAsText(chart))}">${lines.join('')}</svg>` +
    `<ul>${legend.join('')}</ul></figure>`
  );
}

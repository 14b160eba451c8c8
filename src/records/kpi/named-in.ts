import { KPIS, type Kpi } from './catalogue.ts';

/** A KPI that a text names. */
export interface NamedKpi {
  readonly kpi: Kpi;
  /** By its name itself, and not by other words that may mean something else. */
  readonly isInFull: boolean;
}

/** The KPIs that a text names, by their names or other words for them. A longer name leaves out what is in it. */
export function kpisNamedIn(text: string): NamedKpi[] {
  const said = plain(text);
  const found = KPIS.flatMap((kpi) => {
    const names = [kpi.id, kpi.name, ...kpi.alsoCalled].map(plain).filter((name) => said.includes(name));
    const longest = names.reduce((best, name) => (name.length > best.length ? name : best), '');
    return longest ? [{ kpi, longest, isInFull: said.includes(plain(kpi.name)) }] : [];
  });
  return found
    .filter(({ longest }) => found.every((other) => other.longest === longest || !other.longest.includes(longest)))
    .map(({ kpi, isInFull }) => ({ kpi, isInFull }));
}

/** In lower case, one space between words, and one at each end. */
function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

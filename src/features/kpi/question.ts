import { notice } from '../../chat/notice.ts';
import type { Snapshot } from '../../records/kpi/kpi.ts';
import { kpisNamedIn } from '../../records/kpi/named-in.ts';
import { parseQuarter } from '../../records/kpi/quarter.ts';
import type { Standing } from '../../records/kpi/standing.ts';
import { type Asker, type Outcome, say } from '../feature.ts';
import { card, showOne, showSnapshot } from './about-one.ts';
import { whichOne } from './choose.ts';
import type { KpiParts } from './kpi.ts';
import { NOT_FOR_YOU, overview, standingsFor } from './overview.ts';

/** "Why is register completeness 72 %?", "what was evidence freshness last quarter?", "how is our override rate?" */
const ABOUT_OURS =
  /^(?:so |and |but |hey |please )*(?:why(?:'s| is| was| are| were| did| has| do we)?\b|(?:what|how)(?:'s| is| was| are| were) our\b|(?:what|how) (?:was|were)\b|show(?: me)?(?: our)?\b)/i;

/** A question what it means, or what is usual, is for the guidance. */
const NORMATIVE =
  /\b(should|must|mean|means|meant|matter|important|need|needs|define|formula for|calculate[sd]?|compute[sd]?|good|typical|required|necessary|needed)\b/i;

/** Words that are not said of what is usual. */
const OURS = /\b(our|we|last quarter|this quarter|so (low|high)|only)\b|\bQ[1-4]\b/i;

const ALL =
  /^(?:please )?(?:show(?: me)? |what are |how are |list )?(?:our |the |all )*(?:kpis?|key figures)(?: doing)?[?.!]*$/i;

/** "Why 72 %?", under a digest. */
const VALUE_ALONE = /^why (?:only )?(?:is it )?(\d{1,3}(?:[.,]\d)?) ?(?:%|percent)[?.!]*$/i;

const NO_QUARTER = /\bQ(?:[05-9]|\d{2,})\b/i;

const VALUE = /(\d{1,3}(?:[.,]\d+)?) ?(?:%|percent)/i;

/** Whether a message asks for a KPI of ours. */
export function asksForKpi(text: string): boolean {
  const said = text.trim();
  if (said.length > 200) return false;
  if (ALL.test(said) || VALUE_ALONE.test(said)) return true;
  if (!ABOUT_OURS.test(said) || NORMATIVE.test(said)) return false;
  const isOurs = VALUE.test(said) || OURS.test(said);
  return kpisNamedIn(said).some(({ isInFull }) => isInFull || isOurs);
}

/** Answers such a message, or what was said behind `/aims kpi`. */
export async function aboutKpi(parts: KpiParts, text: string, asker: Asker): Promise<Outcome> {
  const said = text.trim();
  if (said === '' || ALL.test(said)) return overview(parts, asker);
  const standings = await standingsFor(parts, asker);
  const quarter = parseQuarter(said, parts.clock.today())?.key;
  const value = sharesIn(said);
  const named = new Set(kpisNamedIn(said).map(({ kpi }) => kpi.id));
  const meant = VALUE_ALONE.test(said)
    ? standings.filter((standing) => valueNow(standing) === value || inHistory(standing, value) !== undefined)
    : standings.filter(({ kpi }) => named.has(kpi.id));
  const [first] = meant;
  if (!first) return named.size === 0 && standings.length > 0 ? overview(parts, asker) : say(NOT_FOR_YOU);
  if (meant.length > 1) return say(whichOne(meant, quarter ?? ''));
  if (quarter) return showOne(parts, `${first.kpi.id}.${quarter}`, asker);
  if (NO_QUARTER.test(said)) return say(notice('A year has the quarters Q1 to Q4. Name one of them: `2026-Q3`.'));
  // Whoever asks about a value that it had some weeks ago is shown that one.
  const then = value === undefined || valueNow(first) === value ? undefined : inHistory(first, value);
  if (then) return showSnapshot(parts, String(then.id), asker);
  const shown = await card(parts, first, first.current, asker);
  const now = valueNow(first);
  if (value === undefined || now === undefined || now === value) return say(shown);
  return say({
    ...shown,
    blocks: [{ kind: 'text', text: `It is not ${value} %, and I have no week in which it was.` }, ...shown.blocks],
  });
}

function sharesIn(text: string): number | undefined {
  const [, number] = VALUE.exec(text) ?? [];
  return number === undefined ? undefined : Math.round(Number(number.replace(',', '.')));
}

function valueNow({ kpi, current }: Standing): number | undefined {
  return kpi.unit === 'share' && current.value !== undefined ? Math.round(current.value * 100) : undefined;
}

/** The last week in which it had that value, in percent. */
function inHistory({ kpi, history }: Standing, percent: number | undefined): Snapshot | undefined {
  if (kpi.unit !== 'share' || percent === undefined) return undefined;
  return history.findLast(({ value }) => value !== undefined && Math.round(value * 100) === percent);
}

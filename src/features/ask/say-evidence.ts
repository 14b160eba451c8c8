import { literally, typedText } from '../../chat/text.ts';
import { writtenDay } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { type Reading, readEvidence } from '../../records/evidence/read-evidence.ts';
import type { EvidencePassage } from '../../records/evidence/search-evidence.ts';
import type { Testimony } from './find-evidence.ts';

/** Documents that may be named in one answer. */
const MAX_SOURCES = 3;

/** A further document is worth a look if it has at least this share of what the first has. */
const NEARLY_AS_GOOD = 0.9;

/** Says what the best document says, in its own sentences, and names others that say something too. */
export async function sayEvidence(db: Db, reading: Reading, testimonies: readonly Testimony[]) {
  const [first] = testimonies;
  if (!first) return { text: '', sources: [] };
  const near = testimonies.filter(({ share }) => share >= first.share * NEARLY_AS_GOOD).slice(0, MAX_SOURCES);
  const { documentKey, title } = first.passage;
  const item = await readEvidence(db, documentKey, reading);
  const since = item?.effectiveOn ? `, effective ${writtenDay(item.effectiveOn)}` : '';
  const also = near.slice(1).map(({ passage }, index) => `${literally(citedAs(passage))} [${index + 2}]`);
  const sources = near.map(({ passage }) => passage);
  const text = [
    `**${literally(title)}** (${literally(placeOf(first.passage))}${since}) says:`,
    `${typedText(first.said)} [1]`,
    staleness(sources),
    also.length > 0 ? `See also: ${also.join(', ')}` : '',
  ];
  return { text: text.filter(Boolean).join('\n\n'), sources };
}

/** A warning where what an answer rests on is valid no longer; empty where all of it is. */
export function staleness(sources: readonly Pick<EvidencePassage, 'documentKey' | 'isStale' | 'validUntil'>[]): string {
  const stale = new Map(
    sources.flatMap((one) => (one.isStale && one.validUntil ? [[one.documentKey, one.validUntil]] : [])),
  );
  return [...stale]
    .map(
      ([key, until]) =>
        `**Stale:** ${literally(key)} was valid until ${writtenDay(until)}, so ask its owner whether it still holds.`,
    )
    .join('\n\n');
}

/** `AI policy, v3, page 4`; with a mark where it is stale. */
export function citedAs({ title, section, headingPath, isStale }: EvidencePassage): string {
  return [title, placeOf({ section, headingPath, documentKey: '' }), isStale ? 'stale' : ''].filter(Boolean).join(', ');
}

/** `EV-12, page 4` */
function placeOf({
  documentKey,
  section,
  headingPath,
}: Pick<EvidencePassage, 'documentKey' | 'section' | 'headingPath'>): string {
  const isNumbered = /^(Page|Slide|Sheet|Lines?) /.test(section);
  const place = isNumbered
    ? `${section.charAt(0).toLowerCase()}${section.slice(1)}`
    : (headingPath || section).split(' > ').at(-1);
  return [documentKey, place].filter(Boolean).join(', ');
}

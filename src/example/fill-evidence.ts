import { daysLater, monthsLater } from '../clock.ts';
import type { Change } from '../event-log/governed-change.ts';
import type { Audience } from '../people/audience.ts';
import { addEvidence, renewEvidence } from '../records/evidence/change-evidence.ts';
import { storeContent } from '../records/evidence/content.ts';
import type { EvidenceVisibility } from '../records/evidence/evidence.ts';
import { KIND_NAMES } from '../records/evidence/kinds.ts';
import { readEvidence } from '../records/evidence/read-evidence.ts';
import { type ExampleItem, exampleItems } from './example-evidence.ts';
import { EXAMPLE_SYSTEMS } from './example-systems.ts';
import { registeredDaysAgo } from './fill-systems.ts';
import type { People } from './people.ts';
import { spread, type Timeline } from './timeline.ts';

const COUNT = 200;

/** Of ten items, for whom they are. */
const VISIBILITIES: readonly EvidenceVisibility[] = [
  ...(['everyone', 'everyone', 'everyone', 'everyone', 'auditors', 'auditors', 'auditors'] as const),
  ...(['committee', 'committee', 'named'] as const),
];

/** Who renews evidence sees all of it. */
function everything(person: string): Audience {
  return { guidanceOnly: false, visibilities: ['everyone', 'committee', 'auditors'], person };
}

/** Has evidence added as systems come, and some of what lapses renewed. */
export function addAllEvidence(timeline: Timeline, people: People, today: string): void {
  for (const [place, item] of exampleItems(COUNT).entries()) {
    const added = addedDaysAgo(place, item);
    const owner = people.owners[place % people.owners.length] ?? people.lead;
    const validUntil = monthsLater(daysLater(today, -added), item.months);
    const stored = { key: '' };
    timeline.add(added, owner, async (change) => {
      stored.key = await add(change, item, { place, owner, validUntil, effectiveOn: daysLater(today, -added) });
    });
    const lapsed = daysBetween(validUntil, today);
    if (lapsed < 1 || place % 4 !== 0) continue;
    // Some renew in time, others weeks later.
    const renewed = Math.max(1, lapsed - Math.round(spread(place) * 40) + 10);
    timeline.add(renewed, owner, (change) => renew(change, stored.key, owner, daysLater(today, -renewed), item.months));
  }
}

function addedDaysAgo(place: number, { system }: ExampleItem): number {
  if (system === undefined) return 30 + Math.round(spread(place) * 330);
  return Math.max(1, registeredDaysAgo(system) - 3 + Math.round(spread(place) * 20 - 12));
}

async function add(
  change: Change,
  item: ExampleItem,
  facts: { place: number; owner: string; validUntil: string; effectiveOn: string },
): Promise<string> {
  const { title, kind, requirement, system } = item;
  const { place, owner, validUntil, effectiveOn } = facts;
  const what = KIND_NAMES[kind].toLowerCase();
  const text =
    `${title}. This ${what} belongs to the example organisation and is invented. It was made on ${effectiveOn} and holds until ` +
    `${validUntil}. Whoever needs more asks its owner.`;
  const visibility = VISIBILITIES[place % VISIBILITIES.length] ?? 'everyone';
  const { key } = await addEvidence(change, {
    ...{ title, kind, effectiveOn, validUntil, visibility, owner },
    requirements: [{ id: requirement, reason: 'its owner says so' }],
    systems:
      system === undefined ? [] : [{ id: `AIS-${system + 1}`, reason: `it is about ${EXAMPLE_SYSTEMS[system]?.name}` }],
    readers: [],
    file: {
      sha256: await storeContent(change.db, Buffer.from(text)),
      name: `${title
        .replace(/[^\w ]/g, '')
        .trim()
        .replaceAll(' ', '-')
        .toLowerCase()}.txt`,
      mediaType: 'text/plain',
      passages: [{ section: title, heading: undefined, text }],
      isTextCut: false,
    },
  });
  return key;
}

async function renew(change: Change, key: string, owner: string, day: string, months: number): Promise<void> {
  const item = await readEvidence(change.db, key, { audience: everything(owner), today: day });
  if (item) await renewEvidence(change, item, monthsLater(day, months), 'Looked at again, and it still holds.');
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000));
}

import { daysLater, monthsLater } from '../clock.ts';
import type { Change } from '../event-log/governed-change.ts';
import { approve, changeContent, impactAssessed, retire } from '../records/ai-system/change-systems.ts';
import { saveAnswer, sendBack, startIntake, submitIntake } from '../records/ai-system/intakes.ts';
import { readSystem } from '../records/ai-system/read-systems.ts';
import { TOPIC_IDS } from '../records/ai-system/topics.ts';
import { EXAMPLE_SYSTEMS, type ExampleSystem } from './example-systems.ts';
import { allFacts, textsOf } from './ordinary-facts.ts';
import type { People } from './people.ts';
import { spread, type Timeline } from './timeline.ts';

/** What is left out of every third system at first, because nobody knew it. */
const LEFT_OUT = { topics: ['I10'], facts: ['tested', 'fairness'] } as const;

/** By their places: what waits for a decision, what was sent back, what was given up, and what is still being told. */
const WAITING = new Set([24, 25, 26]);
const SENT_BACK = 23;
const RETIRED = 27;
const DRAFTS = new Set([28, 29]);

/** How long before today a system was registered: the first ones before the twelve weeks that are told of. */
export function registeredDaysAgo(place: number): number {
  if (DRAFTS.has(place)) return place - 24;
  if (WAITING.has(place)) return 2 + (place - 24) * 3;
  return place < 13 ? 210 - place * 9 : Math.max(12, 84 - (place - 13) * 7);
}

/** Has the systems registered, reviewed, completed and assessed. */
export function addSystems(timeline: Timeline, people: People, today: string): void {
  for (const [place, system] of EXAMPLE_SYSTEMS.entries()) {
    const registered = registeredDaysAgo(place);
    const owner = people.owners[place % people.owners.length] ?? people.lead;
    const numbers = { id: 0 };
    timeline.add(registered, owner, async (change) => {
      numbers.id = await register(change, system, { place, owner, since: daysLater(today, -registered - 30) });
    });
    if (DRAFTS.has(place) || WAITING.has(place)) continue;
    const decided = Math.max(1, registered - 2 - Math.round(spread(place) * 7));
    if (place === SENT_BACK) {
      timeline.add(decided, people.lead, (change) =>
        act(change, numbers.id, (seen) =>
          sendBack(change, seen, { reason: 'In which countries are the customers?', topics: ['I8'] }),
        ),
      );
      continue;
    }
    const isHigh = system.facts.listedUse !== undefined;
    timeline.add(decided, isHigh ? people.chair : people.lead, (change) =>
      act(change, numbers.id, (seen) =>
        approve(change, seen, {
          reviewOn: reviewDay(place, daysLater(today, -decided), today),
          reason: isHigh ? 'A person decides in each case, and reads the whole record.' : undefined,
          ...(isHigh ? { participants: [people.chair, people.lead] } : {}),
        }),
      ),
    );
    if (place === RETIRED) {
      timeline.add(Math.max(1, decided - 2), people.lead, (change) =>
        act(change, numbers.id, (seen) =>
          retire(change, seen, 'Reading emotions at work is prohibited in the EU; it was switched off before use.'),
        ),
      );
      continue;
    }
    if (isIncomplete(place) && place % 2 === 0) {
      timeline.add(Math.max(1, decided - 30 - place), owner, (change) => complete(change, numbers.id, system, owner));
    }
    if (place % 4 !== 1) {
      const assessed = Math.max(1, decided - 10 - Math.round(spread(place + 7) * 50));
      timeline.add(assessed, people.lead, (change) =>
        impactAssessed(change, numbers.id, 'Impact assessment in the risk folder'),
      );
    }
  }
}

async function register(
  change: Change,
  system: ExampleSystem,
  { place, owner, since }: { place: number; owner: string; since: string },
): Promise<number> {
  const facts: Record<string, unknown> = { ...allFacts(system, owner, since) };
  const texts = textsOf(system);
  const intake = await startIntake(change, { name: system.name, startedBy: owner });
  if (isIncomplete(place)) for (const name of LEFT_OUT.facts) delete facts[name];
  const told = DRAFTS.has(place) ? TOPIC_IDS.slice(0, place - 24) : TOPIC_IDS;
  for (const topic of told) {
    const isLeftOut = isIncomplete(place) && (LEFT_OUT.topics as readonly string[]).includes(topic);
    const answer = { topic, facts, basedOn: 0, text: isLeftOut ? '' : texts[topic] };
    await saveAnswer(change, intake.id, { ...answer, mark: isLeftOut ? 'skipped' : 'answered' }, owner);
  }
  if (!DRAFTS.has(place)) expectDone(await submitIntake(change, intake, owner));
  return intake.system;
}

function isIncomplete(place: number): boolean {
  return place % 3 === 1;
}

async function complete(change: Change, id: number, system: ExampleSystem, owner: string): Promise<void> {
  const { tested, fairness } = allFacts(system, owner, '2000-01-01');
  const facts = { ...(tested ? { tested } : {}), ...(fairness ? { fairness } : {}) };
  await act(change, id, (seen) =>
    changeContent(change, seen, { texts: { I10: textsOf(system).I10 }, facts }, 'The vendor sent the report.'),
  );
}

/** Mostly a year after the approval; some are due, or were. */
function reviewDay(place: number, approved: string, today: string): string {
  if (place === 1) return daysLater(today, -12);
  if (place === 4) return daysLater(today, 5);
  return monthsLater(approved, place < 6 ? 9 : 12);
}

async function act(
  change: Change,
  id: number,
  work: (seen: { id: number; version: number }) => Promise<string>,
): Promise<void> {
  const system = await readSystem(change.db, id);
  if (!system) throw new Error('A system of the example cannot be found.');
  expectDone(await work(system));
}

function expectDone(done: string): void {
  if (done !== 'done') throw new Error(`The example organisation could not be filled: ${done}.`);
}

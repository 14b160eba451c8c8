import { EXAMPLE_PEOPLE, exampleSender, seedExamplePeople } from '../adapters/web/example-people.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { UnusableDatabase } from '../database/migrate.ts';
import { governedChange } from '../event-log/governed-change.ts';
import { People as Directory } from '../people/people.ts';
import { addActions } from './fill-actions.ts';
import { addAllEvidence } from './fill-evidence.ts';
import { addKpis } from './fill-kpis.ts';
import { addQuestions } from './fill-questions.ts';
import { addSystems } from './fill-systems.ts';
import { COLLEAGUES } from './names.ts';
import type { People } from './people.ts';
import { Timeline } from './timeline.ts';

/** The entry of the event log that says that a database holds the example organisation. */
const FILLED = 'example.filled';
const BEGUN = 'example.begun';

/** Whether a database holds the example organisation, wholly or in part. */
export async function holdsExample(db: Db): Promise<boolean> {
  return (await progressOf(db)) !== undefined;
}

async function progressOf(db: Db): Promise<'filled' | 'begun' | undefined> {
  const rows = await db
    .selectFrom('event_log')
    .select('action')
    .where('subject', '=', 'installation')
    .where('action', 'in', [FILLED, BEGUN])
    .execute();
  if (rows.length === 0) return undefined;
  return rows.some(({ action }) => action === FILLED) ? 'filled' : 'begun';
}

/**
 * Fills an empty database with an invented organisation and its last months, dated from today, through the records' own rules. The
 * same day gives the same organisation. One that is filled already stays as it is.
 *
 * @param progress told in a few words what is being done
 * @throws UnusableDatabase where it holds anything else
 */
export async function fillExample(db: Db, clock: Clock, progress: (step: string) => void): Promise<void> {
  const held = await progressOf(db);
  if (held === 'filled') return;
  if (held === 'begun') throw new UnusableDatabase(`The example organisation was not filled to its end. ${ANOTHER}`);
  await refuseOthers(db);
  const today = clock.today();
  await governedChange(db, { kind: 'system' }, async (change) => {
    change.record({ action: BEGUN, subject: 'installation', detail: { on: today } });
  });
  progress('Filling the example organisation');
  const people = await makePeople(db, clock);
  const timeline = new Timeline();
  addSystems(timeline, people, today);
  addAllEvidence(timeline, people, today);
  addQuestions(timeline, people, today);
  addActions(timeline, people, today);
  addKpis(timeline, people, today);
  let told = 0;
  await timeline.happen(db, today, (part) => {
    if (part - told < 0.25) return;
    told = part;
    progress(`Filled ${Math.round(part * 100)} %`);
  });
  await governedChange(db, { kind: 'system' }, async (change) => {
    change.record({ action: FILLED, subject: 'installation', detail: { on: today } });
  });
}

const ANOTHER = 'Delete that database, or its folder, and start again with --example.';

/** Real people and records are never mixed with invented ones. */
async function refuseOthers(db: Db): Promise<void> {
  const tables = ['ai_system', 'evidence', 'knowledge_gap', 'kpi_entry', 'answer', 'person'] as const;
  for (const table of tables) {
    const row = await db
      .selectFrom(table)
      .select((select) => select.lit(1).as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row) {
      throw new UnusableDatabase(
        'This database holds people or records already, so the example organisation is not put into it. Start with --example on an ' +
          'empty database: without DATABASE_URL it has a folder of its own.',
      );
    }
  }
}

/** The people of the web chat, and their colleagues. */
async function makePeople(db: Db, clock: Clock): Promise<People> {
  const names = new Map([
    ...EXAMPLE_PEOPLE.map(({ id, name }) => [id, name] as const),
    ...COLLEAGUES.map((name, index) => [`colleague-${index + 1}`, name] as const),
  ]);
  const directory = new Directory(db, clock, new Set(), async ({ userId }) => ({
    displayName: names.get(userId) ?? userId,
    email: undefined,
    standing: 'member',
  }));
  await seedExamplePeople(db, directory, clock.today());
  const ids = new Map<string, string>();
  for (const id of names.keys()) ids.set(id, (await directory.identify(exampleSender(id))).id);
  const of = (id: string) => {
    const person = ids.get(id);
    if (person === undefined) throw new Error(`There is no example person ${id}.`);
    return person;
  };
  const everybody = [...ids.values()];
  return {
    lead: of('dana'),
    leadName: names.get('dana') ?? '',
    chair: of('miriam'),
    member: of('arun'),
    owners: [of('jon'), ...COLLEAGUES.slice(0, 14).map((_, index) => of(`colleague-${index + 1}`))],
    everybody,
  };
}

import { cleanText } from '../../../chat/text.ts';
import type { Db } from '../../../database/database.ts';
import type { Change } from '../../../event-log/governed-change.ts';
import { parseSystemKey, systemKey } from '../ai-system.ts';
import { changeContent } from '../change-systems.ts';
import { likelyDuplicates } from '../duplicates.ts';
import { FACT_NAMES, FACTS, type FactName, type Facts, FactsFormat, factsOf, UNKNOWN } from '../facts.ts';
import { readIntake, saveAnswer, startIntake, submitIntake } from '../intakes.ts';
import { readSystem } from '../read-systems.ts';
import { fieldChanges } from '../store-version.ts';
import { TOPIC_IDS, type TopicId } from '../topics.ts';
import { KEY, NAME, topicHeading } from './columns.ts';
import type { TableRow } from './read-table.ts';

const MAX_NAME = 80;
const MAX_TEXT = 3_000;

/** What a table would do to the register. Nothing is done where a row is bad. */
export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly bad: readonly RowFault[];
  /** Things to look at that keep nothing from being done. */
  readonly warnings: readonly RowFault[];
}

export interface RowFault {
  readonly row: number;
  /** A sentence. */
  readonly fault: string;
}

interface PlannedRow {
  readonly row: number;
  /** Undefined for a new system. */
  readonly system: { readonly id: number; readonly version: number } | undefined;
  readonly name: string;
  readonly texts: Readonly<Partial<Record<TopicId, string>>>;
  readonly facts: Facts;
  readonly isUnchanged: boolean;
}

/** Works out what a table would do, and changes nothing. Cells that are empty leave what is there. */
export async function planImport(db: Db, table: readonly TableRow[]): Promise<ImportPlan> {
  const rows: PlannedRow[] = [];
  const bad: RowFault[] = [];
  const warnings: RowFault[] = [];
  const names = new Map<string, number>();
  for (const row of table) {
    const read = await readRow(db, row);
    const faults = [...read.faults, ...(await conflicts(db, read, names, warnings))];
    for (const fault of faults) bad.push({ row: row.number, fault });
    if (faults.length === 0) rows.push(read.planned);
    names.set(read.planned.name.toLowerCase(), row.number);
  }
  return { rows, bad, warnings };
}

async function readRow(db: Db, { number, cells }: TableRow) {
  const faults: string[] = [];
  const key = cells[KEY];
  const id = key ? parseSystemKey(key) : undefined;
  const system = id === undefined ? undefined : await readSystem(db, id);
  if (key && !system) faults.push(`There is no system ${key.slice(0, 20)}; leave the key empty for a new one.`);
  if (system && system.state !== 'approved' && system.state !== 'submitted') {
    faults.push(`${systemKey(system.id)} is a draft, sent back or retired, and cannot be changed by an import.`);
  }
  const name = cleanText(cells[NAME] ?? '') || (system?.content.name ?? '');
  if (name === '') faults.push('It has no name.');
  if (name.length > MAX_NAME) faults.push(`Its name is longer than ${MAX_NAME} characters.`);
  const texts = Object.fromEntries(
    TOPIC_IDS.flatMap((topic) => {
      const text = cleanText(cells[topicHeading(topic)] ?? '');
      if (text.length > MAX_TEXT) faults.push(`${topicHeading(topic)} is longer than ${MAX_TEXT} characters.`);
      return text ? [[topic, text]] : [];
    }),
  ) as Partial<Record<TopicId, string>>;
  const facts = await factsIn(db, cells, faults);
  const content = system?.content;
  const changed = content && {
    ...content,
    name,
    texts: { ...content.texts, ...texts },
    facts: { ...content.facts, ...facts },
  };
  const planned: PlannedRow = {
    row: number,
    system: system && { id: system.id, version: system.version },
    name,
    texts,
    facts,
    isUnchanged: content !== undefined && changed !== undefined && fieldChanges(content, changed).length === 0,
  };
  return { planned, faults };
}

async function factsIn(db: Db, cells: TableRow['cells'], faults: string[]): Promise<Facts> {
  const facts: [FactName, unknown][] = [];
  for (const name of FACT_NAMES) {
    const cell = cells[name];
    if (!cell) continue;
    const value = FACTS[name].kind === 'person' ? await personNamed(db, cell) : chosenIn(name, cell);
    const parsed = FactsFormat.safeParse({ [name]: value });
    if (parsed.success && value !== undefined) facts.push([name, parsed.data[name]]);
    else if (FACTS[name].kind === 'person')
      faults.push(`${name}: nobody here is called ${cell.slice(0, 60)}, or several are.`);
    else faults.push(`${name} cannot be ${cell.slice(0, 60)}.`);
  }
  return Object.fromEntries(facts) as Facts;
}

function chosenIn(name: FactName, cell: string): string | string[] {
  if (FACTS[name].kind !== 'choices' || cell === UNKNOWN) return cell;
  return cell.split(',').map((option) => option.trim());
}

/** @returns a person's id; undefined where nobody, or more than one, is meant */
async function personNamed(db: Db, cell: string): Promise<string | undefined> {
  if (cell === UNKNOWN) return UNKNOWN;
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where((where) => (cell.includes('@') ? where('email', '=', cell.toLowerCase()) : where('display_name', '=', cell)))
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]?.id : undefined;
}

/** What speaks against a row beside the row itself: its like in the file or in the register. */
async function conflicts(
  db: Db,
  { planned }: { readonly planned: PlannedRow },
  names: ReadonlyMap<string, number>,
  warnings: RowFault[],
): Promise<string[]> {
  const { name, texts, facts, system, row } = planned;
  if (system || name === '') return [];
  const twin = names.get(name.toLowerCase());
  if (twin !== undefined) return [`Row ${twin} has the same name.`];
  const described = { name, vendor: facts.vendor, purpose: texts.I1 };
  const [alike] = await likelyDuplicates(db, described);
  if (!alike) return [];
  if (alike.alike === 'same name') {
    return [`${systemKey(alike.id)} has the same name; give that key to change it.`];
  }
  warnings.push({ row, fault: `${name} may be ${systemKey(alike.id)} ${alike.name}: ${alike.alike}.` });
  return [];
}

/**
 * Does what was planned: new systems are submitted for review, and others are changed.
 *
 * @param by the id of the person in whose name it is done
 * @param reason of the changes, such as the name of the file
 * @returns the keys of the systems that are new or changed
 * @throws Error where a system was changed since the plan was made; nothing is kept then
 */
export async function applyImport(
  change: Change,
  { rows }: ImportPlan,
  by: string,
  reason: string,
): Promise<{ readonly added: string[]; readonly changed: string[] }> {
  const added: string[] = [];
  const changed: string[] = [];
  for (const planned of rows) {
    if (planned.isUnchanged) continue;
    if (planned.system) {
      const { name, texts, facts } = planned;
      const done = await changeContent(change, planned.system, { name, texts, facts }, reason);
      if (done !== 'done')
        throw new Error(`${systemKey(planned.system.id)} was changed meanwhile. Nothing was imported.`);
      changed.push(systemKey(planned.system.id));
    } else {
      added.push(systemKey(await add(change, planned, by)));
    }
  }
  return { added, changed };
}

async function add(change: Change, { name, texts, facts }: PlannedRow, by: string): Promise<number> {
  const { id } = await startIntake(change, { name, startedBy: by });
  for (const topic of TOPIC_IDS) {
    const isSaid = texts[topic] !== undefined || factsOf(topic).some((fact) => facts[fact] !== undefined);
    if (!isSaid) continue;
    const answer = { topic, text: texts[topic] ?? '', facts, mark: 'answered' as const, basedOn: 0 };
    await saveAnswer(change, id, answer, by);
  }
  const intake = await readIntake(change.db, id);
  if (!intake || (await submitIntake(change, intake, by)) !== 'done')
    throw new Error(`${name} could not be submitted.`);
  return intake.system;
}

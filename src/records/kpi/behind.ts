import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Audience } from '../../people/audience.ts';
import { isVisible } from '../../retrieval/visibility.ts';
import { structure } from '../../standard/structure.ts';
import { parseItemKey } from '../action-item/action-item.ts';
import { isItemVisible } from '../action-item/read-items.ts';
import { parseSystemKey } from '../ai-system/ai-system.ts';
import { parseGapKey } from '../knowledge-gap.ts';
import { parseEntryKey, readEntries } from './entries.ts';
import type { Counted } from './kpi.ts';
import { parseAnswerKey } from './measure-questions.ts';

/** Who looks at what is behind a value. */
export interface Viewer {
  readonly audience: Audience;
  /** Whether the compliance lead looks at it alone. */
  readonly isLead: boolean;
}

/** A record behind a value, as somebody may see it. */
export interface BehindRecord {
  /** AIS-3, A.6.2.8 */
  readonly id: string;
  /** Its name or what it says, as it was typed. */
  readonly title: string;
  readonly value: number;
}

/** A kind of records, and which of them somebody may see, by their ids. */
type Kind = (db: Db, ids: readonly string[], viewer: Viewer) => Promise<ReadonlyMap<string, string>>;

const KINDS: readonly Kind[] = [systems, evidence, requirements, actions, gaps, answers, entries];

/**
 * The records behind a value, in its order, as far as the viewer may see them now, and how many others there are. A record counts as
 * it did then, and is called as it is called today.
 */
export async function recordsBehind(
  db: Db,
  counted: readonly Counted[],
  viewer: Viewer,
): Promise<{ readonly seen: readonly BehindRecord[]; readonly hidden: number }> {
  const ids = counted.map(([id]) => id);
  const titles = new Map<string, string>();
  for (const kind of KINDS) for (const [id, title] of await kind(db, ids, viewer)) titles.set(id, title);
  const seen = counted.flatMap(([id, value]) => {
    const title = titles.get(id);
    return title === undefined ? [] : [{ id, title, value }];
  });
  return { seen, hidden: counted.length - seen.length };
}

/** The register is for every member of the organisation. */
async function systems(db: Db, ids: readonly string[], { audience }: Viewer): Promise<Map<string, string>> {
  const numbers = numbersIn(ids, parseSystemKey);
  if (audience.guidanceOnly || numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('ai_system')
    .select(['id', 'name'])
    .where('id', 'in', numbers)
    .where('state', '<>', 'discarded')
    .execute();
  return new Map(rows.map(({ id, name }) => [`AIS-${id}`, name]));
}

async function evidence(db: Db, ids: readonly string[], { audience }: Viewer): Promise<Map<string, string>> {
  const keys = ids.filter((id) => id.startsWith('EV-'));
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; title: string }>`
    select distinct on (document.id) document.key, version.title
    from document join document_version version on version.document_id = document.id
    where document.key = any(${keys}::text[]) and ${isVisible(audience, 'evidence')}
    order by document.id, version.id desc`.execute(db);
  return new Map(rows.map(({ key, title }) => [key, title]));
}

async function requirements(_db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map(
    ids.flatMap((id) => {
      const title = structure.find(id)?.title;
      return title === undefined ? [] : [[id, title] as const];
    }),
  );
}

async function actions(db: Db, ids: readonly string[], { audience }: Viewer): Promise<Map<string, string>> {
  const numbers = numbersIn(ids, parseItemKey);
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('action_item as item')
    .innerJoin('person as owner', 'owner.id', 'item.owner_id')
    .select(['item.id', 'item.text', 'owner.display_name as owner'])
    .where('item.id', 'in', numbers)
    .where(isItemVisible(audience))
    .execute();
  return new Map(rows.map(({ id, text, owner }) => [`ACT-${id}`, `${text} (${owner})`]));
}

/** A question is its asker's, and the compliance lead's. */
async function gaps(db: Db, ids: readonly string[], { audience, isLead }: Viewer): Promise<Map<string, string>> {
  const numbers = numbersIn(ids, parseGapKey);
  if (numbers.length === 0 || audience.person === undefined) return new Map();
  const person = audience.person;
  const rows = await db
    .selectFrom('knowledge_gap as gap')
    .select(['gap.id', 'gap.question'])
    .where('gap.id', 'in', numbers)
    .$if(!isLead, (query) =>
      query.where((where) =>
        where.exists(
          where
            .selectFrom('knowledge_gap_asker as asker')
            .select('asker.gap_id')
            .whereRef('asker.gap_id', '=', 'gap.id')
            .where('asker.person_id', '=', person),
        ),
      ),
    )
    .execute();
  return new Map(rows.map(({ id, question }) => [`GAP-${id}`, question]));
}

/** An answer is its asker's; the compliance lead's too, once somebody said that it did not help. */
async function answers(db: Db, ids: readonly string[], { audience, isLead }: Viewer): Promise<Map<string, string>> {
  const numbers = numbersIn(ids, parseAnswerKey);
  if (numbers.length === 0 || audience.person === undefined) return new Map();
  const { rows } = await sql<{ id: number; question: string }>`
    select id, question from answer where id = any(${numbers}::bigint[]) and question <> '' and (
      asker_id = ${audience.person}::uuid
      or ${isLead}::boolean and exists (
        select from answer_feedback where answer_id = answer.id and not is_helpful))`.execute(db);
  return new Map(rows.map(({ id, question }) => [`answer:${id}`, question]));
}

/** What was entered is for whoever may see the KPI. */
async function entries(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await readEntries(db, numbersIn(ids, parseEntryKey));
  return new Map(
    found.map(({ id, note, by, measuredOn }) => [
      `KV-${id}`,
      `${by.name}, for ${measuredOn}${note ? `: ${note}` : ''}`,
    ]),
  );
}

function numbersIn(ids: readonly string[], parse: (id: string) => number | undefined): number[] {
  return ids.flatMap((id) => parse(id) ?? []);
}

import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { systemKey } from './ai-system.ts';
import { act, type Done, type SeenSystem } from './change-systems.ts';
import { type Facts, factsOf, parseFacts } from './facts.ts';
import { inForce } from './in-force.ts';
import type { Intake, IntakeAnswer, IntakeState } from './intake.ts';
import { contentOf } from './read-systems.ts';
import { significantChanges } from './significant-change.ts';
import { personOf, storeFirstVersion } from './store-version.ts';
import { TOPIC_IDS, type TopicId } from './topics.ts';

/** Begins the interview about a new AI system. @param startedBy the person's id */
export async function startIntake(
  change: Change,
  { name, startedBy }: { name: string; startedBy: string },
): Promise<Intake> {
  const content = { name, texts: {}, facts: {}, overrides: {} };
  const system = await storeFirstVersion(change, { act: 'created', state: 'draft', content, reason: undefined });
  const { id } = await change.db
    .insertInto('intake')
    .values({ system_id: system, step: TOPIC_IDS[0], started_by: startedBy, changed_at: change.at })
    .returning('id')
    .executeTakeFirstOrThrow();
  const intake = await readIntake(change.db, id);
  if (!intake) throw new Error('An interview that was just stored cannot be found.');
  return intake;
}

/** An answer to one topic as it is to be kept. */
export interface NewAnswer {
  readonly topic: TopicId;
  readonly text: string;
  /** Those of other topics are left out. */
  readonly facts: Facts;
  readonly mark: IntakeAnswer['mark'];
  /** The version of the answer in whose place it comes; 0 where there is none. */
  readonly basedOn: number;
}

/**
 * Keeps an answer of the draft.
 *
 * @param by the id of the person who gave it
 * @returns its version; undefined where somebody changed the answer meanwhile, or the interview is over, and nothing was kept
 */
export async function saveAnswer(
  change: Change,
  intake: number,
  answer: NewAnswer,
  by: string,
): Promise<number | undefined> {
  const current = await change.db
    .selectFrom('intake')
    .select(['system_id', 'state'])
    .where('id', '=', intake)
    .where('state', 'in', ['open', 'paused'])
    .forUpdate()
    .executeTakeFirst();
  if (!current) return undefined;
  const { topic, text, mark, basedOn } = answer;
  const before = await change.db
    .selectFrom('intake_answer')
    .select('facts')
    .where('intake_id', '=', intake)
    .where('topic', '=', topic)
    .executeTakeFirst();
  const facts = JSON.stringify(ofTopic(topic, answer.facts));
  const version = basedOn + 1;
  const kept = { text, facts, mark, version, by_id: by, at: change.at };
  const saved =
    basedOn === 0
      ? await change.db
          .insertInto('intake_answer')
          .values({ intake_id: intake, topic, ...kept })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await change.db
          .updateTable('intake_answer')
          .set(kept)
          .where('intake_id', '=', intake)
          .where('topic', '=', topic)
          .where('version', '=', basedOn)
          .returning('version')
          .executeTakeFirst();
  if (!saved) return undefined;
  await change.db.updateTable('intake').set({ changed_at: change.at }).where('id', '=', intake).execute();
  change.record({
    action: 'intake.answered',
    subject: systemKey(current.system_id),
    detail: {
      ...{ topic, version, mark },
      old: ofTopic(topic, parseFacts(before?.facts ?? {})),
      new: ofTopic(topic, answer.facts),
    },
  });
  return version;
}

/**
 * Goes to another topic, pauses or goes on.
 *
 * @param seen the interview as the person saw it
 * @returns false where it changed meanwhile, or is over, and nothing was done
 */
export async function moveIntake(
  change: Change,
  seen: Pick<Intake, 'id' | 'version'>,
  to: { readonly state?: 'open' | 'paused'; readonly step?: TopicId | null },
): Promise<boolean> {
  const moved = await change.db
    .updateTable('intake')
    .set({ ...to, version: seen.version + 1, changed_at: change.at })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .where('state', 'in', ['open', 'paused'])
    .returning('id')
    .executeTakeFirst();
  return moved !== undefined;
}

/**
 * Hands the draft in for review: its answers become what the register says of the system.
 *
 * @param by the person's id
 */
export async function submitIntake(change: Change, seen: Pick<Intake, 'id' | 'version'>, by: string): Promise<Done> {
  const intake = await closeIntake(change, seen, 'submitted');
  if (!intake) return 'changed_meanwhile';
  const system = await change.db
    .selectFrom('ai_system')
    .select(['id', 'version'])
    .where('id', '=', intake.system)
    .executeTakeFirstOrThrow();
  const facts = factsOfIntake(intake);
  return act(change, system, ['draft', 'sent_back'], ({ content }) => {
    // What a reviewer decided in the place of a proposal holds for the facts that it was decided on.
    const overrides = significantChanges(content.facts, facts).length === 0 ? content.overrides : {};
    const submitted = { ...content, texts: textsOf(intake), facts, overrides };
    return {
      act: 'submitted',
      state: 'submitted',
      content: submitted,
      reason: undefined,
      set: { submitted_by: by, assessment_due: inForce(submitted).impactDepth !== 'none' },
    };
  });
}

/** Sends a submission back; its interview opens again at these topics, with what the register says by now. */
export async function sendBack(
  change: Change,
  seen: SeenSystem,
  { reason, topics }: { readonly reason: string; readonly topics: readonly TopicId[] },
): Promise<Done> {
  const done = await act(change, seen, ['submitted'], ({ content, submittedBy }) =>
    submittedBy !== null && submittedBy === personOf(change)
      ? 'own'
      : { act: 'sent_back', state: 'sent_back', content, reason, also: { topics } },
  );
  if (done === 'done') await reopenIntake(change, seen.id, topics[0]);
  return done;
}

async function reopenIntake(change: Change, system: number, step: TopicId | undefined): Promise<void> {
  const intake = await intakeOf(change.db, system);
  if (!intake) return;
  await change.db
    .updateTable('intake')
    .set({ state: 'open', step: step ?? null, version: sql`version + 1`, changed_at: change.at })
    .where('id', '=', intake.id)
    .execute();
  const { content } = await change.db
    .selectFrom('ai_system')
    .select('content')
    .where('id', '=', system)
    .executeTakeFirstOrThrow();
  const { texts, facts } = contentOf(content);
  for (const topic of TOPIC_IDS) {
    const before = intake.answers[topic];
    const said = { text: texts[topic] ?? '', facts: ofTopic(topic, facts) };
    if (isDeepStrictEqual(said, { text: before?.text ?? '', facts: before?.facts ?? {} })) continue;
    const row = { text: said.text, facts: JSON.stringify(said.facts), at: change.at };
    await change.db
      .insertInto('intake_answer')
      .values({ ...row, intake_id: intake.id, topic, mark: 'answered', version: 1, by_id: intake.startedBy.id })
      .onConflict((conflict) =>
        conflict.columns(['intake_id', 'topic']).doUpdateSet({ ...row, version: sql`intake_answer.version + 1` }),
      )
      .execute();
  }
}

/** Gives the draft up. Its number is not used again. */
export async function discardIntake(
  change: Change,
  seen: Pick<Intake, 'id' | 'version'>,
  reason: string | undefined,
): Promise<Done> {
  const intake = await closeIntake(change, seen, 'discarded');
  if (!intake) return 'changed_meanwhile';
  const system = await change.db
    .selectFrom('ai_system')
    .select(['id', 'version'])
    .where('id', '=', intake.system)
    .executeTakeFirstOrThrow();
  return act(change, system, ['draft', 'sent_back'], ({ content }) => ({
    act: 'discarded',
    state: 'discarded',
    content,
    reason,
  }));
}

/** The facts of all topics together. */
export function factsOfIntake({ answers }: Pick<Intake, 'answers'>): Facts {
  return Object.assign({}, ...TOPIC_IDS.map((topic) => answers[topic]?.facts ?? {})) as Facts;
}

export function textsOf({ answers }: Pick<Intake, 'answers'>): Partial<Record<TopicId, string>> {
  return Object.fromEntries(TOPIC_IDS.flatMap((topic) => (answers[topic]?.text ? [[topic, answers[topic].text]] : [])));
}

export async function readIntake(db: Db, id: number): Promise<Intake | undefined> {
  const row = await intakes(db).where('intake.id', '=', id).executeTakeFirst();
  return row && (await withAnswers(db, [row]))[0];
}

export async function intakeOf(db: Db, system: number): Promise<Intake | undefined> {
  const row = await intakes(db).where('system_id', '=', system).executeTakeFirst();
  return row && (await withAnswers(db, [row]))[0];
}

/** The interviews that a person began and that are not over, the last touched first. */
export async function openIntakesOf(db: Db, person: string): Promise<Intake[]> {
  const rows = await intakes(db)
    .where('started_by', '=', person)
    .where('intake.state', 'in', ['open', 'paused'])
    .orderBy('changed_at', 'desc')
    .execute();
  return withAnswers(db, rows);
}

/** The interviews that nobody has gone on with since a moment, the longest waiting first. */
export async function waitingIntakes(db: Db, since: Date): Promise<Intake[]> {
  const rows = await intakes(db)
    .where('intake.state', 'in', ['open', 'paused'])
    .where('changed_at', '<', since)
    .orderBy('changed_at')
    .execute();
  return withAnswers(db, rows);
}

async function closeIntake(
  change: Change,
  seen: Pick<Intake, 'id' | 'version'>,
  state: 'submitted' | 'discarded',
): Promise<Intake | undefined> {
  const closed = await change.db
    .updateTable('intake')
    .set({ state, step: null, version: sql`version + 1`, changed_at: change.at })
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .where('state', 'in', ['open', 'paused'])
    .returning('id')
    .executeTakeFirst();
  return closed && readIntake(change.db, seen.id);
}

function intakes(db: Db) {
  return db
    .selectFrom('intake')
    .innerJoin('person', 'person.id', 'started_by')
    .select(['intake.id', 'system_id', 'state', 'step', 'version', 'started_by', 'display_name', 'changed_at']);
}

type IntakeRow = Awaited<ReturnType<ReturnType<typeof intakes>['execute']>>[number];

async function withAnswers(db: Db, rows: readonly IntakeRow[]): Promise<Intake[]> {
  if (rows.length === 0) return [];
  const answers = await db
    .selectFrom('intake_answer')
    .innerJoin('person', 'person.id', 'by_id')
    .select(['intake_id', 'topic', 'text', 'facts', 'mark', 'version', 'by_id', 'display_name', 'at'])
    .where(
      'intake_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return rows.map((row) => ({
    id: row.id,
    system: row.system_id,
    state: row.state as IntakeState,
    step: (row.step ?? undefined) as TopicId | undefined,
    version: row.version,
    answers: Object.fromEntries(
      answers
        .filter(({ intake_id }) => intake_id === row.id)
        .map(({ topic, text, facts, mark, version, by_id, display_name, at }) => [
          topic,
          {
            ...{ text, facts: parseFacts(facts), mark: mark as IntakeAnswer['mark'], version, at },
            by: { id: by_id, name: display_name },
          },
        ]),
    ),
    startedBy: { id: row.started_by, name: row.display_name },
    changedAt: row.changed_at,
  }));
}

function ofTopic(topic: TopicId, facts: Facts): { readonly [name: string]: string | readonly string[] } {
  const names: readonly string[] = factsOf(topic);
  return Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
}

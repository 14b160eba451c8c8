import type { KeyObject } from 'node:crypto';
import { literally } from '../../chat/text.ts';
import { daysLater } from '../../clock.ts';
import type { Db } from '../../database/database.ts';
import { readHead } from '../../event-log/event-log.ts';
import { keyFingerprint, publicKeyOf, signHead } from '../../event-log/head.ts';
import type { Audience } from '../../people/audience.ts';
import { ROLE_NAMES } from '../../people/role.ts';
import { currentAssignments } from '../../people/role-assignments.ts';
import { overdueByOwner } from '../action-item/read-items.ts';
import { parseSystemKey, systemKey } from '../ai-system/ai-system.ts';
import { waitingDecisions } from '../decision/waiting-decisions.ts';
import { listEvidence } from '../evidence/read-evidence.ts';
import { openGaps } from '../knowledge-gap.ts';
import { kpiLines } from './kpi-lines.ts';
import type { DateLine, Listed, Situation, SystemChanges, SystemLine, WitnessedHead } from './situation.ts';

/** What a list holds at most; a digest says how many more there are. */
const MOST = 40;

/** Days within which evidence that lapses, and dates that come, are told. */
const LAPSING_DAYS = 14;
const COMING_DAYS = 14;

export interface SituationParts {
  readonly db: Db;
  readonly audience: Audience;
  readonly now: Date;
  /** YYYY-MM-DD */
  readonly today: string;
  /** Since when changes are told. */
  readonly since: Date;
  readonly signingKey: KeyObject;
}

/** Reads where things stand. Whatever not everybody in the audience may see is left out, in SQL or as a whole. */
export async function readSituation(parts: SituationParts): Promise<Situation> {
  const { db, audience, now, today, since, signingKey } = parts;
  const isForCommittee = audience.visibilities.includes('committee');
  return {
    day: today,
    since: since.toISOString(),
    isForEveryone: !isForCommittee,
    // Their totals are the committee's.
    kpis: isForCommittee ? await kpiLines(db, { now, today }) : [],
    systems: await systemChanges(db, since),
    decisions: await decisions(db, audience, now),
    overdue: await overdue(db, audience, today),
    lapsing: await lapsing(parts),
    // Questions are their askers', and the committee's to look after.
    questions: isForCommittee ? await questions(db) : NONE,
    dates: await comingDates(db, today, isForCommittee),
    head: await witnessedHead(db, signingKey),
  };
}

const NONE: Listed<never> = { total: 0, first: [] };

/** The register is for every member of the organisation. */
async function systemChanges(db: Db, since: Date): Promise<SystemChanges> {
  const rows = await db
    .selectFrom('ai_system_version as version')
    .innerJoin('ai_system as system', 'system.id', 'version.system_id')
    .select(['system.id', 'system.name'])
    .select((select) => [
      select.fn.agg<boolean>('bool_or', [select('version.act', '=', 'created')]).as('isAdded'),
      select.fn.agg<boolean>('bool_or', [select('version.act', '=', 'retired')]).as('isRetired'),
    ])
    .where('version.at', '>', since)
    .where('version.act', 'in', ['created', 'changed', 'overridden', 'approved', 'retired'])
    .where('system.state', 'not in', ['draft', 'discarded'])
    .groupBy(['system.id', 'system.name'])
    .orderBy('system.id')
    .execute();
  const of = (isOne: (row: (typeof rows)[number]) => boolean): Listed<SystemLine> =>
    listed(rows.filter(isOne).map(({ id, name }) => ({ id, name })));
  return {
    retired: of(({ isRetired }) => isRetired),
    added: of(({ isRetired, isAdded }) => isAdded && !isRetired),
    changed: of(({ isRetired, isAdded }) => !isAdded && !isRetired),
  };
}

async function decisions(db: Db, audience: Audience, now: Date): Promise<Situation['decisions']> {
  const waiting = await waitingDecisions(db, audience, now);
  return listed(
    waiting.flatMap(({ about, title, version, since, isForCommittee }) => {
      const id = parseSystemKey(about.ref);
      return id === undefined ? [] : [{ id, name: title, version, since: since.toISOString(), isForCommittee }];
    }),
  );
}

async function overdue(db: Db, audience: Audience, today: string): Promise<Situation['overdue']> {
  const byOwner = await overdueByOwner(db, audience, today);
  const lines = byOwner.flatMap(({ items }) => items);
  return listed(lines.map(({ id, text, owner, dueOn }) => ({ id, text, owner, dueOn })));
}

async function lapsing({ db, audience, today }: SituationParts): Promise<Situation['lapsing']> {
  const filter = { states: ['current' as const], lapsingBy: daysLater(today, LAPSING_DAYS) };
  const { total, items } = await listEvidence(db, { audience, today }, filter, { limit: MOST, offset: 0 });
  const lines = items.map(({ key, title, owner, validUntil = today }) => ({ key, title, owner, validUntil }));
  return { total, first: lines.toSorted((a, b) => a.validUntil.localeCompare(b.validUntil)) };
}

async function questions(db: Db): Promise<Situation['questions']> {
  const { total, gaps } = await openGaps(db, MOST);
  return {
    total,
    first: gaps.map(({ id, question, openedAt }) => ({ id, question, since: openedAt.toISOString() })),
  };
}

async function comingDates(db: Db, today: string, withRoles: boolean): Promise<Situation['dates']> {
  const until = daysLater(today, COMING_DAYS);
  const reviews = await db
    .selectFrom('ai_system')
    .select(['id', 'name', 'review_on'])
    .where('state', '=', 'approved')
    .where('review_on', '>=', today)
    .where('review_on', '<=', until)
    .execute();
  const assignments = withRoles ? await currentAssignments(db, today) : [];
  const dates: DateLine[] = [
    ...reviews.map(({ id, name, review_on }) => ({
      day: review_on ?? today,
      what: `review of ${systemKey(id)} ${literally(name)}`,
    })),
    ...assignments.flatMap(({ role, personName, endsOn }) =>
      endsOn && endsOn <= until
        ? [{ day: endsOn, what: `${literally(personName)} is ${ROLE_NAMES[role].toLowerCase()} for the last day` }]
        : [],
    ),
  ];
  return listed(dates.toSorted((a, b) => a.day.localeCompare(b.day)));
}

async function witnessedHead(db: Db, key: KeyObject): Promise<WitnessedHead> {
  const { head, signature } = signHead(await readHead(db), key);
  return {
    sequence: head.sequence,
    hash: head.hash.toString('hex'),
    signature: signature.toString('base64'),
    key: keyFingerprint(publicKeyOf(key)),
  };
}

function listed<T>(all: readonly T[]): Listed<T> {
  return { total: all.length, first: all.slice(0, MOST) };
}

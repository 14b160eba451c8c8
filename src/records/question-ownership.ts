import { sql } from 'kysely';
import type { Ownership } from '../people/ownership.ts';
import { gapKey } from './knowledge-gap.ts';

/** Questions that wait for an answer, and whoever asked them for it. */
export const askedQuestions: Ownership = {
  async owners(db) {
    const rows = await waiting(db).select('person_id').distinct().execute();
    return rows.map(({ person_id }) => person_id);
  },
  async list(db, person) {
    const rows = await waiting(db).select('gap.id').where('person_id', '=', person).orderBy('gap.id').execute();
    return rows.map(({ id }) => ({
      what: `${gapKey(id)}, a question of theirs that waits for an answer`,
      next: `see whether somebody still needs it: \`/aims questions ${gapKey(id)}\``,
    }));
  },
};

type Database = Parameters<Ownership['owners']>[0];

function waiting(db: Database) {
  return db
    .selectFrom('knowledge_gap as gap')
    .innerJoin('knowledge_gap_asker', 'gap_id', 'gap.id')
    .where('state', '=', 'open');
}

/** Reviewed answers, and whoever answers for their text. */
export const reviewedAnswers: Ownership = {
  async owners(db) {
    const rows = await inUse(db).select(reviewer.as('reviewer')).distinct().execute();
    return rows.map((row) => row.reviewer);
  },
  async list(db, person) {
    const rows = await inUse(db).select('key').where(reviewer, '=', person).orderBy('document.id').execute();
    return rows.map(({ key }) => ({
      what: `${key}, a reviewed answer under their name`,
      next: `read it and answer for it yourself: \`/aims questions ${key}\``,
    }));
  },
};

const reviewer = sql<string>`metadata #>> '{reviewer,id}'`;

function inUse(db: Database) {
  return db
    .selectFrom('document_version')
    .innerJoin('document', 'document.id', 'document_id')
    .where('superseded_at', 'is', null)
    .where(sql<boolean>`metadata ? 'reviewer'`);
}

import { literally } from '../../chat/text.ts';
import type { Db } from '../../database/database.ts';
import type { Ownership } from '../../people/ownership.ts';
import { SYSTEM_STATES, systemKey } from './ai-system.ts';

/** AI systems that are not over, and whoever owns them. */
export const ownedSystems: Ownership = {
  async owners(db) {
    const rows = await present(db).select('owner_id').where('owner_id', 'is not', null).distinct().execute();
    return rows.flatMap(({ owner_id }) => owner_id ?? []);
  },
  async list(db, person) {
    const rows = await present(db).select(['id', 'name']).where('owner_id', '=', person).orderBy('id').execute();
    return rows.map(({ id, name }) => ({
      what: `${systemKey(id)} ${literally(name)}, an AI system of theirs`,
      next: 'name another owner',
    }));
  },
};

/** Open questions about AI systems, and whoever is to be asked. */
export const openPointsToAnswer: Ownership = {
  async owners(db) {
    const rows = await open(db).select('person_id').where('person_id', 'is not', null).distinct().execute();
    return rows.flatMap(({ person_id }) => person_id ?? []);
  },
  async list(db, person) {
    const rows = await open(db).select('system_id').where('person_id', '=', person).orderBy('id').execute();
    return rows.map(({ system_id }) => ({
      what: `An open question about ${systemKey(system_id)}, which waits for them`,
      next: 'ask somebody else',
    }));
  },
};

const PRESENT = SYSTEM_STATES.filter((state) => state !== 'retired' && state !== 'discarded');

function present(db: Db) {
  return db.selectFrom('ai_system').where('state', 'in', PRESENT);
}

function open(db: Db) {
  return db.selectFrom('open_point').where('state', '=', 'open');
}

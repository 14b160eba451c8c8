import type { Ownership } from '../../people/ownership.ts';
import { knownKpi } from './catalogue.ts';
import { readSettings } from './settings.ts';

/** KPIs, and whoever is named as their owner. */
export const ownedKpis: Ownership = {
  async owners(db) {
    const settings = await readSettings(db);
    return [...new Set([...settings.values()].flatMap(({ owner }) => owner?.id ?? []))];
  },
  async list(db, person) {
    const settings = await readSettings(db);
    return [...settings].flatMap(([id, { owner }]) =>
      owner?.id === person
        ? [{ what: `The KPI ${knownKpi(id).name}`, next: `name another owner: \`/aims kpi ${knownKpi(id).name}\`` }]
        : [],
    );
  },
};

import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';
import { named } from '../ai-system/read-systems.ts';
import { personOf } from '../ai-system/store-version.ts';
import { KPIS, type Kpi, type KpiId } from './catalogue.ts';
import type { Frequency, KpiSettings } from './kpi.ts';

/** What holds of each KPI: what was decided last, or as the catalogue proposes it. */
export async function readSettings(db: Db): Promise<ReadonlyMap<KpiId, KpiSettings>> {
  const rows = await db
    .selectFrom('kpi_setting')
    .leftJoin('person', 'person.id', 'owner_id')
    .select(['kpi', 'owner_id', 'display_name', 'target', 'frequency'])
    .distinctOn('kpi')
    .orderBy('kpi')
    .orderBy('kpi_setting.id', 'desc')
    .execute();
  const decided = new Map(rows.map((row) => [row.kpi, row]));
  return new Map(
    KPIS.map((kpi) => {
      const row = decided.get(kpi.id);
      return [kpi.id, row ? asSettings(row) : proposedSettings(kpi)];
    }),
  );
}

export function proposedSettings({ target, frequency }: Kpi): KpiSettings {
  return { owner: undefined, target, frequency, areProposed: true };
}

/** What somebody decides about a KPI. */
export interface NewSettings {
  /** A person's id; undefined for whoever holds the role. */
  readonly owner: string | undefined;
  readonly target: number | undefined;
  readonly frequency: Frequency;
  readonly reason: string;
}

/** @returns the number of the setting; undefined where that is what holds already, and nothing was changed */
export async function changeSettings(change: Change, kpi: KpiId, next: NewSettings): Promise<number | undefined> {
  const { owner, target, frequency, reason } = next;
  const before = (await readSettings(change.db)).get(kpi);
  const isSame = before && before.owner?.id === owner && before.target === target && before.frequency === frequency;
  if (isSame && !before.areProposed) return undefined;
  const { id } = await change.db
    .insertInto('kpi_setting')
    .values({
      kpi,
      owner_id: owner ?? null,
      target: target ?? null,
      frequency,
      reason,
      by_id: personOf(change),
      at: change.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const old = before && { owner: before.owner?.id ?? null, target: before.target ?? null, frequency: before.frequency };
  change.record({
    action: 'kpi.changed',
    subject: `kpi:${kpi}`,
    detail: { old: old ?? null, new: { owner: owner ?? null, target: target ?? null, frequency }, reason },
  });
  return id;
}

function asSettings(row: {
  owner_id: string | null;
  display_name: string | null;
  target: number | null;
  frequency: string;
}): KpiSettings {
  return {
    owner: named(row.owner_id, row.display_name),
    target: row.target ?? undefined,
    frequency: row.frequency as Frequency,
    areProposed: false,
  };
}

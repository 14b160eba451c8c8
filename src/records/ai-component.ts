import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { systemKey } from './ai-system/ai-system.ts';

/** A model, or an AI feature of a product, that systems contain. */
export interface AiComponent {
  readonly id: number;
  readonly kind: ComponentKind;
  readonly name: string;
  readonly vendor: string | undefined;
  readonly version: string | undefined;
  readonly note: string | undefined;
}

export const COMPONENT_KINDS = ['model', 'feature'] as const;

export type ComponentKind = (typeof COMPONENT_KINDS)[number];

export const COMPONENT_KIND_NAMES: Readonly<Record<ComponentKind, string>> = {
  model: 'Model',
  feature: 'AI feature',
};

/** What people call it. */
export function componentKey({ kind, id }: Pick<AiComponent, 'kind' | 'id'>): string {
  return `${kind === 'model' ? 'MOD' : 'FEA'}-${id}`;
}

/**
 * Links a model or feature to a system; one of the same kind, name and version is the same one.
 *
 * @returns undefined where it was linked already
 */
export async function linkComponent(
  change: Change,
  system: number,
  described: Omit<AiComponent, 'id'>,
): Promise<AiComponent | undefined> {
  const component = (await findComponent(change.db, described)) ?? (await addComponent(change, described));
  const linked = await change.db
    .insertInto('ai_system_component')
    .values({ system_id: system, component_id: component.id, linked_by: personOf(change), linked_at: change.at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('component_id')
    .executeTakeFirst();
  if (!linked) return undefined;
  const detail = { component: componentKey(component), name: component.name, version: component.version ?? null };
  change.record({ action: 'ai-system.component-linked', subject: systemKey(system), detail });
  return component;
}

/** Takes a model or feature from a system; its own record stays. @returns false where it was not linked */
export async function unlinkComponent(change: Change, system: number, component: AiComponent): Promise<boolean> {
  const unlinked = await change.db
    .deleteFrom('ai_system_component')
    .where('system_id', '=', system)
    .where('component_id', '=', component.id)
    .returning('component_id')
    .executeTakeFirst();
  if (!unlinked) return false;
  const detail = { component: componentKey(component), name: component.name };
  change.record({ action: 'ai-system.component-unlinked', subject: systemKey(system), detail });
  return true;
}

/** The models and features of a system. */
export async function componentsOf(db: Db, system: number): Promise<AiComponent[]> {
  const rows = await components(db)
    .innerJoin('ai_system_component', 'component_id', 'ai_component.id')
    .where('system_id', '=', system)
    .orderBy('ai_component.id')
    .execute();
  return rows.map(asComponent);
}

/** All of a kind, each with the systems that contain it. */
export async function listComponents(
  db: Db,
  kind: ComponentKind,
): Promise<{ readonly component: AiComponent; readonly systems: readonly { id: number; name: string }[] }[]> {
  const rows = await components(db).where('kind', '=', kind).orderBy('ai_component.id').execute();
  if (rows.length === 0) return [];
  const links = await db
    .selectFrom('ai_system_component')
    .innerJoin('ai_system', 'ai_system.id', 'system_id')
    .select(['component_id', 'system_id', 'ai_system.name'])
    .where(
      'component_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('system_id')
    .execute();
  return rows.map((row) => ({
    component: asComponent(row),
    systems: links
      .filter((link) => link.component_id === row.id)
      .map((link) => ({ id: link.system_id, name: link.name })),
  }));
}

async function findComponent(db: Db, { kind, name, version }: Omit<AiComponent, 'id'>) {
  const row = await components(db)
    .where('kind', '=', kind)
    .where(sql`lower(name)`, '=', name.toLowerCase())
    .where(sql`lower(coalesce(version, ''))`, '=', (version ?? '').toLowerCase())
    .executeTakeFirst();
  return row && asComponent(row);
}

async function addComponent(change: Change, described: Omit<AiComponent, 'id'>): Promise<AiComponent> {
  const { kind, name, vendor, version, note } = described;
  const row = await change.db
    .insertInto('ai_component')
    .values({
      ...{ kind, name, vendor: vendor ?? null, version: version ?? null, note: note ?? null },
      ...{ created_by: personOf(change), created_at: change.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const component = { id: row.id, ...described };
  const detail = { name, vendor: vendor ?? null, version: version ?? null };
  change.record({ action: 'ai-component.added', subject: componentKey(component), detail });
  return component;
}

function components(db: Db) {
  return db
    .selectFrom('ai_component')
    .select(['ai_component.id', 'kind', 'ai_component.name', 'vendor', 'version', 'note']);
}

function asComponent(row: {
  id: number;
  kind: string;
  name: string;
  vendor: string | null;
  version: string | null;
  note: string | null;
}): AiComponent {
  const { id, name } = row;
  return {
    ...{ id, name, kind: row.kind as ComponentKind },
    ...{ vendor: row.vendor ?? undefined, version: row.version ?? undefined, note: row.note ?? undefined },
  };
}

function personOf({ actor }: Change): string | null {
  return actor.kind === 'person' ? actor.person : null;
}

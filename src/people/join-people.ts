import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { Change } from '../event-log/governed-change.ts';
import { distrustChecks } from './channel-audience.ts';

/**
 * Makes one person of two who turned out to be the same: everything that names the one names the other from then on, but for the
 * event log, which stays as it was written.
 */
export async function joinPeople(change: Change, from: string, into: string): Promise<void> {
  const { db } = change;
  await joinRoles(change, from, into);
  for (const { table, column } of await referencesTo(db)) {
    if (table === 'person') continue;
    for (const others of await keysWith(db, table, column)) {
      // What both had, the one who remains keeps.
      const same = others.map((other) => sql`doubled.${sql.ref(other)} = kept.${sql.ref(other)}`);
      await sql`delete from ${sql.table(table)} doubled using ${sql.table(table)} kept
        where doubled.${sql.ref(column)} = ${from} and kept.${sql.ref(column)} = ${into}
        and ${sql.join([sql`true`, ...same], sql` and `)}`.execute(db);
    }
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${into} where ${sql.ref(column)} = ${from}`.execute(
      db,
    );
  }
  await db
    .updateTable('person')
    .set({ display_name: '', email: null, joined_into: into })
    .where((where) => where.or([where('id', '=', from), where('joined_into', '=', from)]))
    .execute();
  await distrustChecks(db);
  change.record({ action: 'person.joined', subject: `person:${into}`, detail: { from } });
}

/** Both may hold the same role, and one may be the other's deputy. */
async function joinRoles({ db, at }: Change, from: string, into: string): Promise<void> {
  await sql`update role_assignment set withdrawn_at = ${at} where withdrawn_at is null and person_id = ${from}
    and role in (select role from role_assignment where withdrawn_at is null and person_id = ${into})`.execute(db);
  await sql`update role_assignment set deputy_id = null
    where person_id in (${from}, ${into}) and deputy_id in (${from}, ${into})`.execute(db);
}

interface Reference {
  readonly table: string;
  readonly column: string;
}

/** Every column that names a person. */
export async function referencesTo(db: Db): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select class.relname as table, attribute.attname as column
    from pg_constraint con
    join pg_class class on class.oid = con.conrelid
    join pg_attribute attribute on attribute.attrelid = con.conrelid and attribute.attnum = con.conkey[1]
    where con.contype = 'f' and con.confrelid = 'person'::regclass order by 1, 2`.execute(db);
  return rows;
}

/** The other columns of each unique key in which a column stands. Keys of some rows alone are left to whoever knows them. */
async function keysWith(db: Db, table: string, column: string): Promise<string[][]> {
  const { rows } = await sql<{ others: string[] }>`
    select array_agg(attribute.attname::text) filter (where attribute.attname <> ${column}) as others
    from pg_index index join pg_attribute attribute
      on attribute.attrelid = index.indrelid and attribute.attnum = any(index.indkey::int2[])
    where index.indrelid = ${table}::regclass and index.indisunique and index.indpred is null
    group by index.indexrelid having bool_or(attribute.attname = ${column})`.execute(db);
  return rows.map(({ others }) => others ?? []);
}

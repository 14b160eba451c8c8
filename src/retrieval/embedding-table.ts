import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { toSql } from 'pgvector/kysely';
import type { Db } from '../database/database.ts';
import { ModelFailure } from '../models/failure.ts';

/** The vectors that one embedding model gave passages. */
export interface EmbeddingTable {
  readonly model: string;
  readonly name: string;
  readonly dimensions: number;
  /** Nearest neighbours come from an approximate index, not from a comparison with every vector. */
  readonly isIndexed: boolean;
}

/** What pgvector can index. */
export const MAX_DIMENSIONS = 2_000;

/** The largest number of pgvector, whose numbers have single precision. */
const MAX_NUMBER = 3.4e38;

/** From here on an approximate index answers sooner than a comparison with every vector takes. Vectors. */
const INDEXED_FROM = 10_000;

export async function findTable(db: Db, model: string): Promise<EmbeddingTable | undefined> {
  const row = await rows(db).where('model', '=', model).executeTakeFirst();
  return row && { ...row, isIndexed: row.indexed_at !== null };
}

/** The table that answers questions: the model's own once it is complete, until then that of the model before it. */
export async function answeringTable(db: Db, model: string): Promise<EmbeddingTable | undefined> {
  const row = await rows(db)
    .where('complete_at', 'is not', null)
    .orderBy(sql`model = ${model}`, 'desc')
    .orderBy('complete_at', 'desc')
    .executeTakeFirst();
  return row && { ...row, isIndexed: row.indexed_at !== null };
}

function rows(db: Db) {
  return db.selectFrom('embedding_model').select(['model', 'table_name as name', 'dimensions', 'indexed_at']);
}

/** Where another replica makes the same table at this moment, its table is the one. @throws ModelFailure */
export async function createTable(db: Db, model: string, dimensions: number): Promise<EmbeddingTable> {
  if (dimensions > MAX_DIMENSIONS) {
    const detail = `vectors of ${dimensions} numbers, where ${MAX_DIMENSIONS} is the most that can be searched`;
    throw new ModelFailure('unsuitable', model, { detail });
  }
  const name = tableName(model);
  await db.transaction().execute(async (transaction) => {
    const made = await transaction
      .insertInto('embedding_model')
      .values({ model, table_name: name, dimensions })
      .onConflict((conflict) => conflict.doNothing())
      .returning('model')
      .executeTakeFirst();
    if (!made) return;
    await sql`create table ${sql.table(name)} (
      chunk_id bigint primary key references chunk on delete cascade,
      embedding vector(${sql.lit(dimensions)}) not null
    )`.execute(transaction);
  });
  return (await findTable(db, model)) ?? { model, name, dimensions, isIndexed: false };
}

/** A model's name is whatever its server calls it; a table's has 63 plain characters at most. */
function tableName(model: string): string {
  const readable = model.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const fingerprint = createHash('sha256').update(model).digest('hex');
  return `embedding_${readable.slice(0, 40)}_${fingerprint.slice(0, 8)}`;
}

/** @throws ModelFailure where a vector does not fit the table */
export function refuseMisfits({ model, dimensions }: EmbeddingTable, vectors: readonly (readonly number[])[]): void {
  const misfit = vectors.find(({ length }) => length !== dimensions);
  if (misfit) {
    const detail = `a vector of ${misfit.length} numbers, where its others have ${dimensions}`;
    throw new ModelFailure('unsuitable', model, { detail });
  }
  if (vectors.some((vector) => !vector.every((number) => Math.abs(number) <= MAX_NUMBER))) {
    throw new ModelFailure('unsuitable', model, { detail: 'a vector with numbers that are too large' });
  }
}

/** Passages that were deleted meanwhile, and those that another replica stored, are left out. @throws ModelFailure */
export async function storeVectors(
  db: Db,
  table: EmbeddingTable,
  chunkIds: readonly number[],
  vectors: readonly number[][],
): Promise<void> {
  refuseMisfits(table, vectors);
  await sql`insert into ${sql.table(table.name)} (chunk_id, embedding)
    select chunk.id, given.embedding
    from unnest(${chunkIds}::bigint[], ${vectors.map(toSql)}::vector[]) as given (chunk_id, embedding)
    join chunk on chunk.id = given.chunk_id
    for key share of chunk
    on conflict do nothing`.execute(db);
}

/** To be called when every passage has its vector: lets the model answer, with an index where there are many. */
export async function markComplete(db: Db, { model, name, isIndexed }: EmbeddingTable): Promise<void> {
  if (!isIndexed) await indexIfLarge(db, model, name);
  const completed = await db
    .updateTable('embedding_model')
    .set({ complete_at: sql`now()` })
    .where('model', '=', model)
    .where('complete_at', 'is', null)
    .returning('model')
    .executeTakeFirst();
  // The planner must know the table's size, also where no autovacuum runs.
  if (completed) await sql`analyze ${sql.table(name)}`.execute(db);
}

/**
 * Below pgvector 0.8 there are no iterative scans, and an index would lose what a selective audience may see among what it
 * may not; there every vector is compared.
 */
async function indexIfLarge(db: Db, model: string, name: string): Promise<void> {
  const isDue = sql<boolean>`(select count(*) >= ${INDEXED_FROM} from ${sql.table(name)})
    and exists (select from pg_extension where extname = 'vector' and string_to_array(extversion, '.')::int[] >= '{0,8}')`;
  await db.transaction().execute(async (transaction) => {
    // The lock makes a second replica wait, and then find that there is nothing to do.
    const due = await transaction
      .selectFrom('embedding_model')
      .select('model')
      .where('model', '=', model)
      .where('indexed_at', 'is', null)
      .where(isDue)
      .forUpdate()
      .executeTakeFirst();
    if (!due) return;
    // Workers would share memory, of which a container has as much as a build wants, and no more. Nobody waits for this one.
    await sql`set local max_parallel_maintenance_workers = 0`.execute(transaction);
    await sql`create index on ${sql.table(name)} using hnsw (embedding vector_cosine_ops)
      with (m = 16, ef_construction = 64)`.execute(transaction);
    await transaction
      .updateTable('embedding_model')
      .set({ indexed_at: sql`now()` })
      .where('model', '=', model)
      .execute();
  });
}

import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import { isVisible } from '../../retrieval/visibility.ts';
import type { Reading } from './read-evidence.ts';

export interface EvidenceChange {
  readonly key: string;
  readonly title: string;
  /** The file it was about. */
  readonly number: number;
  readonly what: 'added' | 'replaced' | 'revised' | 'withdrawn';
  readonly at: Date;
}

/** What happened to the items that everybody in the audience may see, the latest first. */
export async function evidenceChanges(
  db: Db,
  { audience }: Reading,
  since: Date,
  limit: number,
): Promise<{ total: number; changes: EvidenceChange[] }> {
  const happened = sql`
    select document.key, version.title, made.number, version.created_at as at, version.id,
      case when earlier.number is null then 'added' when earlier.number < made.number then 'replaced' else 'revised' end as what
    from document_version version
    join evidence_version made on made.version_id = version.id
    join document on document.id = version.document_id
    left join lateral (
      select number from evidence_version before
      where before.document_id = document.id and before.version_id < version.id
      order by before.version_id desc limit 1
    ) as earlier on true
    where version.created_at >= ${since} and ${isVisible(audience)}
    union all
    select document.key, version.title, made.number, version.superseded_at, version.id, 'withdrawn'
    from document_version version
    join evidence_version made on made.version_id = version.id
    join evidence on evidence.document_id = version.document_id and evidence.withdrawn_at = version.superseded_at
    join document on document.id = version.document_id
    where version.superseded_at >= ${since} and ${isVisible(audience)}`;
  const { rows } = await sql<EvidenceChange & { total: number }>`
    select key, title, number, what, at, count(*) over () as total from (${happened}) as happened
    order by at desc, id desc limit ${limit}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    changes: rows.map(({ total: _total, ...change }) => change),
  };
}

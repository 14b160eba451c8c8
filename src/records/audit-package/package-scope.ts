import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';
import type { Change } from '../../event-log/governed-change.ts';

/** What goes into an audit package. What is left out does not limit it. */
export interface PackageScope {
  /** Clauses and controls, also those that stand above several: A.7. */
  readonly requirements?: readonly string[];
  /** AI systems: AIS-12. */
  readonly systems?: readonly string[];
  /** Evidence that speaks for today since this day or later, and since this day or earlier. */
  readonly from?: string;
  readonly to?: string;
  /** As things were at the end of this day. */
  readonly asOf?: string;
}

/** A package that was written. */
export interface MadePackage {
  readonly items: number;
  readonly files: number;
  /** Of the ZIP, in hexadecimal. */
  readonly sha256: string;
}

/** The last moment of a day. @param timeZone an IANA name */
export async function endOfDay(db: Db, day: string, timeZone: string): Promise<Date> {
  const { rows } = await sql<{ moment: Date }>`
    select (${day}::date + 1)::timestamp at time zone ${timeZone} - interval '1 millisecond' as moment`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('A query without a table returned no row.');
  return row.moment;
}

/** The scope in words, one line each. */
export function describeScope({ requirements, systems, from, to, asOf }: PackageScope): string[] {
  return [
    `Requirements: ${requirements?.join(', ') ?? 'all'}`,
    `AI systems: ${systems?.join(', ') ?? 'all, and evidence that is about none'}`,
    `Effective: ${from || to ? `${from ? `from ${from} ` : ''}${to ? `to ${to}` : ''}`.trim() : 'at any time'}`,
    `As of: ${asOf ? `the end of ${asOf}` : 'now'}`,
  ];
}

/** Says in the event log that a package was made, of what and for whom. @param reader whose view of the evidence it shows */
export function recordPackage(
  change: Change,
  { requirements, systems, from, to, asOf }: PackageScope,
  { items, files, sha256 }: MadePackage,
  reader: string | undefined,
): void {
  const scope = {
    requirements: requirements ? [...requirements] : null,
    systems: systems ? [...systems] : null,
    from: from ?? null,
    to: to ?? null,
    asOf: asOf ?? null,
  };
  const detail = { scope, items, files, sha256, reader: reader ?? null };
  change.record({ action: 'audit-package.made', subject: 'audit-package', detail });
}

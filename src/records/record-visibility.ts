import { type RawBuilder, sql } from 'kysely';
import type { Audience } from '../people/audience.ts';

/** For whom an action item or a decision is, beside the people whom it concerns. */
export const RECORD_VISIBILITIES = ['everyone', 'committee', 'auditors'] as const;

export type RecordVisibility = (typeof RECORD_VISIBILITIES)[number];

export const VISIBILITY_NAMES: Readonly<Record<RecordVisibility, string>> = {
  everyone: 'everyone in the organisation',
  committee: 'the AI governance committee',
  auditors: 'the committee and auditors',
};

export function isRecordVisibility(text: string): text is RecordVisibility {
  return (RECORD_VISIBILITIES as readonly string[]).includes(text);
}

/**
 * The condition that everybody in the audience may see a record. Stands inside every query that reads such records.
 *
 * @param visibility the record's column
 * @param concerned columns of people who see it, whatever its visibility, where they read alone
 */
export function isRecordVisible(
  { guidanceOnly, visibilities, person }: Audience,
  visibility: string,
  concerned: readonly RawBuilder<boolean>[],
): RawBuilder<boolean> {
  const own = person === undefined ? [] : concerned;
  const ways = [sql`${sql.ref(visibility)} = any(${visibilities}::text[])`, ...own];
  return sql<boolean>`(not ${guidanceOnly}::boolean and (${sql.join(ways, sql` or `)}))`;
}

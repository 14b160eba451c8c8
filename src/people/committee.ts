import type { Db } from '../database/database.ts';
import { currentAssignments } from './role-assignments.ts';

/** The compliance lead and the committee with their deputies, as those who may have taken part in a decision. */
export async function committeeMembers(
  db: Db,
  today: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const assignments = await currentAssignments(db, today);
  const members = assignments
    .filter(({ role }) => role !== 'administrator' && role !== 'auditor')
    .flatMap(({ person, personName, deputy, deputyName }) => [
      [person, personName] as const,
      ...(deputy ? [[deputy, deputyName ?? ''] as const] : []),
    ]);
  return [...new Map(members)].map(([id, name]) => ({ id, name }));
}
